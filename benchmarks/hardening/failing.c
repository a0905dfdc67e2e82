/* Fails one call of a process, or kills it there: for LD_PRELOAD. See faults.py.

   FAULT_CALL   write, fsync, rename, unlink, read or open
   FAULT_AT     which of these calls on files under FAULT_UNDER, counted from 1
   FAULT_MODE   once (that call fails), onward (it and all after it), kill (kill -9 at it)
   FAULT_ERRNO  the error's number
   FAULT_MARK   a file that is made when it happens */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static const char *kind, *under, *mode, *mark;
static long at, seen;
static int number, is_ready;

static void prepare(void) {
    if (is_ready) return;
    is_ready = 1;
    kind = getenv("FAULT_CALL");
    under = getenv("FAULT_UNDER");
    mode = getenv("FAULT_MODE");
    mark = getenv("FAULT_MARK");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    number = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : EIO;
}

/* Take what is asked for now: a process was forked for one command. */
void fault_begin(void) {
    is_ready = 0;
    seen = 0;
}

static int hits_path(const char *call, const char *path) {
    prepare();
    if (!kind || !under || !mode || !mark || strcmp(kind, call)) return 0;
    if (!path || strncmp(path, under, strlen(under))) return 0;
    seen++;
    if (seen != at && !(seen > at && !strcmp(mode, "onward"))) return 0;
    int made = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600);
    if (made >= 0) syscall(SYS_close, made);
    if (!strcmp(mode, "kill")) syscall(SYS_kill, getpid(), SIGKILL);
    errno = number;
    return 1;
}

static int hits(const char *call, int file) {
    char link[64], path[4096];
    prepare();
    if (!kind || strcmp(kind, call)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = syscall(SYS_readlink, link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return hits_path(call, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int f, const void *b, size_t n) { return hits("write", f) ? -1 : NEXT(write)(f, b, n); }
ssize_t pwrite(int f, const void *b, size_t n, off_t o) { return hits("write", f) ? -1 : NEXT(pwrite)(f, b, n, o); }
ssize_t pwrite64(int f, const void *b, size_t n, off64_t o) { return hits("write", f) ? -1 : NEXT(pwrite64)(f, b, n, o); }
ssize_t read(int f, void *b, size_t n) { return hits("read", f) ? -1 : NEXT(read)(f, b, n); }
ssize_t pread(int f, void *b, size_t n, off_t o) { return hits("read", f) ? -1 : NEXT(pread)(f, b, n, o); }
ssize_t pread64(int f, void *b, size_t n, off64_t o) { return hits("read", f) ? -1 : NEXT(pread64)(f, b, n, o); }
ssize_t sendfile(int f, int g, off_t *o, size_t n) { return hits("write", f) ? -1 : NEXT(sendfile)(f, g, o, n); }
ssize_t sendfile64(int f, int g, off64_t *o, size_t n) { return hits("write", f) ? -1 : NEXT(sendfile64)(f, g, o, n); }
int fsync(int f) { return hits("fsync", f) ? -1 : NEXT(fsync)(f); }
int fdatasync(int f) { return hits("fsync", f) ? -1 : NEXT(fdatasync)(f); }
int ftruncate(int f, off_t n) { return hits("write", f) ? -1 : NEXT(ftruncate)(f, n); }
int ftruncate64(int f, off64_t n) { return hits("write", f) ? -1 : NEXT(ftruncate64)(f, n); }
int rename(const char *a, const char *b) { return hits_path("rename", b) ? -1 : NEXT(rename)(a, b); }
int unlink(const char *a) { return hits_path("unlink", a) ? -1 : NEXT(unlink)(a); }

#define OPEN(name)                                              \
    int name(const char *path, int flags, ...) {                \
        mode_t rights = 0;                                      \
        if (flags & (O_CREAT | O_TMPFILE)) {                    \
            va_list more;                                       \
            va_start(more, flags);                              \
            rights = va_arg(more, mode_t);                      \
            va_end(more);                                       \
        }                                                       \
        return hits_path("open", path) ? -1 : NEXT(name)(path, flags, rights); \
    }
OPEN(open)
OPEN(open64)
