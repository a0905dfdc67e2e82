"""What of a physician's file ends, or has to be verified again, and when.

Sources: NCQA CR 3 and the trade's EXPIRABLES REPORT (buckets of 30, 60 and 90 days; licenses monthly;
what has no end is verified again all the same); NCQA CR 4 (a decision holds for 36 months).
"""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from credcheck.audit.expirations import DATED, describe_dated, expiries
from credcheck.audit.windows import check_days, checked_on, next_cycle
from credcheck.model import Certificate, Decision, Evidence, Model, SourceReport, Verdict
from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.reference.understanding import certificate_key
from credcheck.tables.columns import column_key

_MONTH = 30  # days: how often a license is looked up
_LAST_CREDENTIALED, _OWNER = "last_credentialed", "owner"


class Bucket(StrEnum):
    """How soon something is due."""

    EXPIRED = "expired"
    DAYS_30 = "0-30"
    DAYS_60 = "31-60"
    DAYS_90 = "61-90"
    LATER = "later"


class Due(StrEnum):
    """Why something is due: it ends, or it has to be verified again."""

    ENDS = "ends"
    VERIFY = "verify again"


class Expirable(Model, kw_only=True):
    """One thing that ends or has to be verified again. ``due`` is the earlier of the two days.

    ``row`` is that of the roster, as a spreadsheet numbers it. ``requirements`` are those that are met
    until this ends (expirations.py): the gate ``expiring`` of an audit counts these.
    """

    row: int
    id: str
    npi: str
    name: str
    item: str
    number: str
    status: str
    issued: str
    expires: str
    verified_on: dt.date | None
    next_check: dt.date | None
    why: Due
    due: dt.date
    source: str
    owner: str
    requirements: tuple[str, ...] = ()


class BookDecision(NamedTuple):
    """A decision of the book: its day, and when the next one is due."""

    on: dt.date
    due: dt.date


class Decisions(NamedTuple):
    """The last decision about a person, by its word and day, and the last approval, if there is one."""

    word: str
    on: dt.date
    approved: BookDecision | None


def list_expirables(
    verdict: Verdict, decided: BookDecision | None = None, limit: int | None = None
) -> list[Expirable]:
    """Return what of one physician's file has a day, the first first.

    ``decided`` is the last approval in the book; without it the roster's column last_credentialed
    counts. ``limit`` is a window that is shorter than what the sources say.
    """
    found = [
        *_list_records(verdict, limit),
        *_list_reported_licenses(verdict),
        *_list_decision(verdict, decided),
    ]
    return sorted(found, key=lambda each: (each.due, each.item, each.number))


def sort_key(each: Expirable) -> tuple[object, ...]:
    """Return the place of an item among those of many physicians: the first due first."""
    return each.due, each.name, each.npi, each.item, each.row


def find_bucket(each: Expirable, day: dt.date) -> Bucket:
    """Return how soon something is due, seen from a day. The day on which it ends still counts."""
    return bucket_of((each.due - day).days)


def bucket_of(left: int) -> Bucket:
    """Return how soon something is due that has so many days left."""
    if left < 0:
        return Bucket.EXPIRED
    spans = ((30, Bucket.DAYS_30), (60, Bucket.DAYS_60), (90, Bucket.DAYS_90))
    return next((bucket for most, bucket in spans if left <= most), Bucket.LATER)


def _list_records(verdict: Verdict, limit: int | None) -> Iterator[Expirable]:
    reports = {report.name: report for report in verdict.sources}
    carries: dict[str, tuple[str, ...]] = {}
    for each in expiries(verdict):
        carries[each.evidence] = (*carries.get(each.evidence, ()), each.requirement)
    latest: dict[tuple[object, ...], Evidence] = {}
    for item in filter(_has_days, verdict.evidence):
        old = latest.setdefault(_what_it_is(item), item)
        # What a finding rests on stands for its thing: the day is that of the gate.
        if (item.id in carries, *_rank(item)) > (old.id in carries, *_rank(old)):
            latest[_what_it_is(item)] = item
    for item in _merge_sources(latest.values(), reports, carries):
        report, record = reports.get(item.source), item.record
        seen = checked_on(item) or (report.as_of if report is not None else None)
        days = check_days(item, report, limit)
        if _is_license(item):
            days = min(days, _MONTH) if days is not None else _MONTH
        expires: PartialDate | None = getattr(record, "expires", None)
        made = _make(
            verdict,
            item=_describe(item),
            requirements=carries.get(item.id, ()),
            source=item.source,
            number=str(getattr(record, "number", "")),
            status=str(getattr(record, "status", "")),
            issued=getattr(record, "issued", None),
            expires=expires,
            verified_on=seen,
            next_check=seen + dt.timedelta(days=days) if seen and days is not None else None,
        )
        if made is not None:
            yield made


def _merge_sources(
    items: Iterable[Evidence], reports: Mapping[str, SourceReport], carries: Container[str]
) -> Iterable[Evidence]:
    """Return things once that several sources have with the same end: as it was seen last."""
    found: dict[tuple[object, ...], Evidence] = {}
    for item in items:
        _, *thing = _what_it_is(item)
        key = *thing, str(getattr(item.record, "expires", ""))
        old = found.setdefault(key, item)
        if (item.id in carries, _seen_on(item, reports)) > (
            old.id in carries,
            _seen_on(old, reports),
        ):
            found[key] = item
    return found.values()


def _seen_on(item: Evidence, reports: Mapping[str, SourceReport]) -> dt.date:
    report = reports.get(item.source)
    return checked_on(item) or (report.as_of if report is not None else None) or dt.date.min


def _has_days(item: Evidence) -> bool:
    """Tell whether a record is this person's, can be read, counts, and is of a kind that ends."""
    whole = item.record is not None and item.problem is None
    if not whole or item.match.decision is not Decision.MATCH:
        return False
    if item.verification is not None and item.verification.lacks is not None:
        return False
    return isinstance(item.record, DATED)


def _what_it_is(item: Evidence) -> tuple[object, ...]:
    """Return what a record is about: of several terms in one list, the last one counts."""
    record = item.record
    if isinstance(record, Certificate):
        known = certificate_key(record.board, record.certificate)
        return item.source, known or _describe(item)
    return item.source, type(record), _describe(item), str(getattr(record, "number", ""))


def _rank(item: Evidence) -> tuple[dt.date, dt.date]:
    expires: PartialDate | None = getattr(item.record, "expires", None)
    return expires.earliest if expires else dt.date.max, checked_on(item) or dt.date.min


def _is_license(item: Evidence) -> bool:
    return item.__struct_config__.tag == "license"


def _describe(item: Evidence) -> str:
    return describe_dated(item.record) if isinstance(item.record, DATED) else ""


def _list_reported_licenses(verdict: Verdict) -> Iterator[Expirable]:
    """Yield licenses that the registry names and no list confirms: due at once."""
    if verdict.physician is None or any(map(_is_license, verdict.evidence)):
        return
    for license_ in dict.fromkeys(verdict.physician.licenses):
        made = _make(
            verdict,
            item=f"{license_.state} license",
            source="registry, self-reported",
            number=license_.number,
            next_check=verdict.as_of,
        )
        if made is not None:
            yield made


def _list_decision(verdict: Verdict, decided: BookDecision | None) -> Iterator[Expirable]:
    item, text = "credentialing decision", _other(verdict, _LAST_CREDENTIALED)
    if decided is None and text:
        try:
            day = parse_date(text)
        except DateError:
            status = f"{_LAST_CREDENTIALED} {text!r} cannot be read"
            made = _make(
                verdict, item=item, source="roster", status=status, next_check=verdict.as_of
            )
        else:
            made = _make_decision(verdict, day, next_cycle(day.earliest), "roster")
    elif decided is not None:
        made = _make_decision(verdict, PartialDate.of(decided.on), decided.due, "book")
    else:
        return
    if made is not None:
        yield made


def _make_decision(
    verdict: Verdict, day: PartialDate, due: dt.date, source: str
) -> Expirable | None:
    item = "credentialing decision"
    return _make(verdict, item=item, source=source, issued=day, expires=PartialDate.of(due))


def _other(verdict: Verdict, wanted: str) -> str:
    """Return what the roster says in a column of its own."""
    others: Mapping[str, str] = verdict.query.other
    return next((text.strip() for name, text in others.items() if column_key(name) == wanted), "")


def _make(verdict: Verdict, **facts: Any) -> Expirable | None:
    """Return an item with what is known of its person, or None if nothing of it has a day."""
    issued, expires = facts.pop("issued", None), facts.pop("expires", None)
    usual = {"number": "", "status": "", "verified_on": None, "next_check": None}
    facts = usual | facts
    ends = expires.earliest if expires else None
    days = [(day, why) for day, why in ((ends, Due.ENDS), (facts["next_check"], Due.VERIFY)) if day]
    if not days:
        return None
    due, why = min(days, key=lambda each: each[0])
    query = verdict.query
    return Expirable(
        row=query.sheet_row,
        id=query.id or "",
        npi=str(verdict.npi or ""),
        name=verdict.name or "",
        issued=str(issued or ""),
        expires=str(expires or ""),
        why=why,
        due=due,
        owner=_other(verdict, _OWNER),
        **facts,
    )
