"""The model as JSON and back, and its JSON Schema."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from credcheck._util.text import json_visible
from credcheck.model.dates import PartialDate
from credcheck.model.query import Query
from credcheck.model.verdict import RunHeader, Verdict

Decoded = TypeVar("Decoded", Verdict, RunHeader, Query)

_PARTIAL_DATE_SCHEMA = {
    "type": "string",
    "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "A date known to the year, the month or the day.",
}


def _to_plain(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.text
    raise NotImplementedError(f"JSON cannot hold a {type(value).__name__}")


def _from_plain(wanted: type, value: object) -> object:
    if wanted is PartialDate and isinstance(value, str):
        return PartialDate.from_iso(value)
    raise NotImplementedError(f"cannot read a {wanted.__name__}")


def _schema_of(wanted: type) -> dict[str, Any]:
    if wanted is PartialDate:
        return _PARTIAL_DATE_SCHEMA
    raise NotImplementedError(f"no schema for {wanted.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_to_plain)
_SORTED = msgspec.json.Encoder(enc_hook=_to_plain, order="sorted")


@cache
def _decoder(wanted: type[Decoded]) -> msgspec.json.Decoder[Decoded]:
    """Make a decoder when it is first needed: that of a verdict takes a while."""
    return msgspec.json.Decoder(wanted, dec_hook=_from_plain)


def to_json(value: object) -> bytes:
    """Return one line of JSON without a line end: of a verdict, a line of NDJSON."""
    return json_visible(_ENCODER.encode(value))


def to_pretty_json(value: object) -> bytes:
    """Return the same JSON indented for people, with a line end."""
    return json_visible(msgspec.json.format(_ENCODER.encode(value), indent=2)) + b"\n"


def verdict_from_json(line: bytes) -> Verdict:
    """Read a verdict that ``to_json`` wrote. Raises msgspec.ValidationError if it is none."""
    verdict: Verdict = _decoder(Verdict).decode(line)
    return verdict


def header_from_json(line: bytes) -> RunHeader:
    """Read the first line of a file of results. Raises msgspec.ValidationError if it is none."""
    header: RunHeader = _decoder(RunHeader).decode(line)
    return header


def query_from_json(line: bytes) -> Query:
    """Read a query that ``to_json`` wrote."""
    query: Query = _decoder(Query).decode(line)
    return query


def plain(value: object) -> Any:
    """Return the value as dictionaries, lists and texts."""
    return msgspec.to_builtins(value, enc_hook=_to_plain)


def canonical_json(value: object) -> bytes:
    """Return JSON with sorted keys and no spaces: the form that digests are taken of."""
    return _SORTED.encode(value)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a verdict."""
    schema = msgspec.json.schema(Verdict, schema_hook=_schema_of)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "credcheck.verdict/1",
        **schema,
    }
