"""Rule kind ``fellowship``: an accredited fellowship in the specialty, completed and long enough."""

from msgspec.structs import replace

from credcheck.model import (
    EvidenceKind,
    Fellowship,
    FellowshipEvidence,
    Outcome,
    Reason,
    ReasonCode,
)
from credcheck.reference.specialties import SPECIALTIES
from credcheck.reference.vocabulary import look_up_word
from credcheck.rules.any_record import finding_if_any_record
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext, is_self_reported, record_location
from credcheck.rules.fellowship.program import ProgramWanted, weigh_program
from credcheck.rules.fellowship.term import weigh_completion, weigh_length
from credcheck.rules.result import Check, Judgment, all_checks, unverified


class FellowshipParameters(Parameters, kw_only=True):
    """Which specialty and accreditor, and how many days count, both ends included.

    From ``minimum_days`` it counts; from ``doubtful_days`` up to there it is unverified (leave and
    off-cycle starts); below it does not count. ``program_codes`` are the first three digits of the
    accreditor's program numbers for the specialty.
    """

    specialty: str
    accreditors: tuple[str, ...]
    program_codes: tuple[str, ...]
    minimum_days: int
    doubtful_days: int

    def __post_init__(self) -> None:
        check_names("specialty", [self.specialty], SPECIALTIES)
        if not self.accreditors:
            raise ValueError("no accreditor is named; at least one is needed")
        if not 0 < self.doubtful_days <= self.minimum_days:
            raise ValueError("doubtful_days must be above 0 and not above minimum_days")


def judge(case: RuleContext, parameters: FellowshipParameters) -> Judgment:
    """Meet it with one fellowship that was completed, is long enough and was accredited.

    Completed: an end date is a plan until the status says Completed or, where there is no status,
    until someone verified it on or after that day; it must not be after the as-of date. Long
    enough: twelve months, read as 360 days or more; 270 to 359 days are ``unverified``, for leave
    and off-cycle starts. Accredited: the program is in the specialty and was accredited on the
    completion date, by an accreditor that the standard names; it is found by its number, or by its
    name where one program alone bears it. One good fellowship of several is enough, unless
    another row says that it was left.

    Sources: ACGME Program Requirements for Pain Medicine (twelve months); ACGME glossary (status
    words); FSMB AccreditedTraining (training status; an end date may be planned); NCQA FAQ of
    2022-09-15 (future completion dates are not accepted).
    """
    words = SPECIALTIES[parameters.specialty]
    return finding_if_any_record(
        case,
        EvidenceKind.FELLOWSHIP,
        FellowshipEvidence,
        lambda item: _weigh(case, item, parameters),
        what=f"fellowship in {words}",
        ask=f"Ask the program, or the AMA or FSMB profile, for the fellowship in {words}.",
    )


def _weigh(case: RuleContext, item: FellowshipEvidence, parameters: FellowshipParameters) -> Check:
    record = item.record
    if record is None:
        raise ValueError("only evidence with a record can be weighed")
    wanted = ProgramWanted(
        specialty=parameters.specialty,
        accreditors=parameters.accreditors,
        program_codes=parameters.program_codes,
    )
    parts = [
        weigh_completion(case, item, record),
        weigh_length(item, record, parameters.minimum_days, parameters.doubtful_days),
        weigh_program(case, item, record, wanted),
    ]
    if is_self_reported(item):
        parts.append(_self_reported(item))
    weighed = all_checks(parts)
    if weighed.outcome is not Outcome.MET:
        return weighed
    return _against(case, item, record) or _accredited(weighed, item, record, parameters)


def _accredited(
    weighed: Check, item: FellowshipEvidence, record: Fellowship, parameters: FellowshipParameters
) -> Check:
    words = SPECIALTIES[parameters.specialty]
    message = (
        f"{words} fellowship completed {record.end_date} ({record_location(item)}), accredited by"
        f" {' or '.join(parameters.accreditors)} on that day"
    )
    reason = Reason(code=ReasonCode.FELLOWSHIP_ACCREDITED, message=message)
    return replace(weighed, reasons=(reason,))


def _against(case: RuleContext, item: FellowshipEvidence, record: Fellowship) -> Check | None:
    """Weigh a row that says this very fellowship was left, or one that cannot be read at all."""
    for other in (*case.usable(FellowshipEvidence), *case.doubtful(FellowshipEvidence)):
        left = other.record is not None and _says_left(other.record, record)
        unread = other.record is None and other.match.by == "npi"
        if left or unread:
            message = (
                f"{record_location(item)} says completed, but {record_location(other)} may undo it"
            )
            ask = "Ask the program which of the two rows holds."
            return unverified(ReasonCode.CONTRADICTION, message, item.id, other.id, ask=ask)
    return None


def _says_left(other: Fellowship, record: Fellowship) -> bool:
    if look_up_word("fellowship", other.status) != "not_completed":
        return False
    same_program = other.program_code == record.program_code
    if other.start_date is None or record.start_date is None or record.end_date is None:
        return same_program
    overlaps = other.start_date.not_after(record.end_date) is not False
    return same_program and overlaps


def _self_reported(item: FellowshipEvidence) -> Check:
    message = f"{record_location(item)} is self-reported only"
    ask = "Ask the program to confirm the fellowship."
    return unverified(ReasonCode.SELF_REPORTED, message, item.id, ask=ask)


RULE = Rule(
    kind="fellowship",
    parameters=FellowshipParameters,
    judge=judge,
    evidence_types=(FellowshipEvidence,),
)
