"""A process that has the command's modules loaded, and forks for each command that a test runs.

What comes out is a process of its own, as a user's is: its own arguments, folder, environment,
streams and exit. Only the modules are there already, which is most of the time that a short command
takes. None of them starts a thread, which a fork would lose.

Run as a script: the one argument is the path of the socket at which it waits. ``forking.py`` asks it.
"""

import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

STREAMS = 3
SIZE = 4
"""Bytes that say how many there are of a request, which comes after them."""

_NONE_ENDED = (0, 0)
_ROOT = Path(__file__).parents[2]


def _load(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def _serve(listening: socket.socket) -> dict[str, Any]:
    """Fork for each request. Returns in the forked process alone: the command that it is to be."""
    while True:
        asking, _ = listening.accept()
        _reap()
        if os.fork():
            asking.close()
            continue
        listening.close()
        size, streams, _, _ = socket.recv_fds(asking, SIZE, STREAMS)
        text = asking.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL)
        if not (command := os.fork()):
            asking.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            return dict(json.loads(text))
        for stream in streams:
            os.close(stream)
        asking.sendall(f"{command}\n".encode())
        _, ended = os.waitpid(command, 0)
        asking.sendall(f"{os.waitstatus_to_exitcode(ended)}\n".encode())
        os._exit(0)


def _reap() -> None:
    """Let go of the processes that have told how their command ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != _NONE_ENDED:
            pass


def _become(request: dict[str, Any]) -> None:
    """Take on the arguments, the folder and the environment of a command."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    time.tzset()
    sys.path[0] = request["folder"]
    sys.argv = [str(_ROOT / "credcheck" / "__main__.py"), *request["arguments"]]


if __name__ == "__main__":  # and not in the processes that a command starts
    import credcheck
    import credcheck_sources

    for each in (credcheck, credcheck_sources):
        _load(each)
    from credcheck.cli import main
    from credcheck.reference.headers import all_header_keys

    all_header_keys()  # a table of words, as code is
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(sys.argv[1])
        waiting.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        wanted = _serve(waiting)
    _become(wanted)
    main()
