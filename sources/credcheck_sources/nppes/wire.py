"""NPPES answers as they come over the wire: strict on shape, tolerant of scalars.

Shapes: NPI Registry API v2.1. Numbers were integers until 2021 and are texts now; optional keys are
missing, not null; null occurs in taxonomies. An answer that refuses comes with status 200 and
``Errors`` in place of ``results``.
"""

import json
from typing import Annotated, Any, NoReturn

import msgspec

from credcheck._util.text import escape_control, shorten
from credcheck_sources.nppes.page import describe_page

_QUOTED = 200
_QUOTED_ERRORS = 5

# NPPES's own longest is a name of an organization, with 100 letters. More is no answer of NPPES, and
# comparing names takes time that grows with their square.
Text = Annotated[str, msgspec.Meta(max_length=300)]
Number = Annotated[str, msgspec.Meta(max_length=20)] | int


class MalformedResponse(Exception):
    """The answer is not what NPPES answers with; asking again may help."""


class UnexpectedSchema(Exception):
    """The answer is JSON, but not of the shape that is known; asking again does not help."""


class RawError(msgspec.Struct, frozen=True):
    """One refusal. ``number`` is two digits."""

    description: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    field: Text = ""
    number: Text = ""


class Refused(Exception):
    """NPPES answered with Errors. ``errors`` holds them as they came."""

    def __init__(self, errors: list[RawError]) -> None:
        """Quote every error word for word."""
        said = "; ".join(map(_describe_error, errors[:_QUOTED_ERRORS]))
        super().__init__(f"NPPES refused: {said or 'no reason given'}")
        self.errors = errors


def _describe_error(error: RawError) -> str:
    return f"{shorten(error.description)} (error {error.number}, {error.field})"


class RawName(msgspec.Struct, frozen=True):
    """An entry of ``other_names``."""

    code: Text = ""
    first_name: Text | None = None
    middle_name: Text | None = None
    last_name: Text | None = None
    suffix: Text | None = None
    organization_name: Text | None = None


class RawBasic(msgspec.Struct, frozen=True):
    """The object ``basic``."""

    status: Text | None = None
    first_name: Text | None = None
    middle_name: Text | None = None
    last_name: Text | None = None
    name_suffix: Text | None = None
    credential: Text | None = None
    organization_name: Text | None = None
    enumeration_date: Text | None = None
    last_updated: Text | None = None
    deactivation_date: Text | None = None
    reactivation_date: Text | None = None
    replacement_npi: Number | None = None


class RawAddress(msgspec.Struct, frozen=True):
    """An entry of ``addresses`` or ``practiceLocations``; the order varies."""

    address_purpose: Text | None = None
    city: Text | None = None
    state: Text | None = None
    postal_code: Text | None = None


Places = Annotated[list[RawAddress], msgspec.Meta(max_length=5_000)]


class RawTaxonomy(msgspec.Struct, frozen=True):
    """An entry of ``taxonomies``."""

    code: Text | None = None
    primary: bool | None = None
    license: Text | None = None
    state: Text | None = None


class RawResult(msgspec.Struct, frozen=True):
    """One record."""

    number: Number
    enumeration_type: Text | None = None
    basic: RawBasic = RawBasic()
    addresses: Places | None = None
    practice_locations: Places | None = msgspec.field(default=None, name="practiceLocations")
    taxonomies: Annotated[list[RawTaxonomy], msgspec.Meta(max_length=200)] | None = None
    other_names: Annotated[list[RawName], msgspec.Meta(max_length=200)] | None = None


class _RawAnswer(msgspec.Struct, frozen=True):
    result_count: int | None = None
    results: Annotated[list[RawResult], msgspec.Meta(max_length=200)] | None = None
    errors: list[RawError] | None = msgspec.field(default=None, name="Errors")


_DECODER = msgspec.json.Decoder(_RawAnswer)


def read_answer(body: bytes) -> list[RawResult]:
    """Return the records of an answer.

    Raises Refused for Errors, Garbled for what is no JSON of NPPES at all, and UnexpectedSchema for
    JSON without a results list, with keys twice, or with a count that disagrees with the rows.
    """
    answer = _decode_json(body)
    if answer.errors is not None:
        raise Refused(answer.errors)
    if answer.results is None:
        raise UnexpectedSchema("the answer has no results list")
    if answer.result_count != len(answer.results):
        raise MalformedResponse(
            f"the answer claims {answer.result_count} results but has {len(answer.results)}"
        )
    return answer.results


def _decode_json(body: bytes) -> _RawAnswer:
    text = _decode_text(body)
    if not text.strip():
        raise MalformedResponse("empty answer")
    if text.lstrip().startswith("<"):
        raise MalformedResponse(
            f"answered with HTML, not JSON (status 200): {describe_page(body, {})}"
        )
    try:
        answer = _DECODER.decode(text)  # without the mark of UTF-8 that may begin the body
        json.loads(text, object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)
    except msgspec.ValidationError as error:
        raise UnexpectedSchema(f"the answer's shape has changed: {shorten(str(error))}") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MalformedResponse(
            f"the answer is not JSON ({shorten(str(error))}): {_quote_beginning(text)}"
        ) from error
    return answer


def _decode_text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedResponse("the answer is not valid UTF-8") from error


def _quote_beginning(text: str) -> str:
    return escape_control(text[:_QUOTED].strip())


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key appears twice")
    return keys


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
