"""A Dask cluster as the pool of a run: partitions go to its workers, and verdicts come back.

Dask gives the partitions of a lost worker to another one. What is wrong for good is named: files that
differ on a worker, rows that no worker survives, a scheduler that is gone. The journal is written here
alone, so a run on a cluster can be resumed like any other, and gives the same bytes.
"""

import pickle
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from credcheck import __version__
from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck.runs.fingerprint import list_snapshots
from credcheck.runs.journal import Pending
from credcheck.runs.portable import PortableVerifier
from credcheck.runs.workers import PartitionJudge, PartitionResult, Pool

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT = 10.0  # seconds until a scheduler that says nothing counts as not there
_LOOK = 5.0  # seconds between looks whether any worker is left
_WITHOUT_WORKERS = 6  # looks without a worker until the run stops
_AHEAD = 2  # partitions for each thread: one that it judges, and the next
_KEPT = "Finished rows are in the journal; continue with --resume"
_RETRIES = 2  # of a partition that raised: what it raised may be the machine's fault


class Refusal(NamedTuple):
    """Why a worker must not judge: it would judge something else."""

    worker: str
    reason: str


class ClusterJudge:
    """Judges partitions on a worker, after making sure that its files are those of the run.

    It is pickled once, and each thread of a worker opens the sources once for a whole run.
    """

    def __init__(self, verifier: PortableVerifier, snapshots: Mapping[str, str | None]) -> None:
        """Take how to judge, and the snapshot of every source as this machine has it."""
        self._pickled = pickle.dumps((verifier, dict(snapshots)))

    def __call__(self, version: str, part: Sequence[Pending]) -> PartitionResult | Refusal:
        """Judge a partition, or say why this worker must not."""
        if version != __version__:
            return Refusal(_name_worker(), f"has credcheck {__version__}, the run {version}")
        if getattr(_OPENED, "pickled", None) != self._pickled:
            _OPENED.judge, _OPENED.pickled = self._open(), self._pickled
        opened: PartitionJudge | str = _OPENED.judge
        return Refusal(_name_worker(), opened) if isinstance(opened, str) else opened.judge(part)

    def _open(self) -> PartitionJudge | str:
        verifier, expected = pickle.loads(self._pickled)  # noqa: S301 - from the run itself
        work = PartitionJudge(verifier.open())
        found = list_snapshots(work.source_set, verifier.as_of)
        unlike = [name for name in expected if expected[name] != found.get(name)]
        if unlike:
            return f"has another file of source {', '.join(unlike)} than this machine"
        return work


_OPENED = threading.local()
"""What a thread of a worker has opened: ``judge``, or why it must not, for ``pickled``."""


def _name_worker() -> str:
    from distributed import get_worker

    return str(get_worker().address)


@contextmanager
def open_dask_pool(judge: ClusterJudge, scheduler: str) -> Iterator[Pool]:
    """Open the workers of a Dask scheduler as a pool.

    Raises UsageError where Dask is not installed or no scheduler answers; InputError where a worker has
    other files or another version; OutputError where no worker can judge. The journal keeps what was
    judged.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask needs Dask: pip install 'credcheck[dask]'") from error
    try:
        client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler}: no Dask scheduler answers there") from error
    with client:
        threads = sum(client.nthreads().values())

        def submit(part: Sequence[Pending]) -> Callable[[], PartitionResult]:
            future = client.submit(judge, __version__, part, pure=False, retries=_RETRIES)
            return lambda: _wait_for(client, future, part)

        yield Pool(submit, ahead=_AHEAD * max(threads, 1))


def _wait_for(client: "Client", future: "Future[Any]", part: Sequence[Pending]) -> PartitionResult:
    """Return the verdicts of a partition, wherever Dask has it judged."""
    from distributed import KilledWorker

    rows = f"rows {part[0].row} to {part[-1].row}"
    if not _is_done(client, future):
        raise OutputError(f"the Dask cluster has no worker left. {_KEPT}")
    if future.status == "error":
        error = future.exception()
        if isinstance(error, KilledWorker):
            raise OutputError(f"{rows}: every worker that judged them died. {_KEPT}") from error
        error.add_note(f"on a worker of the Dask cluster, while it judged {rows}")
        raise error
    if future.status != "finished":
        raise OutputError(f"the Dask scheduler is gone. {_KEPT}")
    result: PartitionResult | Refusal = future.result()
    if isinstance(result, Refusal):
        raise InputError(f"worker {result.worker} {result.reason}. {_KEPT}")
    return result


def _is_done(client: "Client", future: "Future[Any]") -> bool:
    """Wait until a partition is judged, has failed or is lost; False where no worker is left."""
    from distributed import CancelledError, wait

    without = 0
    while without < _WITHOUT_WORKERS:
        try:
            with client.as_current():
                wait([future], timeout=_LOOK)
        except TimeoutError:
            without = 0 if _has_workers(client) else without + 1
        except CancelledError:
            return True
        else:
            return True
    return False


def _has_workers(client: "Client") -> bool:
    try:
        return bool(client.nthreads())
    except OSError:  # the scheduler does not answer either
        return False
