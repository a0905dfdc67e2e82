"""Programs: the rows about one program on one day, and what stands against each.

Two rows of one number for two periods are its history. Two for one day must agree.

Sources: ACGME glossary (status words); ACGME, View Accreditation History (periods).
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from credcheck.evidence.doubt import Doubt, contradiction, not_understood
from credcheck.evidence.names import names_agree
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import (
    Fellowship,
    FellowshipEvidence,
    Outcome,
    Program,
    ProgramEvidence,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.understanding import (
    Understood,
    is_cut_number,
    program_key,
    understand_accreditors,
    understand_program_number,
    understand_specialty,
    understand_word,
)
from credcheck.reference.vocabulary import normalize_phrase

_ASK = "Look up the program and its history in the ACGME's public program search (ADS)."


def read_status(record: Program) -> Understood[str]:
    """Understand a program's accreditation status."""
    return understand_word("accreditation", record.status)


def read_accreditors(record: Program) -> Understood[frozenset[str]]:
    """Understand who accredits a program. Nobody at all is an empty set."""
    return understand_accreditors(record.accreditor)


def find_rows(
    rows: Sequence[ProgramEvidence], fellowship: Fellowship, *, is_list_whole: bool
) -> tuple[ProgramEvidence, ...]:
    """Return the rows of the program that a fellowship names, by its number alone where it has one.

    A name counts only where one program alone bears it, in a list without rows that cannot be read:
    one of these might bear it, too.
    """
    if fellowship.program_code:
        key = program_key(fellowship.program_code)
        return tuple(
            x for x in rows if key and x.record and program_key(x.record.program_code) == key
        )
    name = normalize_phrase(fellowship.program_name)
    named = tuple(x for x in rows if x.record and normalize_phrase(x.record.name) == name)
    numbers = {program_key(x.record.program_code) for x in named if x.record}
    return named if len(numbers) == 1 and is_list_whole else ()


def find_misnumbered(
    rows: Sequence[ProgramEvidence], fellowship: Fellowship
) -> ProgramEvidence | None:
    """Return a row that may be the program whose number no row has, or None.

    It may be if its own number is damaged and what is left of it is part of the wanted one, or if it
    bears the name that stands beside the number.
    """
    wanted = understand_program_number(fellowship.program_code).value or ""
    name = normalize_phrase(fellowship.program_name)
    for row in rows:
        if row.record is None:
            continue
        number = row.record.program_code
        if name and normalize_phrase(row.record.name) == name:
            return row
        if is_cut_number(number, wanted):
            return row
    return None


def name_conflicts(
    rows: Sequence[ProgramEvidence], found: Sequence[ProgramEvidence], fellowship: Fellowship
) -> tuple[ProgramEvidence, ...]:
    """Return the rows that show that a fellowship's name is not that of its number, if any do.

    It is not if it is the name of another listed program, or shares no telling word with its own.
    """
    name, ours = fellowship.program_name, [x.record for x in found if x.record]
    if not name or not ours or not fellowship.program_code:
        return ()
    wanted = normalize_phrase(name)
    if any(normalize_phrase(text) == wanted for each in ours for text in (each.name, each.sponsor)):
        return ()
    named = tuple(
        x for x in rows if x.record and x not in found and normalize_phrase(x.record.name) == wanted
    )
    if named:
        return named
    agree = any(names_agree(name, f"{each.name} {each.sponsor}") for each in ours)
    return () if agree else tuple(found)


def find_program_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each program row."""
    items = [item for item in screen.records(ProgramEvidence) if item.record is not None]
    for item in items:
        assert item.record is not None  # noqa: S101 - those without were left out
        yield from _own_doubts(item, item.record)
        yield from _outlives_itself(screen, item, item.record, items)
        for other in items:
            if other is not item and other.record is not None:
                yield from _mutual_doubts(item, item.record, other, other.record)
                yield from _doubt_other_ending(screen, item, item.record, other, other.record)


def _own_doubts(item: ProgramEvidence, record: Program) -> Iterator[Doubt]:
    status = read_status(record)
    if status.value is None:
        yield not_understood(item, "status", record.status, _ASK, status.hint)
    specialty = understand_specialty(record.specialty)
    if specialty.value is None:
        yield not_understood(item, "specialty", record.specialty, _ASK, specialty.hint)
    accreditors = read_accreditors(record)
    if accreditors.value is None:
        ask = f"Find out who accredits it. {_ASK}"
        yield not_understood(item, "accreditor", record.accreditor, ask, accreditors.hint)
    first, last = record.accredited_from, record.accredited_to
    if first is not None and last is not None and first.not_after(last) is False:
        said = f"accredited from {first} to {last}, so it ends before it begins"
        yield contradiction(item, (), said, _ASK)


def _outlives_itself(
    screen: EvidenceScreen, item: ProgramEvidence, record: Program, items: Sequence[ProgramEvidence]
) -> Iterator[Doubt]:
    """Yield a doubt where a program is said to be accredited after its own end, and no row follows.

    A day that the period covers is not in doubt: status and period agree on it.
    """
    day, end = screen.sources.day_of(item.source), record.accredited_to
    if day is None or end is None or end.before(day) is not True:
        return
    key = program_key(record.program_code)
    follows = any(
        other.record.accredited_from is not None
        and other.record.accredited_from.not_after(end) is False
        for other in items
        if other.record is not None and program_key(other.record.program_code) == key
    )
    if read_status(record).value == "accredited" and not follows:
        said = f"status {record.status!r} on {day}, after it ended on {end}"
        yield replace(contradiction(item, (), said, _ASK), spares=Outcome.MET)


def _mutual_doubts(
    item: ProgramEvidence, record: Program, other: ProgramEvidence, there: Program
) -> Iterator[Doubt]:
    """Yield a doubt where two rows about one program and one time differ in what decides."""
    if program_key(record.program_code) != program_key(there.program_code):
        return
    if _are_apart(record, there):
        return
    for what, one, two in (
        ("status", read_status(record), read_status(there)),
        ("accreditor", read_accreditors(record), read_accreditors(there)),
        (
            "specialty",
            understand_specialty(record.specialty),
            understand_specialty(there.specialty),
        ),
    ):
        if two.is_unclear or _contradict(one.value, two.value):
            said = f"{what} {one.text!r} and {two.text!r} for the same program at the same time"
            yield contradiction(item, (other,), said, _ASK)


def _doubt_other_ending(
    screen: EvidenceScreen,
    item: ProgramEvidence,
    record: Program,
    other: ProgramEvidence,
    there: Program,
) -> Iterator[Doubt]:
    """Yield a doubt where another row says that the program had ended when a fellowship did.

    It says so with a withdrawal, or with an end to the very period that this row lets go on. Both
    agree on a day up to that end.
    """
    key, end = program_key(record.program_code), there.accredited_to
    if key != program_key(there.program_code) or _are_apart(record, there):
        return
    begun = record.accredited_from
    same_period = end is not None and begun is not None and begun == there.accredited_from
    if read_status(there).value != "withdrawn" and not same_period:
        return
    last = record.accredited_to
    if end is not None and last is not None and last.not_after(end) is True:
        return
    for day in _completion_days(screen, key, record.name):
        if end is None or day.not_after(end) is not True:
            until = f"it ended on {end}" if end is not None else f"status {there.status!r}"
            said = f"one says that it was accredited on {day}, the other: {until}"
            yield contradiction(item, (other,), said, _ASK)
            return


def _completion_days(screen: EvidenceScreen, key: str, name: str) -> Iterator[PartialDate]:
    """Yield the days on which this person's fellowships in a program ended."""
    for item in screen.records(FellowshipEvidence):
        record = item.record
        if record is None or record.end_date is None:
            continue
        by_number = program_key(record.program_code) if record.program_code else ""
        by_name = normalize_phrase(record.program_name) == normalize_phrase(name)
        if by_number == key if record.program_code else by_name:
            yield record.end_date


def _contradict(one: object, two: object) -> bool:
    """Tell whether two meanings differ in what decides: a withdrawal only ends what was accredited."""
    return one is not None and two is not None and one != two and "withdrawn" not in {one, two}


def _are_apart(one: Program, other: Program) -> bool:
    """Tell whether the periods of two rows show that one came after the other."""
    for first, second in ((one, other), (other, one)):
        end, begin = first.accredited_to, second.accredited_from
        if end is not None and begin is not None and begin.not_after(end) is not True:
            return True
    return False
