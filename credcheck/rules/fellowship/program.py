"""Whether a fellowship's program was accredited, in the specialty, on the completion date."""

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from credcheck.evidence.programs import (
    find_misnumbered,
    find_rows,
    name_conflicts,
    read_accreditors,
)
from credcheck.model import (
    EvidenceKind,
    Fellowship,
    FellowshipEvidence,
    Model,
    Outcome,
    Program,
    ProgramEvidence,
    Reason,
    ReasonCode,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.accreditors import OLDER_PAIN_CODES, OLDER_PAIN_CODES_UNTIL
from credcheck.reference.understanding import understand_program_number, understand_specialty
from credcheck.rules.context import RuleContext, join_names, record_location
from credcheck.rules.fellowship.accreditation import check_accreditation
from credcheck.rules.result import Check, all_checks, any_check, met, not_met, unverified

_ASK = "Look up the program and its history in the ACGME's public program search (ADS)."
_ASK_NUMBER = f"Ask the program for its ACGME number. {_ASK}"
_CODE_LENGTH = 3


class ProgramWanted(Model, kw_only=True):
    """What the standard wants of a program (FellowshipParameters says what each means)."""

    specialty: str
    accreditors: tuple[str, ...]
    accreditors_until: dict[str, dt.date]
    program_codes: tuple[str, ...]


def check_program(
    context: RuleContext, item: FellowshipEvidence, record: Fellowship, wanted: ProgramWanted
) -> Check:
    """Check the program that a fellowship names. Several rows may tell of one program."""
    rows = find_rows(context.usable(ProgramEvidence), record, is_list_whole=_is_whole(context))
    checks = [
        _check_row(item, record, row, row.record, wanted) for row in rows if row.record is not None
    ]
    gaps = [context.explain_doubt(row) for row in context.unsure(ProgramEvidence)]
    gaps += context.check_sources(EvidenceKind.PROGRAM)
    if not checks:
        gaps += _check_unlisted(context, item, record)
    found = any_check([*checks, *gaps])
    conflicts = name_conflicts(context.records(ProgramEvidence), rows, record)
    if not conflicts or found.outcome is Outcome.UNVERIFIED:
        return found
    return all_checks([_check_name(item, record, rows, conflicts), found])


def _is_whole(context: RuleContext) -> bool:
    return not any(source.rejected for source in context.sources.of(EvidenceKind.PROGRAM))


def _check_name(
    item: FellowshipEvidence,
    record: Fellowship,
    rows: Sequence[ProgramEvidence],
    others: Sequence[ProgramEvidence],
) -> Check:
    listed = " and ".join(dict.fromkeys(row.record.name for row in rows if row.record))
    message = (
        f"{record_location(item)}: number {record.program_code} belongs to {listed!r}, but the"
        " row names"
        f" {record.program_name!r}"
    )
    if others != rows:
        elsewhere = {row.record.program_code for row in others if row.record}
        message += f", which is {' and '.join(sorted(elsewhere))}"
    ids = (item.id, *(row.id for row in rows), *(row.id for row in others if row not in rows))
    ask = f"Ask the program which of the two is right. {_ASK}"
    return unverified(ReasonCode.CONTRADICTION, message, *ids, ask=ask)


def _check_unlisted(
    context: RuleContext, item: FellowshipEvidence, record: Fellowship
) -> list[Check]:
    """Check a program that no row tells of: a well-formed number is absent, another is not read."""
    where = record_location(item)
    if not record.program_code:
        message = (
            f"{where} names the program {record.program_name!r} without its number, and more"
            " than one program may have that name"
        )
        return [unverified(ReasonCode.PROGRAM_UNKNOWN, message, item.id, ask=_ASK_NUMBER)]
    if understand_program_number(record.program_code).value is None:
        message = f"{where}: the program number {record.program_code!r} is not recognized"
        return [unverified(ReasonCode.NOT_UNDERSTOOD, message, item.id, ask=_ASK_NUMBER)]
    if _is_older_code(record):
        return [_check_older(item, record)]
    misnumbered = find_misnumbered(context.records(ProgramEvidence), record)
    if misnumbered is not None:
        return [_check_misnumbered(item, record, misnumbered)]
    message = f"{where}: program {record.program_code} is not in the list of programs"
    whole = context.sources.whole(EvidenceKind.PROGRAM)
    if whole:
        said = f"{message} ({join_names(whole)} is declared complete)"
        fields = ("program_code",)
        return [not_met(ReasonCode.PROGRAM_UNKNOWN, said, item.id, fields=fields, ask=_ASK_NUMBER)]
    absence = context.check_absence(EvidenceKind.PROGRAM, f"program {record.program_code}", _ASK)
    if absence and absence[0].reasons[0].code is ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE:
        return [unverified(ReasonCode.PROGRAM_UNKNOWN, message, item.id, ask=_ASK)]
    return absence


def _check_misnumbered(item: FellowshipEvidence, record: Fellowship, row: ProgramEvidence) -> Check:
    listed = row.record
    assert listed is not None  # noqa: S101 - a row without a record is not found
    message = (
        f"{record_location(item)}: program {record.program_code} is not in the list of programs, but"
        f" {record_location(row)} may be the one: {listed.program_code} {listed.name!r}"
    )
    code, ask = ReasonCode.CONTRADICTION, f"Ask the program which number is right. {_ASK}"
    return unverified(code, message, item.id, row.id, ask=ask)


def _is_older_code(record: Fellowship) -> bool:
    """Tell whether a number begins as those of pain programs did before 2008."""
    number, end = understand_program_number(record.program_code).value, record.end_date
    older = number is not None and number.startswith(OLDER_PAIN_CODES)
    return older and end is not None and end.earliest.year <= OLDER_PAIN_CODES_UNTIL


def _check_older(item: FellowshipEvidence, record: Fellowship) -> Check:
    message = (
        f"{record_location(item)}: program {record.program_code} has a code that some pain programs"
        f" used before {OLDER_PAIN_CODES_UNTIL + 1}, under their base specialty"
    )
    return unverified(ReasonCode.PROGRAM_UNKNOWN, message, item.id, ask=_ASK)


def _check_row(
    item: FellowshipEvidence,
    record: Fellowship,
    row: ProgramEvidence,
    program: Program,
    wanted: ProgramWanted,
) -> Check:
    checked = all_checks(
        [
            _check_specialty(item, record, row, program, wanted),
            _check_accreditor(row, program, record.end_date, wanted),
            check_accreditation(row, program, record.end_date),
        ]
    )
    if checked.outcome is not Outcome.MET:
        return checked
    by = read_accreditors(program).value or frozenset()
    named = by & {*wanted.accreditors, *wanted.accreditors_until}
    message = (
        f"program {program.program_code}, accredited by {' and '.join(sorted(named))} on that day"
    )
    code = ReasonCode.FELLOWSHIP_ACCREDITED
    return replace(checked, reasons=(Reason(code=code, message=message, about=(row.id,)),))


def _check_specialty(
    item: FellowshipEvidence,
    record: Fellowship,
    row: ProgramEvidence,
    program: Program,
    wanted: ProgramWanted,
) -> Check:
    """Check the specialty: the program's word, its number and the fellowship's word must agree."""
    number = understand_program_number(program.program_code).value
    meant = [understand_specialty(text).value for text in (program.specialty, record.specialty)]
    agree = [each == wanted.specialty for each in meant if each is not None]
    if number is not None and wanted.program_codes:
        agree.append(number[:_CODE_LENGTH] in wanted.program_codes)
    said = f", fellowship {record.specialty!r}" if record.specialty else ""
    named = f"program {program.program_code} {program.specialty!r}{said}"
    ids, where = (item.id, row.id), record_location(item)
    if all(agree):
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, named, *ids, fields=("specialty",))
    if not any(agree):
        message = f"{where}: {named}: another specialty"
        code = ReasonCode.FELLOWSHIP_WRONG_SPECIALTY
        return not_met(code, message, *ids, fields=("specialty",), ask=_ASK)
    if _is_older_code(record):
        return _check_older(item, record)
    message = f"{where}: {named}: the specialties contradict each other"
    return unverified(ReasonCode.CONTRADICTION, message, *ids, ask=_ASK)


def _check_accreditor(
    row: ProgramEvidence, program: Program, end: PartialDate | None, wanted: ProgramWanted
) -> Check:
    """Check who accredits: one whom the standard names, or names for training up to a day."""
    by = read_accreditors(program).value
    what, fields = f"program {program.program_code}", ("accreditor",)
    if by is None or by & set(wanted.accreditors):
        message = (
            f"{what} is accredited by {program.accreditor or 'an accreditor that is not named'}"
        )
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, message, row.id, fields=fields)
    for name in sorted(by & set(wanted.accreditors_until)):
        last = wanted.accreditors_until[name]
        ended = end.after(last) if end is not None else None
        message = (
            f"{what} is accredited by {name}, which counts only for training that ended by {last}"
        )
        if ended is None:
            code = ReasonCode.FELLOWSHIP_DATES_UNKNOWN
            return unverified(
                code,
                f"{message}; this training ended {end or 'on an unknown date'}",
                row.id,
                ask=_ASK,
            )
        if not ended:
            return met(ReasonCode.FELLOWSHIP_ACCREDITED, message, row.id, fields=fields)
    named = " or ".join(wanted.accreditors)
    message = f"{what} is accredited by {program.accreditor}, not by {named}"
    if not by:
        message = f"{what} has no accreditor: the list says {program.accreditor!r}"
    code = ReasonCode.ACCREDITATION_NOT_RECOGNIZED
    return not_met(code, message, row.id, fields=fields, ask=_ASK)
