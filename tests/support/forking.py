"""Asks the process that forks commands (fork_server.py), one for each process that runs tests."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

from tests.support import fork_server

_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC", "OPENBLAS", "OMP_")
"""Beginnings of what is heard when Python or a library starts, and not afterwards."""


class Ended(NamedTuple):
    status: int
    out: bytes
    err: bytes


class _Server(NamedTuple):
    path: str
    heard: Mapping[str, str]
    """What of the environment it was started with was heard then."""


def can_fork(environment: Mapping[str, str]) -> bool:
    """Tell whether a command would be the same if its modules were loaded before."""
    return hasattr(socket, "send_fds") and _heard(environment) == _start(os.getpid()).heard


def run_forked(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    stdin: str,
    seconds: float,
) -> Ended:
    """Run a command to its end. Raises TimeoutError, and ends it, if that takes too long."""
    request = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
    text = json.dumps(request).encode("utf-8", "surrogateescape")
    (in_read, in_write), (out_read, out_write), (err_read, err_write) = (
        os.pipe() for _ in range(3)
    )
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(seconds)
        asking.connect(_start(os.getpid()).path)
        size = len(text).to_bytes(fork_server.SIZE, "big")
        socket.send_fds(asking, [size], [in_read, out_write, err_write])
        asking.sendall(text)
        for end in (in_read, out_write, err_write):
            os.close(end)
        told = asking.makefile("r")
        out, err = _Reader(out_read), _Reader(err_read)
        _Writer(in_write, stdin.encode())
        command = int(told.readline())
        try:
            status = int(told.readline())
        except TimeoutError:
            os.kill(command, 9)
            raise
    return Ended(status, out.read(), err.read())


class _Reader(threading.Thread):
    def __init__(self, end: int) -> None:
        super().__init__(daemon=True)
        self._file: IO[bytes] = os.fdopen(end, "rb")
        self._bytes = b""
        self.start()

    def run(self) -> None:
        with self._file:
            self._bytes = self._file.read()

    def read(self) -> bytes:
        self.join()
        return self._bytes


class _Writer(threading.Thread):
    def __init__(self, end: int, content: bytes) -> None:
        super().__init__(daemon=True)
        self._file: IO[bytes] = os.fdopen(end, "wb", buffering=0)
        self._bytes = content
        self.start()

    def run(self) -> None:
        try:
            with self._file:
                self._file.write(self._bytes)
        except BrokenPipeError:
            pass  # a command need not read all that it is given


def _heard(environment: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in environment.items() if key.startswith(_AT_START)}


@cache
def _start(_process: int) -> _Server:
    """Start the server of a process that runs tests. It ends with it."""
    folder = tempfile.mkdtemp()
    path = str(Path(folder) / "socket")
    command = [sys.executable, "-W", "error", "-m", "tests.support.fork_server", path]
    root = Path(__file__).parents[2]
    server = subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    atexit.register(_end, server, folder)
    return _Server(path, _heard(os.environ))


def _end(server: "subprocess.Popen[bytes]", folder: str) -> None:
    server.kill()
    server.communicate()
    shutil.rmtree(folder, ignore_errors=True)
