"""The model as JSON and back, and its JSON Schema."""

import datetime as dt
from functools import cache
from typing import Any, TypeVar

import msgspec

from credcheck._util.text import escape_control_json
from credcheck.model.dates import PartialDate
from credcheck.model.query import Query
from credcheck.model.verdict import RunHeader, Verdict

Decoded = TypeVar("Decoded", Verdict, RunHeader, Query)
Wanted = TypeVar("Wanted")
Value = TypeVar("Value")

_PARTIAL_DATE_SCHEMA = {
    "type": "string",
    "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "A date known to the year, the month or the day.",
}


def encode_date(value: object) -> object:
    """Return a partial date as text: the one value of the model that msgspec has no form for."""
    if isinstance(value, PartialDate):
        return value.text
    raise NotImplementedError(f"JSON cannot hold a {type(value).__name__}")


def decode_date(wanted: type, value: object) -> object:
    """Read what ``encode_date`` wrote."""
    if wanted is PartialDate:
        if isinstance(value, dt.date):  # TOML has dates of its own
            return PartialDate.from_iso(value.isoformat())
        if not isinstance(value, str):
            raise ValueError("a date is written as text")
        return PartialDate.from_iso(value)
    raise NotImplementedError(f"cannot read a {wanted.__name__}")


def _schema_of(wanted: type) -> dict[str, Any]:
    if wanted is PartialDate:
        return _PARTIAL_DATE_SCHEMA
    raise NotImplementedError(f"no schema for {wanted.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=encode_date)
_SORTED = msgspec.json.Encoder(enc_hook=encode_date, order="sorted")


@cache
def _decoder(wanted: type[Decoded]) -> msgspec.json.Decoder[Decoded]:
    """Make a decoder when it is first needed: that of a verdict takes a while."""
    return msgspec.json.Decoder(wanted, dec_hook=decode_date)


def to_json(value: object) -> bytes:
    """Return one line of JSON without a line end: of a verdict, a line of NDJSON."""
    return escape_control_json(_ENCODER.encode(value))


def to_pretty_json(value: object) -> bytes:
    """Return the same JSON indented for people, with a line end."""
    return escape_control_json(msgspec.json.format(_ENCODER.encode(value), indent=2)) + b"\n"


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


def from_json(line: bytes, wanted: type[Wanted]) -> Wanted:
    """Read what ``canonical_json`` or ``to_json`` wrote of any model. Raises msgspec.MsgspecError."""
    return msgspec.json.decode(line, type=wanted, dec_hook=decode_date)


def convert_plain(value: object, wanted: type[Value]) -> Value:
    """Return dictionaries, lists and texts as a type of the model. Raises msgspec.ValidationError."""
    return msgspec.convert(value, wanted, dec_hook=decode_date)


def plain(value: object) -> Any:
    """Return the value as dictionaries, lists and texts."""
    return msgspec.to_builtins(value, enc_hook=encode_date)


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


_CACHE_SIZE = 1 << 12  # pieces

Pieces = tuple[bytes, ...]
"""A verdict's JSON in pieces; one that verdicts share is the same object in each of them."""


class VerdictWriter:
    """Writes verdicts just as ``to_json`` does.

    A roster's verdicts share their sources and most of their findings: these are the same objects,
    and their bytes are kept.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def after_query(self, verdict: Verdict) -> Pieces:
        """Return all that follows the query, which is each row's own."""
        if len(self._known) > _CACHE_SIZE:
            self._known.clear()
        return (
            b',"resolution":',
            self._encode_once(verdict.resolution),
            b',"physician":',
            to_json(verdict.physician),
            b',"standard":',
            self._encode_once(verdict.standard),
            b',"as_of":',
            self._encode_once(verdict.as_of),
            b',"outcome":',
            self._encode_once(verdict.outcome),
            b',"findings":',
            self._encode_once(verdict.findings),
            b',"paths":' + to_json(verdict.paths) if verdict.paths else b"",
            b',"context":' + to_json(verdict.context) if verdict.context else b"",
            b',"evidence":',
            to_json(verdict.evidence),
            b',"sources":',
            self._encode_once(verdict.sources),
            b"}",
        )

    def _encode_once(self, value: object) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._encode(value)  # held: its id is its own
        return known[1]

    def _encode(self, value: object) -> bytes:
        if isinstance(value, tuple):  # findings of one person may be those of many others, each
            return b"[" + b",".join(map(self._encode_once, value)) + b"]"
        return to_json(value)
