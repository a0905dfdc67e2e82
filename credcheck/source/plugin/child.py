"""The process of a plugin: it loads the adapter, opens the source and answers, until the pipe ends.

It is started by ``process`` and imported nowhere else.
"""

import os
import queue
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import EntryPoint
from io import FileIO
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck.source.adapter import GROUP, Adapter, Context
from credcheck.source.answers import check_answers, check_candidates, describe_fault
from credcheck.source.importer import Importable, ImportJob
from credcheck.source.interface import AdapterFault, Registry, SourceFacts, SourceFailed
from credcheck.source.plugin.frames import FrameError, read_frame, write_frame
from credcheck.source.plugin.messages import (
    Answered,
    AnyReply,
    Collect,
    Failed,
    Import,
    Imported,
    Load,
    Loaded,
    Open,
    Opened,
    Request,
    Search,
    decode_request,
    encode,
    pack_answer,
)
from credcheck.source.plugin.output import CaughtStream
from credcheck.storage import DiskByteCache, NoCache
from credcheck.storage.cache import NamedCache
from credcheck.storage.snapshots import Store

_GRACE = 0.5  # seconds: for a thread that is about to end

_FAMILIES: tuple[tuple[type[Exception], str], ...] = (
    (AdapterFault, "fault"),
    (SourceFailed, "source"),
    (UsageError, "usage"),
    (InputError, "input"),
    (OutputError, "output"),
)


class Child:
    """A plugin, loaded and opened as it is asked to be."""

    def __init__(self) -> None:
        self._loaded: Any = None
        self._source: Any = None
        self._handlers: dict[type, Callable[[Any], AnyReply]] = {
            Load: self._load,
            Open: self._open,
            Collect: self._collect,
            Search: self._search,
            Import: self._import,
        }

    def answer(self, request: Request) -> AnyReply:
        """Return the reply to a request, whatever the plugin does."""
        try:
            return self._handlers[type(request)](request)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the plugin did it
            return describe_failure(error)

    def _load(self, request: Load) -> Loaded:
        point = EntryPoint(name="plugin", value=request.entry_point, group=GROUP)
        self._loaded = point.load()
        if request.importer:
            return Loaded()
        if not isinstance(self._loaded, Adapter):
            raise AdapterFault("it is not a credcheck Adapter")
        adapter = self._loaded
        return Loaded(
            summary=str(adapter.summary),
            kinds=tuple(adapter.kinds),
            options=tuple(adapter.options.__struct_fields__),
        )

    def _open(self, request: Open) -> AnyReply:
        adapter = self._loaded
        context = Context(
            folder=Path(request.folder),
            today=request.today,
            cache=_open_cache(request, adapter.name),
            offline=request.offline,
            refresh=request.refresh,
            store=Path(request.store) if request.store is not None else None,
        )
        try:
            options = msgspec.convert(request.options, adapter.options)
            self._source = adapter.open(request.name, options, context)
        except ValueError as error:
            return Failed(family="options", message=str(error))
        facts = self._source.facts
        if not isinstance(facts, SourceFacts):
            raise AdapterFault(f"its facts are a {type(facts).__name__}, not SourceFacts")
        return Opened(
            facts=facts,
            searchable=isinstance(self._source, Registry),
            importable=isinstance(self._source, Importable),
        )

    def _collect(self, request: Collect) -> Answered:
        answers = self._source.collect(request.subjects)
        checked = check_answers(self._source.facts, request.subjects, answers)
        return Answered(answers=tuple(map(pack_answer, checked)))

    def _search(self, request: Search) -> Answered:
        answers = self._source.search(request.questions)
        checked = check_candidates(request.questions, answers)
        return Answered(answers=tuple(map(pack_answer, checked)))

    def _import(self, request: Import) -> Imported:
        job = ImportJob(
            files=tuple(map(Path, request.files)),
            store=Store(Path(request.store)),
            update=request.update,
            as_of=request.as_of,
            force=request.force,
            today=request.today,
        )
        work = self._loaded if self._source is None else self._source.import_file
        return Imported(info=work(job))


def describe_failure(error: BaseException) -> Failed:
    """Return what a plugin raised as a message."""
    family = next((name for kind, name in _FAMILIES if isinstance(error, kind)), "fault")
    message = str(error) if isinstance(error, tuple(kind for kind, _ in _FAMILIES)) else ""
    return Failed(
        family=family,  # type: ignore[arg-type]  # one of those that the message may have
        message=message or describe_fault(error),
        traceback="".join(traceback.format_exception(error)),
    )


def serve() -> None:
    """Answer requests from standard input on standard output, which the plugin cannot reach."""
    requests, replies = FileIO(os.dup(0), "rb"), FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    guard, child, own = _Guard(), Child(), os.getpid()
    waiting: queue.SimpleQueue[tuple[int, Request]] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests, waiting), daemon=True).start()
    while True:
        number, request = waiting.get()
        reply = guard.check(request, child.answer(request))
        if os.getpid() != own:
            os._exit(0)  # the plugin forked, and this is its child
        write_frame(replies, number, reply)


class _Guard:
    """Holds a plugin to what its process may do while it answers."""

    def __init__(self) -> None:
        self._out, self._err = CaughtStream(1), CaughtStream(2)
        self._written = ""

    def check(self, request: Request, reply: AnyReply) -> bytes:
        """Return the reply as bytes, or one that says what the plugin did."""
        said, written = self._err.take() or "", self._out.take()
        if written is None:
            reply = _fault("closed standard output, which is not the adapter's")
        elif _has_left():
            reply = _fault("left a thread behind")
        else:
            self._written = self._written or written.strip()
        if self._written and not isinstance(request, Load):
            reply = _fault(f"wrote to standard output: {self._written!r}")
            self._written = ""
        try:
            return encode(replace(reply, said=said))
        except Exception as error:  # noqa: BLE001 - the plugin put into it what has no form
            return encode(describe_failure(error))


def _read_requests(pipe: FileIO, waiting: "queue.SimpleQueue[tuple[int, Request]]") -> None:
    """Read what is asked; when whoever asked is gone, end, whatever the plugin is at."""
    try:
        while True:
            number, request = read_frame(pipe)
            waiting.put((number, decode_request(request)))
    except (FrameError, OSError):
        os._exit(0)


def _has_left() -> bool:
    """Tell whether a thread is left that would keep a process from ending."""
    own = threading.current_thread()
    left = [each for each in threading.enumerate() if each is not own and not each.daemon]
    for thread in left:
        thread.join(_GRACE)
    return any(thread.is_alive() for thread in left)


def _fault(what: str) -> Failed:
    return Failed(family="fault", message=f"the adapter {what}")


def _open_cache(request: Open, adapter: str) -> NamedCache | NoCache:
    if request.cache is None:
        return NoCache()
    return NamedCache(DiskByteCache(Path(request.cache)), f"plugin {adapter}")
