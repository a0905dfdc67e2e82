"""Nothing of POSIX alone is used without a substitute: what is, stands beside a look at the system."""

import ast
import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcheck.cli.streams import is_closed_pipe
from credcheck.runs import workers
from credcheck.source.source_set import SourceSet

ROOT = Path(__file__).parent.parent
POSIX = {
    "os": {
        *("fork", "getuid", "geteuid", "getgid", "killpg", "getpgid", "setsid", "sync", "chown"),
        *("mkfifo", "sched_getaffinity", "statvfs", "uname", "nice", "fdatasync", "O_NOFOLLOW"),
        *("O_DIRECTORY", "posix_fadvise", "WNOHANG", "waitpid"),
    },
    "signal": {
        *("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGCHLD", "alarm"),
        *("pthread_sigmask", "SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK", "setitimer", "sigwait"),
    },
}
MODULES = {"fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog"}
GUARDS = ("os.name", "sys.platform")
BEHIND_A_GUARD = {"credcheck/runs/workers.py": {"_hold_signals", "_serve", "_exit_with_parent"}}
"""Functions that are reached through one with a guard (``can_fork``) alone."""


def list_sources() -> list[Path]:
    return [*(ROOT / "credcheck").rglob("*.py"), *(ROOT / "sources").rglob("*.py")]


def find_uses(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, int, str]]:
    """Yield what of POSIX is used: in which function, on which line, and what."""
    for node in ast.iter_child_nodes(tree):
        name = inside
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{inside} {node.name}".strip()
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in POSIX.get(node.value.id, ())
        ):
            yield inside, node.lineno, f"{node.value.id}.{node.attr}"
        if isinstance(node, ast.Import):
            yield from ((inside, node.lineno, x.name) for x in node.names if x.name in MODULES)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield inside, node.lineno, node.module
        yield from find_uses(node, name)


def is_guarded(tree: ast.AST, function: str, text: str) -> bool:
    names = function.split()
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name in names
        and any(guard in (ast.get_source_segment(text, node) or "") for guard in GUARDS)
        for node in ast.walk(tree)
    )


def find_unguarded(text: str, file: str = "") -> list[str]:
    tree = ast.parse(text)
    return [
        f"{file}:{line} {what}"
        for function, line, what in find_uses(tree)
        if not is_guarded(tree, function, text)
        and not set(function.split()) & BEHIND_A_GUARD.get(file, set())
    ]


@pytest.mark.slow
def test_nothing_of_posix_is_used_without_a_look_at_the_system() -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in list_sources()}
    found = [
        x for name, path in files.items() for x in find_unguarded(path.read_text("utf-8"), name)
    ]
    assert found == []
    assert len(files) > 300


@pytest.mark.parametrize(
    "text",
    ["import fcntl", "import os\nos.fork()", "import os\ndef f():\n    return os.getuid()"],
)
def test_the_search_finds_them(text: str) -> None:
    assert find_unguarded(text)


def test_where_no_process_can_be_forked_one_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert workers.can_fork(SourceSet([], [])) is False
    assert workers._list_cores() == {0}


@pytest.mark.parametrize(
    ("number", "system", "closed"),
    [
        (errno.EPIPE, "posix", True),
        (errno.EINVAL, "posix", False),
        (errno.EPIPE, "nt", True),
        (errno.EINVAL, "nt", True),
        (errno.ENOSPC, "nt", False),
    ],
)
def test_a_closed_pipe_has_another_number_on_windows(
    number: int, system: str, *, closed: bool
) -> None:
    assert is_closed_pipe(OSError(number, ""), system) is closed
