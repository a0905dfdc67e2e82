"""Rule kind ``fellowship``: completed, long enough, and accredited when it ended."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from credcheck.evidence.fellowships import read_fellowship
from credcheck.model import (
    EvidenceKind,
    Fellowship,
    FellowshipEvidence,
    Outcome,
    Reason,
    ReasonCode,
)
from credcheck.model.dates import days_from
from credcheck.reference.accreditors import ACCREDITORS
from credcheck.reference.specialties import SPECIALTIES
from credcheck.rules.any_record import check_records
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.fellowship.program import ProgramWanted, check_program
from credcheck.rules.fellowship.term import check_completion, check_length
from credcheck.rules.result import Check, all_checks, not_met, unverified

_CODE_LENGTH = 3
_ASK_OTHER = "Ask the physician for another fellowship, and its program to confirm it."
_ASK_TRANSFER = "Ask both programs whether the training was transferred and counts as one year."


class FellowshipParameters(Parameters, kw_only=True):
    """The specialty, the accreditors and the length in days, both ends included.

    A fellowship of ``minimum_days`` or more counts. From ``doubtful_days`` up to that, it is
    unverified (leave and off-cycle starts). Anything shorter does not count. ``program_codes``
    are the first three digits of the accreditor's program numbers for the specialty. They can
    be empty for accreditors without such numbers, but not for the ACGME. ``accreditors_until``
    are other accreditors, each for training that ended by a given day.
    """

    specialty: str
    accreditors: tuple[str, ...]
    program_codes: tuple[str, ...]
    minimum_days: int
    doubtful_days: int
    accreditors_until: dict[str, dt.date] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_names("specialty", [self.specialty], SPECIALTIES)
        check_names("accreditor", [*self.accreditors, *self.accreditors_until], ACCREDITORS)
        if not self.accreditors:
            raise ValueError("name at least one accreditor")
        if not self.program_codes and "ACGME" in (*self.accreditors, *self.accreditors_until):
            raise ValueError("name the program codes; the ACGME's programs have numbers")
        for code in self.program_codes:
            if len(code) != _CODE_LENGTH or not (code.isascii() and code.isdigit()):
                raise ValueError(
                    f"program code {code!r}: give the first three digits of the program numbers"
                )
        if not 0 < self.doubtful_days <= self.minimum_days:
            raise ValueError("doubtful_days must be more than 0 and at most minimum_days")


def weigh(context: RuleContext, parameters: FellowshipParameters) -> Sequence[Check]:
    """Meet it with one fellowship that was completed, was long enough and was accredited.

    Completed: an end date is a plan until the status says Completed or, if there is no status,
    until someone verified it on or after that day. It must not be after the as-of date. Long
    enough: twelve months, read as 360 days or more. 270 to 359 days are ``unverified``, to
    allow for leave and off-cycle starts, and so are shorter fellowships that together make a
    year (a transfer). Accredited: the program is in the specialty and was accredited on the
    completion date by an accreditor that the standard accepts. It is found by its number, or by
    its name if only one program has that name. One fellowship that meets all of this is enough.
    A row that says that the same fellowship was left, or another program's name beside the
    number, is a contradiction. A fellowship in another field says nothing if the list is not
    complete.

    Sources: ACGME Program Requirements for Pain Medicine (twelve months); ACGME glossary
    (status words); FSMB AccreditedTraining (training status; an end date may be planned); NCQA
    FAQ of 2022-09-15 (future completion dates are not accepted).
    """
    words = SPECIALTIES[parameters.specialty]
    return check_records(
        context,
        EvidenceKind.FELLOWSHIP,
        FellowshipEvidence,
        lambda item, record: _check(context, item, record, parameters),
        what=f"fellowship in {words}",
        ask=f"Ask the program, or the AMA or FSMB profile, for the fellowship in {words}.",
    )


def _check(
    context: RuleContext,
    item: FellowshipEvidence,
    record: Fellowship,
    parameters: FellowshipParameters,
) -> Check:
    wanted = ProgramWanted(
        specialty=parameters.specialty,
        accreditors=parameters.accreditors,
        accreditors_until=parameters.accreditors_until,
        program_codes=parameters.program_codes,
    )
    program = check_program(context, item, record, wanted)
    if _is_another_field(record, program, parameters):
        return _another_field(item, record, program)
    length = check_length(item, record, parameters.minimum_days, parameters.doubtful_days)
    if length.outcome is Outcome.NOT_MET and _adds_up(context, item, parameters):
        message = f"{record_location(item)} is part of a year split between programs"
        code = ReasonCode.FELLOWSHIP_TOO_SHORT
        length = unverified(code, message, item.id, ask=_ASK_TRANSFER)
    checked = all_checks([check_completion(context, item, record), length, program])
    if checked.outcome is not Outcome.MET:
        return checked
    return _describe_accredited(checked, item, record, parameters)


def _another_field(item: FellowshipEvidence, record: Fellowship, program: Check) -> Check:
    if not record.specialty:
        return replace(program, aside=True)
    message = f"{record_location(item)}: {record.specialty}: another specialty"
    code = ReasonCode.FELLOWSHIP_WRONG_SPECIALTY
    return not_met(code, message, item.id, fields=("specialty",), aside=True, ask=_ASK_OTHER)


def _is_another_field(record: Fellowship, program: Check, parameters: FellowshipParameters) -> bool:
    """Tell whether a fellowship is in another field, by its own word or by its program alone."""
    reading = read_fellowship(record)
    said, number = reading.specialty.value, reading.number.value
    codes = {reason.code for reason in program.reasons}
    if said is None:
        wrong = ReasonCode.FELLOWSHIP_WRONG_SPECIALTY in codes
        return wrong and program.outcome is Outcome.NOT_MET
    if said == parameters.specialty or ReasonCode.CONTRADICTION in codes:
        return False
    return number is None or number[:_CODE_LENGTH] not in parameters.program_codes


def _adds_up(
    context: RuleContext, item: FellowshipEvidence, parameters: FellowshipParameters
) -> bool:
    """Tell whether a short fellowship and others in the specialty make a year together."""
    total = 0
    for other in context.usable(FellowshipEvidence):
        record = other.record
        if record is None or record.start_date is None or record.end_date is None:
            continue
        reading = read_fellowship(record)
        same = other is item or reading.specialty.value in {None, parameters.specialty}
        if same and reading.status.value != "not_completed":
            total += max(0, days_from(record.start_date, record.end_date)[1])
    own = item.record
    assert own is not None  # noqa: S101 - the caller has looked
    alone = own.start_date and own.end_date and days_from(own.start_date, own.end_date)[1]
    return total >= parameters.doubtful_days and total != alone


def _describe_accredited(
    checked: Check, item: FellowshipEvidence, record: Fellowship, parameters: FellowshipParameters
) -> Check:
    words = SPECIALTIES[parameters.specialty]
    accreditor = next((part.reasons[-1].message for part in checked.parts if part.parts), "")
    message = (
        f"{words} fellowship completed {record.end_date} ({record_location(item)}), {accreditor}"
    )
    reason = Reason(code=ReasonCode.FELLOWSHIP_ACCREDITED, message=message, about=checked.evidence)
    return replace(checked, reasons=(reason,))


RULE = Rule(
    kind="fellowship",
    parameters=FellowshipParameters,
    weigh=weigh,
    evidence_types=(FellowshipEvidence,),
)
