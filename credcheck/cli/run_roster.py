"""A roster judged from the command line: journal, lock, resume, signals, and the run's results."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import msgspec

from credcheck import __version__
from credcheck._util.errors import InputError, OutputError, Terminated, UsageError
from credcheck._util.files import file_sha256
from credcheck._util.gc import frozen
from credcheck._util.progress import Progress, name_phase
from credcheck.cli.cluster import open_cluster
from credcheck.cli.console import print_error
from credcheck.cli.files import open_input
from credcheck.cli.options import Request, RunOptions
from credcheck.cli.paths import (
    Input,
    Output,
    check_paths,
    configured_inputs,
    journal_output,
    log_output,
    other_log,
    roster_input,
)
from credcheck.cli.progress import show_reading, show_rows
from credcheck.cli.run_journal import lock_journal, open_journal, print_stopped, release_journal
from credcheck.cli.session import Session, open_session
from credcheck.cli.table_options import RosterOptions
from credcheck.model import Query, RunHeader, canonical_json
from credcheck.reports.summary import describe_outcomes
from credcheck.runs.engine import judge, plan
from credcheck.runs.fingerprint import RunKey, SourceKey, list_differences, list_snapshots
from credcheck.runs.history import check_log
from credcheck.runs.journal import Counts, Journal
from credcheck.runs.results import Results, seal_header
from credcheck.runs.roster import Roster, open_roster
from credcheck.runs.shards import Shard, ShardKey, Share, check_not_live
from credcheck.runs.workers import PartitionJudge, Pool, WorkerKilled, can_fork, open_pool
from credcheck.source.source_set import list_readings
from credcheck.tables import ColumnsError, TableOptions
from credcheck.tables.options import add_options
from credcheck.verify.collect import BirthDates
from credcheck.verify.pipeline import Verifier

STDIN = "standard input"


def accept_plan(queries: Iterable[Query]) -> None:
    """Accept any plan: what a run without a policy does."""
    del queries


@dataclass(frozen=True, kw_only=True)
class RosterJob:
    """What the user asked for. ``journal`` is where the journal lies.

    ``saved`` names the table of the configuration that says how the roster is read. ``check_plan``
    sees all queries before any is judged, and raises UsageError to judge none.
    """

    roster: str
    table: TableOptions
    request: Request
    journal: Path
    resume: bool
    force: bool
    quiet: bool
    max_rows: int | None = None
    jobs: int | None = None
    shard: Shard | None = None
    scheduler: str | None = None
    saved: str | None = None
    outputs: tuple[str, ...] = ()
    check_plan: Callable[[Iterable[Query]], None] = accept_plan

    @classmethod
    def from_options(
        cls,
        roster: str,
        reading: RosterOptions,
        how: RunOptions,
        request: Request,
        journal: Path,
        *,
        quiet: bool,
        max_rows: int | None = None,
    ) -> Self:
        """Return the job that the options ask for. Raises UsageError for one that is wrong."""
        return cls(
            roster=roster,
            table=reading.table,
            request=request,
            journal=journal,
            resume=how.resume,
            force=how.force,
            quiet=quiet,
            max_rows=max_rows,
            jobs=how.jobs,
        )


@dataclass(frozen=True)
class Run:
    """A run whose every row has a verdict."""

    results: Results
    session: Session
    counts: Counts
    journal: Journal
    notes: list[str]

    def finish(self) -> None:
        """Let the journal go, unless asking again may tell more: then --resume does that."""
        if not self.counts.unanswered:
            self.journal.remove()


@contextmanager
def run_roster(job: RosterJob) -> Iterator[Run]:
    """Judge a roster, or what is left of it. Raises UsageError, InputError or OutputError."""
    journal: Journal | None = None
    with ExitStack() as stack:
        path = stack.enter_context(open_input(job.roster))
        stack.enter_context(lock_journal(job.journal))
        try:
            journal = open_journal(job.journal, resume=job.resume, force=job.force, quiet=job.quiet)
            stack.callback(release_journal, journal)
            resumed = journal.key if job.resume else None
            yield _resume_or_plan(job, path, journal, resumed, stack)
        except WorkerKilled as error:
            message = (
                "a worker process was killed (out of memory?); finished rows are in the journal"
            )
            raise OutputError(f"{message}. Continue with --resume and fewer --jobs") from error
        except OSError as error:  # of a disk that fails where nobody looked for it
            where = f"{error.filename}: " if error.filename else ""
            message = f"{where}{error.strerror or error}; finished rows are in the journal"
            raise OutputError(message) from error
        except (KeyboardInterrupt, Terminated):
            if journal is not None:
                print_stopped(journal)
            raise


def check_run_paths(
    job: RosterJob, log: Path, outputs: Sequence[Output], inputs: Sequence[Input]
) -> RosterJob:
    """Check all that a run reads and writes, and return the job with the outputs noted.

    What is there is replaced on request, and where a run that had got to its end is resumed: it is
    the run's own then. Raises UsageError, or LogError for a log that cannot be gone on with.
    """
    finished = Journal.find_finished(job.journal) if job.resume else None
    check_paths(
        [*outputs, journal_output(job.journal), log_output(log)],
        [roster_input(job.roster), *configured_inputs(job.request), *inputs, *other_log(log)],
        force=job.force,
        own=finished or (),
    )
    check_log(log)
    targets = tuple(os.path.realpath(each.target) for each in outputs)
    return replace(job, outputs=targets)


def _resume_or_plan(
    job: RosterJob, path: Path, journal: Journal, resumed: RunKey | None, stack: ExitStack
) -> Run:
    request = job.request
    if resumed is not None and request.as_of is None and not job.force:
        if not job.quiet:
            print_error(f"continuing the run as of {resumed.as_of}")
        request = replace(request, as_of=resumed.as_of.isoformat(), allow_future=True)
    session = open_session(request)
    if job.shard is not None and not request.offline:
        check_not_live(session.source_set.sources, f"{job.shard.of} shares")
    job = _add_saved(job, session)
    with show_reading(quiet=job.quiet):
        roster = _open_roster(job, path)
        key = _make_key(job, path, roster, session)
    if resumed is not None and (unlike := list_differences(resumed, key)):
        if not job.force:
            raise UsageError(
                f"cannot resume {journal.path}, because these differ: {'; '.join(unlike)}."
                " Add --force to start over",
            )
        journal.reset()
        resumed = None
    stack.enter_context(frozen())  # the sources are read by now
    if resumed is None:
        with show_reading(quiet=job.quiet), name_phase(f"planning {roster.file}"):
            _plan(job, roster, journal, key, session)
    else:
        job.check_plan(journal.queries())
        roster.read_birth_dates()
    _judge_rows(job, journal, session, roster.birth_dates)
    return _collect_results(job, journal, session, roster)


def _make_key(job: RosterJob, path: Path, roster: Roster, session: Session) -> RunKey:
    return RunKey(
        version=__version__,
        as_of=session.as_of,
        standard=session.standard.ref,
        roster=file_sha256(path),
        columns=roster.columns,
        reading=_digest(msgspec.structs.replace(job.table, columns={})),
        sources=_list_source_keys(session),
        shard=ShardKey(number=job.shard.number, of=job.shard.of) if job.shard else None,
    )


def _plan(job: RosterJob, roster: Roster, journal: Journal, key: RunKey, session: Session) -> None:
    share = Share(roster, job.shard) if job.shard is not None else None
    rows = plan(share or roster, journal)
    if share is not None:
        rows = share.rows  # a share may have none of them
        key = msgspec.structs.replace(key, shard=share.key(job.roster, _begin_header(session)))
    if not rows:
        raise InputError(f"{roster.file} has a header but no rows")
    if job.max_rows is not None and rows > job.max_rows:
        message = (
            f"the output holds at most {job.max_rows:,} rows, and the roster has {rows:,}; write"
            " CSV instead"
        )
        raise UsageError(message)
    job.check_plan(journal.queries())
    started_at = session.started_at.isoformat()
    journal.close_plan(key, roster.ref(), started_at, list(roster.reading.notes), job.outputs)


def _judge_rows(
    job: RosterJob, journal: Journal, session: Session, birth_dates: BirthDates
) -> None:
    work = PartitionJudge(
        Verifier(session.source_set, session.standard, session.as_of, birth_dates)
    )
    if job.scheduler is None and (job.jobs or 1) > 1 and not can_fork(session.source_set):
        live = [x.facts.name for x in session.source_set.sources if not x.facts.fork_safe]
        why = f"{', '.join(live)} cannot be shared" if live else "this system cannot fork safely"
        print_error(f"running in one process despite --jobs: {why}")
    with (
        _open_pool(job, work, journal, session, birth_dates) as pool,
        show_rows(quiet=job.quiet) as show,
    ):
        for progress in judge(journal, pool):
            slow = f"; most of the time goes to {progress.slowest}" if progress.slowest else ""
            note = describe_outcomes(progress.outcomes) + slow
            show(Progress(progress.done, progress.rows, note=note))


def _open_pool(
    job: RosterJob,
    work: PartitionJudge,
    journal: Journal,
    session: Session,
    birth_dates: BirthDates,
) -> AbstractContextManager[Pool]:
    if job.scheduler is None or journal.key is None or not journal.pending_rows:
        return open_pool(work, job.jobs, journal.pending_rows)
    return open_cluster(job.scheduler, session, journal.key, dated=bool(birth_dates))


def _begin_header(session: Session) -> RunHeader:
    """Return the header as far as it is known when the sources have been read."""
    readings = list_readings(session.source_set.sources)
    return msgspec.structs.replace(session.header(), readings=readings)


def _collect_results(job: RosterJob, journal: Journal, session: Session, roster: Roster) -> Run:
    counts = journal.counts()
    header = msgspec.structs.replace(
        _begin_header(session),
        started_at=dt.datetime.fromisoformat(journal.started_at),
        roster=journal.roster,
        rows=journal.rows,
        outcomes=counts.outcomes,
    )
    if job.shard is None:  # the merge seals the shares
        header = seal_header(header, journal.lines())
    results = Results(header, journal.verdicts, journal.lines)
    return Run(results, session, counts, journal, journal.notes)


def _add_saved(job: RosterJob, session: Session) -> RosterJob:
    """Return the job with how its roster is read as it is saved in the configuration."""
    saved = None if job.roster == "-" else session.settings.find_roster(Path(job.roster))
    if saved is None:
        return job
    return replace(job, table=add_options(saved.options, job.table), saved=saved.name)


def _open_roster(job: RosterJob, path: Path) -> Roster:
    try:
        name = STDIN if job.roster == "-" else None
        read = job.table.reading("file", job.saved) if job.saved else job.table.reading("options")
        return open_roster(path, read, job.table, name=name)
    except ColumnsError as error:
        if job.table.columns:
            raise
        raise InputError(str(error)) from error  # it is the file that says too little


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _list_source_keys(session: Session) -> tuple[SourceKey, ...]:
    found = list_snapshots(session.source_set, session.as_of)
    return tuple(
        SourceKey(
            name=each.name,
            settings=_digest((each.adapter, each.options)),
            snapshot=found[each.name],
        )
        for each in session.settings.sources
        if each.name in found
    )
