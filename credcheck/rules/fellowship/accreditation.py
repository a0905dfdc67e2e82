"""Whether a program was accredited on the day when a fellowship ended."""

from credcheck.evidence.programs import read_status
from credcheck.model import Program, ProgramEvidence, ReasonCode
from credcheck.model.dates import PartialDate
from credcheck.rules.result import Check, met, not_met, unverified

_ASK = "Ask the ACGME (ADS, View Accreditation History) for the program's status on that day."
_FIELDS = ("status", "accredited_from", "accredited_to")


def check_accreditation(row: ProgramEvidence, program: Program, end: PartialDate | None) -> Check:
    """Check a program's status and dates against the day a fellowship ended.

    Initial, Continued (also with Warning) and Probationary Accreditation count. A withdrawn program
    counts for training that ended by the withdrawal. Withheld, Pre-Accreditation and Contingent do
    not count; where both ends of a period stand beside such a word, the period decides, and where
    it has only an end, it is ``unverified``.

    Sources: ACGME glossary (status words); ACGME, View Accreditation History.
    """
    what = f"program {program.program_code} ({program.status})"
    status = read_status(program).value
    first, last = program.accredited_from, program.accredited_to
    if status == "not_accredited" and not (first and last):
        return _check_negative(row, program, end, what)
    if end is None:
        message = f"{what}: the completion date is not known"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK)
    begun = first.not_after(end) if first else None
    lasted = end.not_after(last) if last else (None if status == "withdrawn" else True)
    period = f"{first or '?'} to {last or ('?' if status == 'withdrawn' else 'now')}"
    if begun is False or lasted is False:
        message = f"{what} was accredited {period}, which does not cover {end}"
        code = ReasonCode.PROGRAM_NOT_ACCREDITED
        return not_met(code, message, row.id, fields=_FIELDS, ask=_ASK)
    if begun is None or lasted is None:
        message = (
            f"{what} was accredited {period}; the dates are too vague to show whether that"
            f" covers {end}"
        )
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK)
    message = f"{what} was accredited on {end}"
    return met(ReasonCode.FELLOWSHIP_ACCREDITED, message, row.id, fields=_FIELDS)


def _check_negative(
    row: ProgramEvidence, program: Program, end: PartialDate | None, what: str
) -> Check:
    if program.accredited_to is not None:
        message = (
            f"{what} was accredited until {program.accredited_to}; the dates are too vague to"
            " show whether that covers"
        )
        message += f" {end or 'the end of the training'}"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK)
    message = f"{what} is not accredited"
    code = ReasonCode.PROGRAM_NOT_ACCREDITED
    return not_met(code, message, row.id, fields=_FIELDS, ask=_ASK)
