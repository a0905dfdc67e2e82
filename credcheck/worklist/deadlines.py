"""Until when something is needed: before what the rest of the file rests on is too old.

Sources: NCQA CR 3 (120 days from the verification to the decision; 90 for a CVO; training does not
age), as each source's maximum age says it.
"""

import datetime as dt
from collections.abc import Iterator

from credcheck.audit.expirations import expiries
from credcheck.model import Outcome, SourceState, Verdict

_NO_AGE = 3_650  # days: a source that may be so old has no age of its own


def find_deadline(verdict: Verdict) -> dt.date:
    """Return the last day on which everything that is met still is; the as-of date if it is past."""
    days = [*_list_ages(verdict), *(each.expires for each in expiries(verdict))]
    return max(min(days, default=verdict.as_of), verdict.as_of)


def _list_ages(verdict: Verdict) -> Iterator[dt.date]:
    """Yield the last day of each source and verification that a met finding rests on."""
    met = {x for each in verdict.findings if each.outcome is Outcome.MET for x in each.evidence}
    used = [item for item in verdict.evidence if item.id in met]
    for item in used:
        found = item.verification
        if found is not None and found.max_age_days is not None:
            yield found.on + dt.timedelta(days=found.max_age_days)
    names = {item.source for item in used if item.verification is None}
    for report in verdict.sources:
        limit, day = report.max_age_days, report.as_of
        if report.name not in names or report.state is not SourceState.OK:
            continue
        if limit is not None and day is not None and limit < _NO_AGE:
            yield day + dt.timedelta(days=limit)
