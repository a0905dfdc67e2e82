"""Whether a programme was accredited on a completion date."""

from credcheck.model import Code, Program, ProgramEvidence
from credcheck.model.dates import PartialDate
from credcheck.reference.phrases import meaning
from credcheck.rules.result import Weighed, met, not_met, unverified

_ASK = "Ask the ACGME (ADS, View Accreditation History) for the programme's status on that day."


def weigh_accreditation(row: ProgramEvidence, program: Program, end: PartialDate | None) -> Weighed:
    """Weigh a programme's status and dates against the day a fellowship ended.

    Initial, Continued (also with Warning) and Probationary Accreditation count. Withheld,
    Pre-Accreditation and Contingent do not. A withdrawn programme counts for training that ended by
    the withdrawal. Source: ACGME glossary; credcheck's table of status words.
    """
    what = f"programme {program.program_code} ({program.status})"
    status = meaning("accreditation", program.status)
    if status == "not_accredited":
        return not_met(Code.PROGRAM_NOT_ACCREDITED, f"{what} is not accredited", row.id)
    if status is None:
        message = f"{what}: credcheck does not know this status"
        return unverified(Code.RECORD_UNREADABLE, message, row.id, ask=_ASK)
    if end is None:
        message = f"{what}: the completion date is not known"
        return unverified(Code.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK)
    return _on_the_day(row, program, end, what, withdrawn=status == "withdrawn")


def _on_the_day(
    row: ProgramEvidence, program: Program, end: PartialDate, what: str, *, withdrawn: bool
) -> Weighed:
    first, last = program.accredited_from, program.accredited_to
    begun = first.not_after(end) if first else None
    lasted = end.not_after(last) if last else (None if withdrawn else True)
    period = f"{first or '?'} to {last or ('?' if withdrawn else 'now')}"
    if begun is False or lasted is False:
        message = f"{what} was accredited {period}, which does not cover {end}"
        return not_met(Code.PROGRAM_NOT_ACCREDITED, message, row.id)
    if begun is None or lasted is None:
        message = f"{what} was accredited {period}: whether that covers {end} is not said"
        return unverified(Code.FELLOWSHIP_DATES_UNKNOWN, message, row.id, ask=_ASK)
    return met(Code.FELLOWSHIP_ACCREDITED, f"{what} was accredited on {end}", row.id)
