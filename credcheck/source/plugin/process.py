"""The process of a plugin, from outside: started, asked within a deadline, and ended for good."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import weakref
from typing import IO, cast

import msgspec

from credcheck._util.text import shorten
from credcheck.source.plugin.frames import FrameError, PipeClosed, read_frame, write_frame
from credcheck.source.plugin.messages import AnyReply, Failed, Request, decode_reply, encode

_LOG = logging.getLogger(__name__)
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop());"
    " from credcheck.source.plugin.child import serve; serve()"
)
_SOON = 5.0  # seconds: for a killed process to be gone


class PluginGone(Exception):
    """The process gave no answer, and never will. The message says what became of it."""


class PluginProcess:
    """A process for one plugin. It ends with this object, or with this process."""

    def __init__(self) -> None:
        """Start it. Raises PluginGone."""
        if not sys.executable:
            raise PluginGone("its process cannot be started: Python's own path is not known")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - Python itself, with our code
                [
                    sys.executable,
                    "-P",
                    "-c",
                    _CODE,
                    json.dumps(sys.path),
                ],  # -P: no code of this folder
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,  # Ctrl-C is for this process, which ends that one
            )
        except OSError as error:
            raise PluginGone(f"its process cannot be started: {error.strerror}") from error
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._replies = cast("IO[bytes]", self._process.stdout)
        self._asked = 0
        self._threads: list[threading.Thread] = []
        self._end = weakref.finalize(self, _end, self._process, self._threads, os.getpid())

    def ask(self, request: Request, seconds: float | None) -> AnyReply:
        """Return the reply. Raises PluginGone if there is none within so many seconds.

        The process is ended then. A signal that comes meanwhile is raised at once.
        """
        if not self._end.alive:
            raise PluginGone("its process has ended")
        outcome: list[AnyReply | Exception] = []
        thread = threading.Thread(target=self._exchange, args=(request, outcome), daemon=True)
        self._threads[:] = [thread]
        thread.start()
        thread.join(seconds)
        if not outcome:
            self.end()
            raise PluginGone(f"no answer within {seconds:g} s")
        if isinstance(outcome[0], Exception):
            self.end()
            raise PluginGone(_explain(outcome[0], self._process)) from outcome[0]
        _log_said(outcome[0])
        return outcome[0]

    def end(self) -> None:
        """End the process, and all that it started."""
        self._end()

    def _exchange(self, request: Request, outcome: list[AnyReply | Exception]) -> None:
        try:
            self._asked += 1
            write_frame(self._requests, self._asked, encode(request))
            number, reply = read_frame(self._replies)
            if number != self._asked:
                raise FrameError("it answers another question")  # noqa: TRY301
            outcome.append(decode_reply(reply))
        except Exception as error:  # noqa: BLE001 - told to whoever waits for this thread
            outcome.append(error)


def _explain(error: Exception, process: "subprocess.Popen[bytes]") -> str:
    if isinstance(error, msgspec.DecodeError):
        return f"its answer is invalid: {shorten(str(error))}"
    if isinstance(error, FrameError) and not isinstance(error, PipeClosed):
        return f"its answer cannot be read: {error}"
    return f"its process ended before it answered (status {process.returncode})"


def _log_said(reply: AnyReply) -> None:
    if reply.said:
        _LOG.info("a plugin says: %s", reply.said)
    if isinstance(reply, Failed) and reply.traceback:
        _LOG.debug("a plugin failed: %s", reply.traceback)


def _end(process: "subprocess.Popen[bytes]", threads: list[threading.Thread], owner: int) -> None:
    """Kill a process and its group. In a process that was forked since, it is not ours to end."""
    if os.getpid() != owner:
        return
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_SOON)
    for thread in threads:
        thread.join(_SOON)
        if thread.is_alive():
            return  # it holds the pipes
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
