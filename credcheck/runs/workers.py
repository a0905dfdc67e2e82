"""Who judges a partition: this process, or several that were forked from it.

Forked processes share what the sources hold in memory. Only sources that say so are asked in them.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from credcheck.model import query_from_json
from credcheck.runs.journal import Pending
from credcheck.runs.packing import Packer, VerdictBlock
from credcheck.source.source_set import SourceSet
from credcheck.source.stopwatch import time_sources
from credcheck.verify.pipeline import Verifier

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_WORTH_IT = 5_000  # rows: fewer are judged before the processes are there
_GRACE = 0.2  # seconds
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class PartitionResult(NamedTuple):
    """A judged partition: what the journal keeps of it, and the seconds that it took.

    ``asking`` is how many of these each source took.
    """

    blocks: list[VerdictBlock]
    seconds: float
    asking: Mapping[str, float]


class PartitionJudge:
    """Judges partitions in one process."""

    def __init__(self, verifier: Verifier) -> None:
        self.source_set = verifier.source_set
        self._verifier = verifier
        self._packer = Packer()

    def judge(self, part: Sequence[Pending]) -> PartitionResult:
        """Judge a partition."""
        began = time.monotonic()
        with time_sources() as asking:
            verdicts = self._verifier([query_from_json(each.asked) for each in part])
            blocks = list(self._packer([each.row for each in part], verdicts))
        return PartitionResult(blocks, time.monotonic() - began, asking)


class Pool(NamedTuple):
    """Takes partitions, and gives each one's outcome when it is asked for it.

    ``ahead`` is how many may be handed out before the first is asked for.
    """

    submit: Callable[[Sequence[Pending]], Callable[[], PartitionResult]]
    ahead: int


class WorkerKilled(Exception):
    """A process that judged is gone: somebody killed it, or the system did for want of memory."""


@contextmanager
def open_pool(work: PartitionJudge, jobs: int | None, rows: int) -> Iterator[Pool]:
    """Open a pool of so many processes; by default one for each core where that is worth it."""
    wanted = jobs or (len(_list_cores()) if rows >= _WORTH_IT else 1)
    if wanted == 1 or not can_fork(work.source_set):
        yield Pool(lambda part: lambda: work.judge(part), ahead=1)
        return
    workers: list[_Worker] = []
    try:
        with _hold_signals():
            workers.extend(_Worker(work) for _ in range(wanted))
        turns = cycle(workers)
        yield Pool(lambda part: next(turns).submit(part), ahead=wanted)
    except WorkerKilled:
        time.sleep(_GRACE)  # a signal to the whole group is on its way to this process too
        raise
    finally:
        for worker in workers:
            worker.end()


def can_fork(source_set: SourceSet) -> bool:
    """Tell whether the sources may be asked in forked processes, on a system that forks safely."""
    return sys.platform == "linux" and all(source.facts.fork_safe for source in source_set.sources)


def _list_cores() -> set[int]:
    return os.sched_getaffinity(0) if sys.platform == "linux" else {0}


class _Worker:
    """A forked process. It has one partition at a time, so neither end ever waits to be heard."""

    def __init__(self, work: PartitionJudge) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(work, other), daemon=True)
        self._process.start()
        other.close()

    def submit(self, part: Sequence[Pending]) -> Callable[[], PartitionResult]:
        try:
            self._pipe.send(part)
        except OSError as error:
            raise WorkerKilled from error
        return self._receive

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _receive(self) -> PartitionResult:
        try:
            result = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerKilled from error
        if isinstance(result, Exception):
            raise result
        done: PartitionResult = result
        return done


@contextmanager
def _hold_signals() -> Iterator[None]:
    """Let no signal come between the start of a process and its being known."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    work: PartitionJudge, pipe: "Connection[PartitionResult | Exception, Sequence[Pending]]"
) -> None:
    """Judge what comes. Ctrl-C is for whoever started the run, which ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for signum in _SIGNALS[1:]:
        if signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    while True:
        part: Sequence[Pending] = pipe.recv()
        try:
            pipe.send(work.judge(part))
        except Exception as error:  # noqa: BLE001 - raised again in the process that asked
            error.add_note(traceback.format_exc())
            pipe.send(error)


def _exit_with_parent() -> None:
    """End when the parent is gone. The pipe does not tell: the other workers hold it open too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
