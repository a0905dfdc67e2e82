"""Whether a fellowship's program was accredited, in the specialty, on the completion date."""

from typing import NamedTuple

from credcheck.model import (
    EvidenceKind,
    Fellowship,
    FellowshipEvidence,
    Model,
    Program,
    ProgramEvidence,
    ReasonCode,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.vocabulary import look_up_word, normalize_phrase
from credcheck.rules.context import RuleContext, explain_doubt, record_location
from credcheck.rules.result import Check, all_checks, finding_if_any, met, not_met, unverified

_ASK = "Look the program up in the ACGME's public program search (ADS), with its history."
_ACGME_NUMBER = 10  # digits; the first three are the specialty


class ProgramWanted(Model, kw_only=True):
    """What the standard wants of a program."""

    specialty: str
    accreditors: tuple[str, ...]
    program_codes: tuple[str, ...]


def weigh_program(
    case: RuleContext, item: FellowshipEvidence, record: Fellowship, wanted: ProgramWanted
) -> Check:
    """Weigh the program that a fellowship names. Several rows may tell of one program."""
    rows = _rows_of(case, record)
    weighed = [_row(_Pair(item, record, row, row.record), wanted) for row in rows if row.record]
    gaps = [explain_doubt(row) for row in case.doubtful(ProgramEvidence)]
    gaps += case.check_sources(EvidenceKind.PROGRAM)
    if not weighed:
        gaps += _unknown(case, item, record)
    judged = finding_if_any([*weighed, *gaps])
    return Check(
        outcome=judged.outcome,
        reasons=judged.reasons,
        evidence=(item.id, *(x for x in judged.evidence if x != item.id)),
        next_step=judged.next_step,
    )


def _rows_of(case: RuleContext, record: Fellowship) -> tuple[ProgramEvidence, ...]:
    rows = case.usable(ProgramEvidence)
    if record.program_code:
        code = normalize_phrase(record.program_code)
        return tuple(
            x for x in rows if x.record and normalize_phrase(x.record.program_code) == code
        )
    name = normalize_phrase(record.program_name)
    named = tuple(x for x in rows if x.record and normalize_phrase(x.record.name) == name)
    one = len({normalize_phrase(x.record.program_code) for x in named if x.record}) == 1
    whole = not any(source.rejected for source in case.sources(EvidenceKind.PROGRAM))
    return named if one and whole else ()


def _unknown(case: RuleContext, item: FellowshipEvidence, record: Fellowship) -> list[Check]:
    if not record.program_code:
        message = (
            f"{record_location(item)} names the program {record.program_name!r} without its number,"
            " and it is not certain that exactly one program bears that name"
        )
        ask = f"Ask for the program number. {_ASK}"
        return [unverified(ReasonCode.PROGRAM_UNKNOWN, message, item.id, ask=ask)]
    message = f"{record_location(item)}: program {record.program_code} is not in the program list"
    absence = case.check_absence(EvidenceKind.PROGRAM, "training programs", _ASK)
    if any(each.reasons[0].code is ReasonCode.NO_SOURCE for each in absence):
        return list(absence)
    if case.is_complete(EvidenceKind.PROGRAM):
        return [not_met(ReasonCode.PROGRAM_UNKNOWN, f"{message}, which is complete", item.id)]
    return [unverified(ReasonCode.PROGRAM_UNKNOWN, message, item.id, ask=_ASK)] if absence else []


class _Pair(NamedTuple):
    """A fellowship and a row of the program that it names."""

    item: FellowshipEvidence
    fellowship: Fellowship
    row: ProgramEvidence
    program: Program


def _row(pair: _Pair, wanted: ProgramWanted) -> Check:
    program = pair.program
    parts = [_specialty(pair, wanted)]
    if program.accreditor in wanted.accreditors:
        parts.append(weigh_accreditation(pair.row, program, pair.fellowship.end_date))
    else:
        by = program.accreditor or "nobody that is named"
        message = f"program {program.program_code} is accredited by {by}, not by"
        message += f" {' or '.join(wanted.accreditors)}"
        parts.append(not_met(ReasonCode.ACCREDITATION_NOT_RECOGNIZED, message, pair.row.id))
    return all_checks(parts)


def _specialty(pair: _Pair, wanted: ProgramWanted) -> Check:
    """Weigh the specialty: the program's word, its number and the fellowship's word must agree."""
    program, said = pair.program, pair.fellowship.specialty
    agree = [look_up_word("specialty", program.specialty) == wanted.specialty]
    if said:
        agree.append(look_up_word("specialty", said) == wanted.specialty)
    if len(program.program_code) == _ACGME_NUMBER and program.program_code.isdigit():
        agree.append(program.program_code[:3] in wanted.program_codes)
    named = f"program {program.program_code} {program.specialty!r}"
    named += f", fellowship {said!r}" if said else ""
    if all(agree):
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, named, pair.row.id)
    ids = (pair.item.id, pair.row.id)
    if any(agree):
        message = f"{record_location(pair.item)}: {named}: the specialties contradict each other"
        return unverified(ReasonCode.CONTRADICTION, message, *ids, ask=_ASK)
    message = f"{record_location(pair.item)}: {named}: another specialty"
    return not_met(ReasonCode.FELLOWSHIP_WRONG_SPECIALTY, message, *ids)


_ASK_STATUS = (
    "Ask the ACGME (ADS, View Accreditation History) for the program's status on that day."
)


def weigh_accreditation(row: ProgramEvidence, program: Program, end: PartialDate | None) -> Check:
    """Weigh a program's status and dates against the day a fellowship ended.

    Initial, Continued (also with Warning) and Probationary Accreditation count. Withheld,
    Pre-Accreditation and Contingent do not. A withdrawn program counts for training that ended by
    the withdrawal. Source: ACGME glossary; credcheck's table of status words.
    """
    what = f"program {program.program_code} ({program.status})"
    status = look_up_word("accreditation", program.status)
    if status == "not_accredited":
        return not_met(ReasonCode.PROGRAM_NOT_ACCREDITED, f"{what} is not accredited", row.id)
    if status is None:
        message = f"{what}: credcheck does not know this status"
        return unverified(ReasonCode.RECORD_UNREADABLE, message, row.id, ask=_ASK_STATUS)
    if end is None:
        message = f"{what}: the completion date is not known"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK_STATUS)
    return _on_the_day(row, program, end, what, withdrawn=status == "withdrawn")


def _on_the_day(
    row: ProgramEvidence, program: Program, end: PartialDate, what: str, *, withdrawn: bool
) -> Check:
    first, last = program.accredited_from, program.accredited_to
    begun = first.not_after(end) if first else None
    lasted = end.not_after(last) if last else (None if withdrawn else True)
    period = f"{first or '?'} to {last or ('?' if withdrawn else 'now')}"
    if begun is False or lasted is False:
        message = f"{what} was accredited {period}, which does not cover {end}"
        return not_met(ReasonCode.PROGRAM_NOT_ACCREDITED, message, row.id)
    if begun is None or lasted is None:
        message = f"{what} was accredited {period}: whether that covers {end} is not said"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK_STATUS)
    return met(ReasonCode.FELLOWSHIP_ACCREDITED, f"{what} was accredited on {end}", row.id)
