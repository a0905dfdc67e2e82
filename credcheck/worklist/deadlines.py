"""Until when something is needed: before what the rest of the file rests on is too old, or ends."""

import datetime as dt

from credcheck.audit.expirations import expiries
from credcheck.audit.windows import list_windows
from credcheck.model import Verdict


def find_deadline(
    verdict: Verdict, decide_by: dt.date | None = None, limit: int | None = None
) -> dt.date:
    """Return the last day on which an answer helps: that of the decision, if that is said.

    Else it is the last day on which everything that is met still is; the as-of date if it is past.
    ``limit`` is a window that is shorter than what the sources say, in days.
    """
    if decide_by is not None:
        return decide_by
    days = [each.last for each in list_windows(verdict, limit)]
    days += [each.expires for each in expiries(verdict)]
    return max(min(days, default=verdict.as_of), verdict.as_of)
