"""Statements that somebody makes: told with name and day, for a year, and never judged.

An attestation is a row of a list of permits, courses and attestations (kind ``competency``) on one of
the topics below. One without a name (``issuer``), a day (``issued``) or words (``title``) is not read.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from credcheck.evidence.certificates import HELD
from credcheck.model import Competency, CompetencyEvidence, Statement, StatementKind
from credcheck.model.dates import PartialDate
from credcheck.reference.understanding import understand_word
from credcheck.rules.context import RuleContext
from credcheck.statements.base import Describer, JudgedRequirement, list_certain

TOPICS = (
    "multidisciplinary_care",
    "functional_outcomes",
    "conservative_care_first",
    "imaging_review",
)
"""What an attestation may be about."""

_A_YEAR = dt.timedelta(days=365)


def describe(context: RuleContext, judged: Sequence[JudgedRequirement]) -> Iterator[Statement]:
    """Tell what people say, in the order of the rows."""
    del judged
    for item in list_certain(context, CompetencyEvidence):
        record = item.record
        topic = _read_topic(record) if record is not None else None
        if record is None or topic is None or not _is_whole(record):
            continue
        day = _find_day(record, context.as_of)
        if day is not None:
            yield Statement(
                kind=StatementKind.ATTESTATION,
                topic=topic,
                message=f'{record.issuer.strip()} says ({day}): "{record.title.strip()}"',
                evidence=(item.id,),
            )


def _read_topic(record: Competency) -> str | None:
    topic = understand_word("topic", record.topic.replace("_", " ")).value
    return topic if topic in TOPICS else None


def _is_whole(record: Competency) -> bool:
    """Tell whether it says who says what; a status is not needed, but must not be another."""
    status = understand_word("certificate", record.status)
    stands = status.value in HELD or not record.status.strip()
    return stands and bool(record.issuer.strip()) and bool(record.title.strip())


def _find_day(record: Competency, as_of: dt.date) -> PartialDate | None:
    """Return the day of one that holds on the as-of date: for a year, or until it says that it ends."""
    day, end = record.issued, record.expires
    if day is None or not day.exact or not day.earliest <= as_of <= day.earliest + _A_YEAR:
        return None
    return day if end is None or end.before(as_of) is False else None


DESCRIBER = Describer(StatementKind.ATTESTATION, CompetencyEvidence, describe)
