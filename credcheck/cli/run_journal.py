"""A run's journal from the command line: held, begun, gone on with, and let go."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from credcheck._util.errors import OutputError, UsageError
from credcheck._util.files import make_private_folder
from credcheck._util.locks import LockHeld, hold_lock
from credcheck._util.text import pluralize
from credcheck.cli.console import print_error
from credcheck.config import state_folder
from credcheck.runs.journal import Journal, JournalDamaged, NotAJournal
from credcheck.runs.journal_file import discard, set_aside


@contextmanager
def lock_journal(journal: Path) -> Iterator[None]:
    """Hold a journal for this process. Raises UsageError where another one does, or OutputError."""
    name = hashlib.sha256(str(journal.resolve()).encode()).hexdigest()[:32]
    holder = state_folder() / "locks" / f"{name}.pid"
    with ExitStack() as stack:
        try:
            for folder in (journal.parent, holder.parent):
                make_private_folder(folder)
            stack.enter_context(hold_lock(holder.with_suffix(".lock")))
            holder.write_text(str(os.getpid()), encoding="ascii")
        except LockHeld as error:
            message = f"the journal {journal} is locked by pid {_read_holder(holder)}"
            raise UsageError(f"{message}: another run is using it") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"the journal {journal}: {reason}") from error
        stack.callback(_forget_holder, holder)
        yield


def _forget_holder(holder: Path) -> None:
    with suppress(OSError):  # the number is for a message; what holds is the lock
        holder.unlink()


def _read_holder(holder: Path) -> str:
    try:
        return holder.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return "?"


def open_journal(path: Path, *, resume: bool, force: bool, quiet: bool) -> Journal:
    """Open the journal to go on with, or a new one.

    Raises UsageError where what is there may not be replaced, JournalError where it is damaged.
    """
    if not path.exists():
        if resume and not quiet:
            print_error(f"no {path} to resume; starting at the first row")
        return Journal.create(path)
    journal = _reopen(path, resume=resume, force=force)
    if journal is None:
        return _start_over(path, is_damaged=True)
    if force and not resume:
        journal.close()
        return _start_over(path)
    if journal.is_planned and resume:
        return journal
    with closing(journal):
        _check_replaceable(journal)
    if resume and not quiet:
        print_error(f"{path} is empty; starting at the first row")
    return _start_over(path)


def _check_replaceable(journal: Journal) -> None:
    """Check that nothing is lost with a journal: a finished run's results are elsewhere.

    Those of a share are nowhere else before the merge. Raises UsageError.
    """
    rows, left, key = journal.rows, journal.pending_rows, journal.key
    if journal.is_planned and left > 0:
        raise UsageError(
            f"{journal.path} holds an unfinished run ({rows - left:,} of {rows:,} rows checked);"
            " use --resume to continue it, or --force to start over",
        )
    if key is not None and key.shard is not None:
        raise UsageError(
            f"{journal.path} holds share {key.shard.shard} of a roster, for credcheck merge; use"
            " --resume to ask again where a source did not answer, or --force to start over",
        )


def _reopen(path: Path, *, resume: bool, force: bool) -> Journal | None:
    """Open a journal that is there; None where it is damaged and is to be replaced."""
    try:
        return Journal.reopen(path)
    except JournalDamaged:
        if not force:
            raise
        return None
    except NotAJournal as error:
        if _has_own_name(path):
            if force:
                return None
            raise NotAJournal(
                f"{error}; start over with --force, which keeps it under another name"
            ) from error
        message = f"{error}; it was left as it is. Name another file with --journal"
        raise (NotAJournal if resume and not force else UsageError)(message) from error


def _has_own_name(path: Path) -> bool:
    """Tell whether credcheck named a journal itself: nobody else's file is there."""
    own = path.name.startswith(".") and path.name.endswith(".journal")
    return own or path.parent == state_folder() / "journals"


def _start_over(path: Path, *, is_damaged: bool = False) -> Journal:
    """Begin a journal in the place of another one; a damaged one is kept under another name."""
    try:
        if is_damaged:
            print_error(f"the old journal was kept as {set_aside(path)}")
        else:
            discard(path)
    except OSError as error:
        raise OutputError(f"the journal {path} cannot be replaced: {error.strerror}") from error
    return Journal.create(path)


def release_journal(journal: Journal) -> None:
    """Close a journal; one that never got as far as a whole plan holds nothing, and goes."""
    if not journal.path.exists():
        return  # its results are written
    if journal.is_planned:
        journal.close()
    else:
        journal.remove()


def print_stopped(journal: Journal) -> None:
    """Tell how far a run has come that was stopped."""
    if not journal.is_planned:
        print_error("stopped before any row was checked")
        return
    rows, left = journal.rows, journal.pending_rows
    print_error(
        f"stopped: {rows - left:,} of {pluralize(rows, 'row')} checked, {left:,} not; the verdicts are"
        f" in {journal.path}. To continue, run the same command with --resume"
    )
