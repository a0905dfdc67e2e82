"""Fellowships: what each row says, and what stands against it.

Rows are about one fellowship where the program is the same by number or by name, and their dates do not
show two: who withdrew and later completed did both.

Sources: FSMB AccreditedTraining (trainingStatus; an end date may be planned); AMA profile
(confirmationStatus); ACGME glossary.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from credcheck.evidence.doubt import Doubt, contradiction, impossible, not_understood
from credcheck.evidence.names import names_agree
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import Decision, Fellowship, FellowshipEvidence
from credcheck.reference.understanding import (
    Understood,
    understand_program_number,
    understand_specialty,
    understand_word,
)

_ASK = "Ask the program for a letter that confirms completion and both dates."
_ASK_WHICH = "Ask the program which of the two rows is right."
_LONGEST = 4 * 366  # days: no fellowship runs longer, part time and leave included
_A_DAY = dt.timedelta(days=1)


class FellowshipReading(NamedTuple):
    """A fellowship's words, as far as they are understood."""

    number: Understood[str]
    specialty: Understood[str]
    status: Understood[str]


def read_fellowship(record: Fellowship) -> FellowshipReading:
    """Understand the words of a fellowship."""
    return FellowshipReading(
        understand_program_number(record.program_code),
        understand_specialty(record.specialty),
        understand_word("fellowship", record.status),
    )


def confirmed_on(screen: EvidenceScreen, item: FellowshipEvidence) -> dt.date | None:
    """Return the day on which a row was confirmed: its verification, else the list's own day."""
    record = item.record
    if record is not None and record.verified_on is not None:
        return record.verified_on.earliest
    return screen.sources.day_of(item.source)


def find_fellowship_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each fellowship."""
    items = screen.records(FellowshipEvidence)
    for item in items:
        if item.record is not None:
            yield from _unclear_words(item, item.record)
            yield from _impossible_dates(screen, item, item.record)
    yield from _mutual_doubts(screen, items)


def _unclear_words(item: FellowshipEvidence, record: Fellowship) -> Iterator[Doubt]:
    reading = read_fellowship(record)
    if reading.status.is_unclear:
        ask = f"Ask the program what the status {record.status!r} means. {_ASK}"
        yield not_understood(item, "status", record.status, ask, reading.status.hint)
    if reading.specialty.is_unclear:
        ask = f"Ask the program what the specialty {record.specialty!r} means."
        yield not_understood(item, "specialty", record.specialty, ask, reading.specialty.hint)


def _impossible_dates(
    screen: EvidenceScreen, item: FellowshipEvidence, record: Fellowship
) -> Iterator[Doubt]:
    start, end, verified = record.start_date, record.end_date, record.verified_on
    listed = screen.sources.day_of(item.source)
    if start is not None and end is not None:
        if start.not_after(end) is False:
            yield contradiction(item, (), f"the end {end} is before the start {start}", _ASK)
        elif (end.earliest - start.latest).days > _LONGEST:
            said = f"{start} to {end} is longer than any fellowship"
            yield impossible(item, said, _ASK, "start_date", "end_date")
    if verified is not None and listed is not None and verified.after(listed + _A_DAY) is True:
        said = f"verified {verified}, after the list's own date ({listed})"
        yield impossible(item, said, _ASK)
    yield from _doubt_early_completion(screen, item, record)


def _doubt_early_completion(
    screen: EvidenceScreen, item: FellowshipEvidence, record: Fellowship
) -> Iterator[Doubt]:
    """Yield a doubt where a fellowship is said to be completed before it begins or ends."""
    end, day = record.end_date, confirmed_on(screen, item)
    if day is None or read_fellowship(record).status.value != "completed":
        return
    if end is not None and end.after(screen.as_of) is True:
        return  # whatever the status says, it has not ended by the as-of date
    for what, date in (("begins", record.start_date), ("ends", end)):
        if date is not None and date.after(day + _A_DAY) is True:
            said = f"status {record.status!r} on {day}, but it {what} only on {date}"
            yield contradiction(item, (), said, _ASK)
            return


def _mutual_doubts(screen: EvidenceScreen, items: Sequence[FellowshipEvidence]) -> Iterator[Doubt]:
    """Yield the contradictions between rows about one fellowship."""
    for done in items:
        record = done.record
        if record is None or not _says_done(record):
            continue
        for other in items:
            if other is done or not _speaks_against(screen, other, record):
                continue
            said = _describe_conflict(record, other)
            yield contradiction(done, (other,), said, _ASK_WHICH)
            if screen.can_prove(done) and other.record is not None:
                yield contradiction(other, (done,), said, _ASK_WHICH)


def _says_done(record: Fellowship) -> bool:
    status = read_fellowship(record).status
    return status.value in {"completed", "confirmed"} or not record.status


def _speaks_against(screen: EvidenceScreen, other: FellowshipEvidence, done: Fellowship) -> bool:
    """Tell whether a row says that a fellowship which another says is done was not, or not yet."""
    record = other.record
    if record is None:
        return other.match.decision is not Decision.AMBIGUOUS
    if not _may_be_same(record, done):
        return False
    reading = read_fellowship(record)
    if reading.status.value == "not_completed":
        return True
    if _differ_in_specialty(record, done):
        return True
    if reading.status.is_unclear:
        return other.match.decision is not Decision.AMBIGUOUS
    day = confirmed_on(screen, other)
    under_way = reading.status.value == "in_progress"
    # Who is said to be under way before the end may have completed since.
    return under_way and (day is None or done.end_date is None or done.end_date.before(day) is True)


def _differ_in_specialty(one: Fellowship, other: Fellowship) -> bool:
    a, b = read_fellowship(one).specialty.value, read_fellowship(other).specialty.value
    return a is not None and b is not None and a != b


def _may_be_same(one: Fellowship, other: Fellowship) -> bool:
    """Tell whether two rows may be about one fellowship."""
    if _are_apart(one, other):
        return False
    a, b = read_fellowship(one).number, read_fellowship(other).number
    if a.value is not None and b.value is not None:
        return a.value == b.value
    if one.program_name and other.program_name:
        return names_agree(one.program_name, other.program_name)
    if one.program_code and other.program_code:
        return one.program_code.casefold() == other.program_code.casefold()
    return True  # one has only a number, the other only a name


def _are_apart(one: Fellowship, other: Fellowship) -> bool:
    """Tell whether the dates show two fellowships: one had ended before the other began."""
    for first, second in ((one, other), (other, one)):
        end, start = first.end_date, second.start_date
        if end is not None and start is not None and end.before(start.earliest) is True:
            return True
    return False


def _describe_conflict(done: Fellowship, other: FellowshipEvidence) -> str:
    status = f"status {done.status!r}" if done.status else "confirmed"
    if other.record is None:
        return f"{status}, but the other row cannot be read: {other.problem}"
    if _differ_in_specialty(done, other.record):
        return f"{done.specialty!r}, but the other row says {other.record.specialty!r}"
    return f"{status}, but the other row says {other.record.status!r}"
