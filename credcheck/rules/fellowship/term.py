"""Whether a fellowship was completed by the as-of date, and whether it was long enough."""

from credcheck.evidence.fellowships import confirmed_on, read_fellowship
from credcheck.model import Fellowship, FellowshipEvidence, ReasonCode
from credcheck.model.dates import days_from
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.result import Check, met, not_met, unverified

_ASK = "Ask the program for a letter that confirms completion and both dates."
_FIELDS = ("status", "end_date")


def check_completion(context: RuleContext, item: FellowshipEvidence, record: Fellowship) -> Check:
    """Check the end date and the status: an end date is a plan until completion is confirmed."""
    where = record_location(item)
    understood = read_fellowship(record).status
    status = understood.value
    if status == "not_completed":
        message = f"{where}: the fellowship was not completed: status {record.status!r}"
        code = ReasonCode.FELLOWSHIP_NOT_COMPLETED
        return not_met(code, message, item.id, fields=_FIELDS, ask=_ASK)
    if record.end_date is None:
        return _without_end(item, status, where)
    ended_later = record.end_date.after(context.as_of)
    if ended_later is not False:
        return _check_ending(context, item, record, where, certain=ended_later is True)
    # A status that is not understood is a doubt about the record (rules/guard.py).
    if (
        status == "completed"
        or understood.is_unclear
        or _is_confirmed(context, item, record, status)
    ):
        message = f"{where}: completed on {record.end_date}"
        return met(ReasonCode.FELLOWSHIP_ACCREDITED, message, item.id, fields=_FIELDS)
    message = f"{where} gives the end date {record.end_date}, but no one confirms completion"
    return unverified(ReasonCode.FELLOWSHIP_COMPLETION_UNCONFIRMED, message, item.id, ask=_ASK)


def check_length(
    item: FellowshipEvidence, record: Fellowship, minimum: int, doubtful: int
) -> Check:
    """Check the days from start to end, both counted; a vague date leaves a range."""
    where, fields = record_location(item), ("start_date", "end_date")
    if record.start_date is None or record.end_date is None:
        message = f"{where} gives no {'start' if record.start_date is None else 'end'} date"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)
    least, most = days_from(record.start_date, record.end_date)
    period = f"{record.start_date} to {record.end_date}"
    if least >= minimum:
        code = ReasonCode.FELLOWSHIP_ACCREDITED
        return met(code, f"{where}: {period}", item.id, fields=fields)
    if most < doubtful:
        message = f"{where}: {period} is at most {most} days; {minimum} are required"
        code = ReasonCode.FELLOWSHIP_TOO_SHORT
        return not_met(code, message, item.id, fields=fields, ask=_ASK)
    if most >= minimum:
        message = f"{where}: {period} is too vague to show whether it lasted {minimum} days"
        return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)
    message = (
        f"{where}: {period} is {most} days, short of {minimum}; time on leave may explain the gap"
    )
    return unverified(ReasonCode.FELLOWSHIP_TOO_SHORT, message, item.id, ask=_ASK)


def _is_confirmed(
    context: RuleContext, item: FellowshipEvidence, record: Fellowship, status: str | None
) -> bool:
    """Tell whether somebody confirmed the row on or after the end: its status is not said."""
    if status == "confirmed":
        day = confirmed_on(context, item)
        return day is not None and record.end_date is not None and record.end_date.latest <= day
    verified, end = record.verified_on, record.end_date
    said_nothing = not record.status.strip()
    return (
        said_nothing
        and verified is not None
        and end is not None
        and end.not_after(verified) is True
    )


def _without_end(item: FellowshipEvidence, status: str | None, where: str) -> Check:
    if status == "in_progress":
        message = f"{where}: the fellowship is in progress"
        code, ask = (
            ReasonCode.FELLOWSHIP_IN_PROGRESS,
            f"Run the check again when it has ended. {_ASK}",
        )
        return not_met(code, message, item.id, fields=_FIELDS, ask=ask)
    message = f"{where} gives no end date"
    return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _check_ending(
    context: RuleContext,
    item: FellowshipEvidence,
    record: Fellowship,
    where: str,
    *,
    certain: bool,
) -> Check:
    if certain:
        message = f"{where}: not completed as of {context.as_of}; it ends on {record.end_date}"
        code, ask = (
            ReasonCode.FELLOWSHIP_IN_PROGRESS,
            f"Run the check again when it has ended. {_ASK}",
        )
        return not_met(code, message, item.id, fields=_FIELDS, ask=ask)
    message = (
        f"{where} ends in {record.end_date}; the exact day is not given, so it may be after the"
        " as-of date"
    )
    return unverified(ReasonCode.FELLOWSHIP_DATES_UNKNOWN, message, item.id, ask=_ASK)
