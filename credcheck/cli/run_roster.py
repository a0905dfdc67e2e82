"""A roster judged from the command line: journal, lock, resume, signals, and the run's results."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import msgspec
from filelock import FileLock, Timeout

from credcheck import __version__
from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck._util.gc import frozen
from credcheck._util.progress import Progress
from credcheck._util.text import pluralize
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import Terminated
from credcheck.cli.files import open_input
from credcheck.cli.options import Request, RunOptions
from credcheck.cli.progress import show_rows
from credcheck.cli.session import Session, open_session
from credcheck.cli.table_options import RosterOptions
from credcheck.config import state_folder
from credcheck.model import Query, canonical_json
from credcheck.reports.summary import describe_outcomes
from credcheck.runs.engine import judge, plan
from credcheck.runs.fingerprint import RunKey, SourceKey, list_differences, list_snapshots
from credcheck.runs.journal import Counts, Journal, JournalError, discard
from credcheck.runs.results import Results, seal_header
from credcheck.runs.roster import Roster, open_roster
from credcheck.runs.workers import PartitionJudge, WorkerKilled, can_fork, open_pool
from credcheck.source.source_set import list_readings
from credcheck.tables import ColumnsError, TableOptions
from credcheck.tables.lines import file_sha256
from credcheck.tables.options import add_options
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
    saved: str | None = None
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
        stack.enter_context(_lock(job.journal))
        try:
            journal, resumed = _open_journal(job)
            stack.callback(_release, journal)
            yield _resume_or_plan(job, path, journal, resumed, stack)
        except WorkerKilled as error:
            message = (
                "a process that judged was killed (memory?); what was judged is in the journal"
            )
            raise OutputError(f"{message}. Go on with --resume, and fewer --jobs") from error
        except (KeyboardInterrupt, Terminated):
            if journal is not None:
                _print_stopped(journal)
            raise


def _release(journal: Journal) -> None:
    """Close a journal; one that never got as far as a whole plan holds nothing, and goes."""
    if not journal.path.exists():
        return  # its results are written
    if journal.key is None:
        journal.remove()
    else:
        journal.close()


def may_replace(targets: Iterable[str | None], journal: Path, *, resume: bool, force: bool) -> bool:
    """Tell whether outputs that are there may be replaced.

    They may on request, and where a run that had got to its end is resumed: they are its own.
    """
    there = any(target is not None and Path(target).exists() for target in targets)
    return force or (resume and there and _has_finished(journal))


def _has_finished(journal: Path) -> bool:
    try:
        opened = Journal.reopen(journal)
    except JournalError:
        return False
    try:
        return opened.key is not None and not opened.pending_rows
    finally:
        opened.close()


def _resume_or_plan(
    job: RosterJob, path: Path, journal: Journal, resumed: RunKey | None, stack: ExitStack
) -> Run:
    request = job.request
    if resumed is not None and request.as_of is None and not job.force:
        if not job.quiet:
            print_error(f"going on with the run as of {resumed.as_of}")
        request = replace(request, as_of=resumed.as_of.isoformat(), allow_future=True)
    session = open_session(request)
    job = _add_saved(job, session)
    roster = _open_roster(job, path)
    key = RunKey(
        version=__version__,
        as_of=session.as_of,
        standard=session.standard.ref,
        roster=file_sha256(path),
        columns=roster.columns,
        reading=_digest(msgspec.structs.replace(job.table, columns={})),
        sources=_list_source_keys(session),
    )
    if resumed is not None and (unlike := list_differences(resumed, key)):
        if not job.force:
            raise UsageError(
                f"cannot resume {journal.path}, since this differs: {'; '.join(unlike)}."
                " Say --force besides to begin again",
            )
        journal.reset()
        resumed = None
    stack.enter_context(frozen())  # the sources are read by now
    if resumed is None:
        _plan(job, roster, journal, key, session)
    else:
        job.check_plan(journal.queries())
    _judge_rows(job, journal, session)
    return _collect_results(journal, session, roster)


def _plan(job: RosterJob, roster: Roster, journal: Journal, key: RunKey, session: Session) -> None:
    rows = plan(roster, journal)
    if not rows:
        raise InputError(f"{roster.file}: has a header but no rows")
    if job.max_rows is not None and rows > job.max_rows:
        message = f"the output can hold {job.max_rows:,} rows, the roster has {rows:,}; write CSV"
        raise UsageError(message)
    job.check_plan(journal.queries())
    journal.close_plan(
        key, roster.ref(), session.started_at.isoformat(), list(roster.reading.notes)
    )


def _judge_rows(job: RosterJob, journal: Journal, session: Session) -> None:
    work = PartitionJudge(Verifier(session.source_set, session.standard, session.as_of))
    if (job.jobs or 1) > 1 and not can_fork(session.source_set):
        live = [x.facts.name for x in session.source_set.sources if not x.facts.fork_safe]
        why = f"{', '.join(live)} cannot be shared" if live else "this system cannot fork safely"
        print_error(f"one process judges, whatever --jobs says: {why}")
    with (
        open_pool(work, job.jobs, journal.pending_rows) as pool,
        show_rows(quiet=job.quiet) as show,
    ):
        for progress in judge(journal, pool):
            show(Progress(progress.done, progress.rows, note=describe_outcomes(progress.outcomes)))


def _print_stopped(journal: Journal) -> None:
    if journal.key is None:
        print_error("stopped before anything was judged")
        return
    rows, left = journal.rows, journal.pending_rows
    print_error(
        f"stopped: {rows - left:,} of {pluralize(rows, 'row')} judged, {left:,} not; the verdicts are"
        f" in {journal.path}. Go on with the same command and --resume"
    )


def _collect_results(journal: Journal, session: Session, roster: Roster) -> Run:
    counts = journal.counts()
    header = msgspec.structs.replace(
        session.header(),
        started_at=dt.datetime.fromisoformat(journal.started_at),
        roster=journal.roster,
        rows=journal.rows,
        outcomes=counts.outcomes,
        readings=list_readings(session.source_set.sources),
    )
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
        read = job.table.reading("file" if job.saved else "options")
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


def _open_journal(job: RosterJob) -> tuple[Journal, RunKey | None]:
    """Return the journal, and what it rests on if it is to be resumed."""
    if not job.journal.exists():
        if job.resume and not job.quiet:
            print_error(f"there is no {job.journal} to resume; this run begins at the first row")
        return Journal.create(job.journal), None
    if not job.resume and job.force:
        return _start_over(job.journal), None
    try:
        journal = Journal.reopen(job.journal)
    except JournalError:
        if not job.force:
            raise
        return _start_over(job.journal), None  # it is of another version, or damaged
    if journal.key is None or (not job.resume and not journal.pending_rows):
        journal.close()
        return _start_over(job.journal), None
    if job.resume:
        return journal, journal.key
    done, rows = journal.rows - journal.pending_rows, journal.rows
    journal.close()
    raise UsageError(
        f"{job.journal} holds an unfinished run ({done:,} of {rows:,} rows judged): say --resume to"
        " go on with it, or --force to begin again",
    )


def _start_over(path: Path) -> Journal:
    discard(path)
    return Journal.create(path)


@contextmanager
def _lock(journal: Path) -> Iterator[None]:
    """Hold the journal for this process. The lock of a process that died is free again."""
    name = hashlib.sha256(str(journal.resolve()).encode()).hexdigest()[:32]
    holder = state_folder() / "locks" / f"{name}.pid"
    lock = FileLock(holder.with_suffix(".lock"), timeout=0)
    try:
        for folder in (journal.parent, holder.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
        holder.write_text(str(os.getpid()), encoding="ascii")
    except Timeout as error:
        pid = holder.read_text(encoding="ascii") if holder.exists() else "?"
        message = f"the journal {journal} is locked by pid {pid}: another run is at work on it"
        raise UsageError(message) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"the journal {journal}: {reason}") from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
