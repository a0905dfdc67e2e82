"""A plugin that runs: asked, and what it answers turned into what a source raises or returns."""

import os
from typing import NoReturn, TypeVar

from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck._util.text import shorten
from credcheck.source.interface import AdapterFault, SourceFailed
from credcheck.source.plugin.messages import Failed, Reply, Request
from credcheck.source.plugin.process import PluginGone, PluginProcess

DEADLINE = 30.0
"""Seconds for a plugin to be loaded, opened, or to answer one question, unless set."""

_MOST_FAULTS = 50  # in a row: then it is not asked again
_LONGEST_REASON = 500

ReplyT = TypeVar("ReplyT", bound=Reply)


class Plugin:
    """One plugin, in a process for each process that asks it: forked ones must not share a pipe."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self.deadline: float | None = DEADLINE
        self._processes: dict[int, PluginProcess] = {}
        self._prepared: list[tuple[Request, type[Reply]]] = []
        self._faults = 0
        self._gone: str | None = None

    def prepare(self, request: Request, wanted: type[ReplyT]) -> ReplyT:
        """Ask, and ask again first of all wherever the plugin is started anew."""
        reply = self.ask(request, wanted)
        self._prepared.append((request, wanted))
        return reply

    def ask(self, request: Request, wanted: type[ReplyT]) -> ReplyT:
        """Return the reply.

        Raises SourceFailed if the plugin is gone or says that its source is unusable, AdapterFault if
        it broke, and ValueError, UsageError, InputError and OutputError where it says so.
        """
        if self._gone is not None:
            raise SourceFailed(self._gone)
        try:
            reply = self._running().ask(request, self.deadline)
        except PluginGone as gone:
            self._gone = f"the adapter failed: {gone}"
            raise SourceFailed(self._gone) from gone
        if isinstance(reply, Failed):
            self._fail(reply)
        if not isinstance(reply, wanted):
            raise AdapterFault("the adapter answered a different question")
        self._faults = 0
        return reply

    def _running(self) -> PluginProcess:
        own = os.getpid()
        if own not in self._processes:
            self._processes[own] = PluginProcess()
            for request, wanted in self._prepared:
                self.ask(request, wanted)
        return self._processes[own]

    def _fail(self, reply: Failed) -> NoReturn:
        message = shorten(reply.message, _LONGEST_REASON)
        if reply.family == "fault":
            self._faults += 1
            if self._faults >= _MOST_FAULTS:
                self._gone = f"not asked again: {message}"
            raise AdapterFault(message)
        raise _ERRORS[reply.family](message)


_ERRORS: dict[str, type[Exception]] = {
    "source": SourceFailed,
    "options": ValueError,
    "input": InputError,
    "usage": UsageError,
    "output": OutputError,
}
