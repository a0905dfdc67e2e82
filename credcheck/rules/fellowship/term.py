"""Whether a fellowship was completed by the as-of date, and whether it was long enough."""

from credcheck.model import Fellowship, FellowshipEvidence, ReasonCode
from credcheck.model.dates import PartialDate, days_from
from credcheck.reference.vocabulary import look_up_word
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.result import Check, met, not_met, unverified

_ASK = "Ask the program for a letter that confirms completion and both dates."


def weigh_completion(case: RuleContext, item: FellowshipEvidence, record: Fellowship) -> Check:
    """Weigh the end date and the status: an end date is a plan until completion is confirmed."""
    where = record_location(item)
    status = look_up_word("fellowship", record.status)
    if status == "not_completed":
        message = f"{where}: the fellowship was not completed: status {record.status!r}"
        return not_met(ReasonCode.FELLOWSHIP_NOT_COMPLETED, message, item.id)
    if status is None and record.status:
        message = f"{where} has the status {record.status!r}, which credcheck does not know"
        return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK)
    if record.end_date is None:
        return _without_end(item, status, where)
    ended_later = record.end_date.after(case.as_of)
    if ended_later is not False:
        return _not_ended(item, record, where, certain=ended_later is True)
    confirmed = not record.status and _verified_after(record.end_date, record.verified_on)
    if status == "completed" or confirmed:
        message = f"{where}: completed on {record.end_date}"
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, message, item.id)
    message = f"{where} gives the end date {record.end_date}, but nobody confirms completion"
    return unverified(ReasonCode.FELLOWSHIP_COMPLETION_UNCONFIRMED, message, item.id, ask=_ASK)


def weigh_length(
    item: FellowshipEvidence, record: Fellowship, minimum: int, doubtful: int
) -> Check:
    """Weigh the days from start to end, both counted; a vague date leaves a range."""
    where = record_location(item)
    if record.start_date is None or record.end_date is None:
        message = f"{where} gives no {'start' if record.start_date is None else 'end'} date"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)
    least, most = days_from(record.start_date, record.end_date)
    period = f"{record.start_date} to {record.end_date}"
    if most < 1:
        message = f"{where}: the end is before the start ({period})"
        return unverified(ReasonCode.CONTRADICTION, message, item.id, ask=_ASK)
    if least >= minimum:
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, f"{where}: {period}", item.id)
    if most < doubtful:
        message = f"{where}: {period} is at most {most} days; {minimum} are needed"
        return not_met(ReasonCode.FELLOWSHIP_TOO_SHORT, message, item.id)
    if most >= minimum:
        message = f"{where}: {period} is too vague to tell whether it was {minimum} days"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)
    message = f"{where}: {period} is {most} days, short of {minimum}; leave may explain it"
    return unverified(ReasonCode.FELLOWSHIP_TOO_SHORT, message, item.id, ask=_ASK)


def _without_end(item: FellowshipEvidence, status: str | None, where: str) -> Check:
    if status == "in_progress":
        message = f"{where}: the fellowship is in progress"
        return not_met(ReasonCode.FELLOWSHIP_IN_PROGRESS, message, item.id)
    message = f"{where} gives no end date"
    return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _not_ended(item: FellowshipEvidence, record: Fellowship, where: str, *, certain: bool) -> Check:
    if certain:
        message = f"{where}: not completed as of the as-of date; it is to end on {record.end_date}"
        return not_met(ReasonCode.FELLOWSHIP_IN_PROGRESS, message, item.id)
    message = f"{where} ends in {record.end_date}: before or after the as-of date is not said"
    return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _verified_after(end: PartialDate, verified_on: PartialDate | None) -> bool:
    return verified_on is not None and end.not_after(verified_on) is True
