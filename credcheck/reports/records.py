"""A record as people read it: what it is, its fields with labels, its days, and where it stands."""

from collections.abc import Iterator
from typing import NamedTuple

from credcheck.model import (
    Affiliation,
    Certificate,
    Competency,
    Enrollment,
    Evidence,
    Exclusion,
    Fellowship,
    Licensure,
    PersonName,
    Place,
    Procedure,
    Program,
    Record,
    Registration,
    Taxonomy,
    plain,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.labels import label
from credcheck.reference.specialties import taxonomy

_CODED = {
    "entity_type": "entity_type",
    "certificate_type": "certificate_type",
    "duration": "duration",
    "topic": "topic",
}
"""Fields whose values are our codes, with the groups of their labels. All others stand as read."""

SPANS = (
    ("start_date", "end_date"),
    ("issued", "expires"),
    ("accredited_from", "accredited_to"),
    ("excluded_on", "reinstated_on"),
    ("enumeration_date", "deactivation_date"),
)
"""Which fields of a record begin something, and which end it."""

_ENDS = ("expires", "accredited_to")
_TITLES: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Certificate: (("board", "certificate"),),
    Fellowship: (("program_name", "specialty"), ("program_code",)),
    Program: (("name", "city"), ("program_code",)),
    Exclusion: (("exclusion_type", "business_name"), ("publisher", "state")),
    Licensure: (("state", "number"),),
    Enrollment: (("program", "specialty"),),
    Competency: (("title", "issuer"), ("topic",)),
    Procedure: (("code",),),
    Affiliation: (("group",), ("group_id",)),
    Registration: (("organization_name",),),
}
"""Fields that say what a record of each kind is about; the first that has any is taken."""


class Field(NamedTuple):
    """A field of a record for people. ``name`` is the code of the field."""

    name: str
    label: str
    text: str


def kind_code(item: Evidence) -> str:
    """Return the code of what kind of evidence it is."""
    return str(item.__struct_config__.tag)


def describe_record(item: Evidence) -> str:
    """Return what a record is about: ``American Board of Anesthesiology, Pain Medicine``."""
    record = item.record
    if record is None:
        return label("kind", kind_code(item))
    for names in _TITLES.get(type(record), ()):
        parts = [text for name in names if (text := _text_of(record, name))]
        if parts:
            return ", ".join(dict.fromkeys(parts))
    people = getattr(record, "names", ())
    return str(people[0]) if people else label("kind", kind_code(item))


def list_fields(item: Evidence) -> list[Field]:
    """Return what a record says, field by field, without what it leaves empty.

    A status stands in quotes: those are the source's own words.
    """
    record = item.record
    fields = record.__struct_fields__ if record is not None else ()
    found = []
    for name in fields:
        text = _text_of(record, name)
        if text and name == "status":
            text = f"\u201c{text}\u201d"
        if text:
            found.append(Field(name, label("field", name), text))
    return found


def place_of(item: Evidence) -> str:
    """Return where a record stands: ``boards, row 12 (line 13)``."""
    row, line = item.provenance.row, item.provenance.line
    place = f"{item.source}, row {row}" if row is not None else item.source
    return f"{place} (line {line})" if line is not None else place


def verified_on(item: Evidence) -> str:
    """Return the day of which the record speaks: of its own verification, else its source's day."""
    day = getattr(item.record, "verified_on", None) or item.provenance.as_of
    return str(day) if day else ""


def expires_on(item: Evidence) -> PartialDate | None:
    """Return when what the record shows ends, if it says so."""
    for name in _ENDS:
        day = getattr(item.record, name, None)
        if isinstance(day, PartialDate):
            return day
    return None


def expiry_text(item: Evidence) -> str:
    """Return when what the record shows ends: a day, ``Lifetime``, or nothing."""
    day, duration = expires_on(item), getattr(item.record, "duration", None)
    if day is not None:
        return str(day)
    return label("duration", duration) if duration else ""


def describe_tie(item: Evidence) -> str:
    """Return how a record was tied to the physician: ``NPI: the same NPI``."""
    by = label("matched_by", item.match.by)
    return f"by {by}: {item.match.why}" if item.match.why else f"by {by}"


def list_spans(item: Evidence) -> Iterator[tuple[PartialDate, PartialDate | None]]:
    """Yield the beginnings and ends that a record names."""
    for start, end in SPANS:
        begins, ends = getattr(item.record, start, None), getattr(item.record, end, None)
        if isinstance(begins, PartialDate):
            yield begins, ends if isinstance(ends, PartialDate) else None


def _text_of(record: Record | None, name: str) -> str:
    value = getattr(record, name, None)
    if value in (None, "", ()):
        return ""
    if name in _CODED:
        return label(_CODED[name], value)
    if isinstance(value, tuple):
        return "; ".join(_describe(each) for each in value)
    return str(value)


def _describe(value: object) -> str:
    if isinstance(value, PersonName):
        return str(value) if value.kind == "current" else f"{value} ({value.kind})"
    if isinstance(value, Place):
        return str(value)
    if isinstance(value, Taxonomy):
        return _describe_taxonomy(value)
    parts = plain(value)
    return ", ".join(map(str, parts.values())) if isinstance(parts, dict) else str(parts)


def _describe_taxonomy(value: Taxonomy) -> str:
    known = taxonomy(value.code)
    parts = [str(known) if known else value.code]
    parts += ["primary"] if value.primary else []
    parts += [f"license {value.license.state} {value.license.number}"] if value.license else []
    return ", ".join(parts)
