"""Whether a fellowship's programme was accredited, in the specialty, on the completion date."""

from typing import NamedTuple

from credcheck.model import (
    Code,
    Fellowship,
    FellowshipEvidence,
    Kind,
    Model,
    Program,
    ProgramEvidence,
)
from credcheck.reference.phrases import meaning, phrase
from credcheck.rules.accreditation import weigh_accreditation
from credcheck.rules.context import Case, doubt, place_of
from credcheck.rules.result import Weighed, judged_by_any, met, not_met, together, unverified

_ASK = "Look the programme up in the ACGME's public programme search (ADS), with its history."
_ACGME_NUMBER = 10  # digits; the first three are the specialty


class ProgramWanted(Model, kw_only=True):
    """What the standard wants of a programme."""

    specialty: str
    accreditors: tuple[str, ...]
    program_codes: tuple[str, ...]


def weigh_program(
    case: Case, item: FellowshipEvidence, record: Fellowship, wanted: ProgramWanted
) -> Weighed:
    """Weigh the programme that a fellowship names. Several rows may tell of one programme."""
    rows = _rows_of(case, record)
    weighed = [_row(_Pair(item, record, row, row.record), wanted) for row in rows if row.record]
    gaps = [doubt(row) for row in case.doubtful(ProgramEvidence)]
    gaps += case.source_gaps(Kind.PROGRAM)
    if not weighed:
        gaps += _unknown(case, item, record)
    judged = judged_by_any([*weighed, *gaps])
    return Weighed(
        outcome=judged.outcome,
        reasons=judged.reasons,
        evidence=(item.id, *(x for x in judged.evidence if x != item.id)),
        next_step=judged.next_step,
    )


def _rows_of(case: Case, record: Fellowship) -> tuple[ProgramEvidence, ...]:
    rows = case.usable(ProgramEvidence)
    if record.program_code:
        code = phrase(record.program_code)
        return tuple(x for x in rows if x.record and phrase(x.record.program_code) == code)
    name = phrase(record.program_name)
    named = tuple(x for x in rows if x.record and phrase(x.record.name) == name)
    one = len({phrase(x.record.program_code) for x in named if x.record}) == 1
    whole = not any(source.rejected for source in case.sources(Kind.PROGRAM))
    return named if one and whole else ()


def _unknown(case: Case, item: FellowshipEvidence, record: Fellowship) -> list[Weighed]:
    if not record.program_code:
        message = (
            f"{place_of(item)} names the programme {record.program_name!r} without its number,"
            " and it is not certain that exactly one programme bears that name"
        )
        ask = f"Ask for the programme number. {_ASK}"
        return [unverified(Code.PROGRAM_UNKNOWN, message, item.id, ask=ask)]
    message = f"{place_of(item)}: programme {record.program_code} is not in the programme list"
    absence = case.absence(Kind.PROGRAM, "training programmes", _ASK)
    if any(each.reasons[0].code is Code.NO_SOURCE for each in absence):
        return list(absence)
    if case.is_complete(Kind.PROGRAM):
        return [not_met(Code.PROGRAM_UNKNOWN, f"{message}, which is complete", item.id)]
    return [unverified(Code.PROGRAM_UNKNOWN, message, item.id, ask=_ASK)] if absence else []


class _Pair(NamedTuple):
    """A fellowship and a row of the programme that it names."""

    item: FellowshipEvidence
    fellowship: Fellowship
    row: ProgramEvidence
    program: Program


def _row(pair: _Pair, wanted: ProgramWanted) -> Weighed:
    program = pair.program
    parts = [_specialty(pair, wanted)]
    if program.accreditor in wanted.accreditors:
        parts.append(weigh_accreditation(pair.row, program, pair.fellowship.end_date))
    else:
        by = program.accreditor or "nobody that is named"
        message = f"programme {program.program_code} is accredited by {by}, not by"
        message += f" {' or '.join(wanted.accreditors)}"
        parts.append(not_met(Code.ACCREDITATION_NOT_RECOGNIZED, message, pair.row.id))
    return together(parts)


def _specialty(pair: _Pair, wanted: ProgramWanted) -> Weighed:
    """Weigh the specialty: the programme's word, its number and the fellowship's word must agree."""
    program, said = pair.program, pair.fellowship.specialty
    agree = [meaning("specialty", program.specialty) == wanted.specialty]
    if said:
        agree.append(meaning("specialty", said) == wanted.specialty)
    if len(program.program_code) == _ACGME_NUMBER and program.program_code.isdigit():
        agree.append(program.program_code[:3] in wanted.program_codes)
    named = f"programme {program.program_code} {program.specialty!r}"
    named += f", fellowship {said!r}" if said else ""
    if all(agree):
        return met(Code.FELLOWSHIP_ACCREDITED, named, pair.row.id)
    ids = (pair.item.id, pair.row.id)
    if any(agree):
        message = f"{place_of(pair.item)}: {named}: the specialties contradict each other"
        return unverified(Code.CONTRADICTION, message, *ids, ask=_ASK)
    message = f"{place_of(pair.item)}: {named}: another specialty"
    return not_met(Code.FELLOWSHIP_WRONG_SPECIALTY, message, *ids)
