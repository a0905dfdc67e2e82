"""A command whose n-th call of a kind fails, or that is killed there. Needs Linux and a compiler."""

import ctypes
import errno
import importlib
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

import credcheck.cli
import credcheck_sources

SOURCE = Path(__file__).with_name("failing.c")
CALLS = ("write", "fsync", "rename", "unlink", "read", "open")
MODES = ("once", "onward", "kill")
_ERRORS = {"write": errno.ENOSPC, "rename": errno.ENOSPC}
_SECONDS = 120


class Fault(NamedTuple):
    """What goes wrong: the n-th call of a kind, in one of the ``MODES``."""

    call: str
    at: int
    mode: str

    def __str__(self) -> str:
        return f"{self.call} {self.at} {self.mode}"


class Ran(NamedTuple):
    """How a command ended, and whether the fault came about at all."""

    status: int
    out: bytes
    err: str
    hit: bool


def find_compiler() -> str | None:
    """Return the C compiler, or None where this cannot be done."""
    return shutil.which("cc") if sys.platform == "linux" else None


def compile_library(folder: Path) -> Path:
    """Return the library that fails calls."""
    library = folder / "failing.so"
    words = [find_compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)]
    subprocess.run([*words, "-ldl"], check=True)
    return library


def preload() -> bool:
    """Import what commands need, and tell whether the library is there: see ``restart_with``."""
    for package in (credcheck, credcheck_sources):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in ("diskcache", "httpx", "jinja2", "rich.progress"):
        importlib.import_module(name)
    return "LD_PRELOAD" in os.environ


def restart_with(library: Path, module: str) -> NoReturn:
    """Begin this program again, with the library that fails calls."""
    env = dict(os.environ) | {"LD_PRELOAD": str(library)}
    os.execve(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]], env)  # noqa: S606


def run(folder: Path, words: tuple[str, ...], fault: Fault | None = None) -> Ran:
    """Run a command whose files all lie in a folder; there, and nowhere else, calls fail.

    The process is forked, with all modules imported: so a fault takes a tenth of a second.
    """
    mark, out, err = (folder.parent / f"{folder.name}.{name}" for name in ("hit", "out", "err"))
    mark.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _run_here(folder, words, fault, (mark, out, err))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ran(status, out.read_bytes(), err.read_text(errors="replace"), mark.exists())


def _run_here(
    folder: Path, words: tuple[str, ...], fault: Fault | None, files: tuple[Path, Path, Path]
) -> NoReturn:
    """Be the command: its output goes to files, and it ends this process."""
    status = 99
    try:
        signal.alarm(_SECONDS)  # a command that hangs is killed, and shows
        for handle, file in zip((1, 2), files[1:], strict=True):
            os.dup2(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), handle)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(folder)
        os.environ.update(own_folders(folder))
        if fault is not None:
            os.environ.update(_describe(fault, folder, files[0]))
        ctypes.CDLL(None).fault_begin()
        sys.argv = ["credcheck", *words]
        credcheck.cli.main()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 98
    finally:
        sys.stdout.flush()
        os._exit(status)


def _describe(fault: Fault, folder: Path, mark: Path) -> Mapping[str, str]:
    return {
        "FAULT_UNDER": str(folder),
        "FAULT_MARK": str(mark),
        "FAULT_CALL": fault.call,
        "FAULT_AT": str(fault.at),
        "FAULT_MODE": fault.mode,
        "FAULT_ERRNO": str(_ERRORS.get(fault.call, errno.EIO)),
    }


def own_folders(folder: Path) -> Mapping[str, str]:
    """Return the environment in which all that credcheck keeps lies in one folder."""
    return {
        "CREDCHECK_STORE": str(folder / "store"),
        "CREDCHECK_CACHE": str(folder / "cache"),
        "CREDCHECK_STATE": str(folder / "state"),
        "CREDCHECK_LOG": str(folder / "state" / "log.ndjson"),
        "TMPDIR": str(folder),
    }
