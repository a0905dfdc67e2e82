"""NPPES answers as they come over the wire: strict on shape, tolerant of scalars.

Shapes: NPI Registry API v2.1. Numbers were integers until 2021 and are texts now; optional keys are
missing, not null; null occurs in taxonomies. An answer that refuses comes with status 200 and
``Errors`` in place of ``results``.
"""

import json
from typing import Any, NoReturn

import msgspec

from credcheck._util.text import escape_control

_QUOTED = 200


class MalformedResponse(Exception):
    """The answer is not what NPPES answers with; asking again may help."""


class UnexpectedSchema(Exception):
    """The answer is JSON, but not of the shape that is known; asking again does not help."""


class RawError(msgspec.Struct, frozen=True):
    """One refusal. ``number`` is two digits."""

    description: str = ""
    field: str = ""
    number: str = ""


class Refused(Exception):
    """NPPES answered with Errors. ``errors`` holds them as they came."""

    def __init__(self, errors: list[RawError]) -> None:
        """Quote every error word for word."""
        said = "; ".join(f"{e.description} (error {e.number}, {e.field})" for e in errors)
        super().__init__(f"NPPES refused: {said or 'without a reason'}")
        self.errors = errors


class RawName(msgspec.Struct, frozen=True):
    """An entry of ``other_names``."""

    code: str = ""
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    suffix: str | None = None
    organization_name: str | None = None


class RawBasic(msgspec.Struct, frozen=True):
    """The object ``basic``."""

    status: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    name_suffix: str | None = None
    credential: str | None = None
    organization_name: str | None = None
    enumeration_date: str | None = None
    last_updated: str | None = None
    deactivation_date: str | None = None
    reactivation_date: str | None = None
    replacement_npi: str | int | None = None


class RawAddress(msgspec.Struct, frozen=True):
    """An entry of ``addresses`` or ``practiceLocations``; the order varies."""

    address_purpose: str | None = None
    city: str | None = None
    state: str | None = None


class RawTaxonomy(msgspec.Struct, frozen=True):
    """An entry of ``taxonomies``."""

    code: str | None = None
    primary: bool | None = None
    license: str | None = None
    state: str | None = None


class RawResult(msgspec.Struct, frozen=True):
    """One record."""

    number: str | int
    enumeration_type: str | None = None
    basic: RawBasic = RawBasic()
    addresses: list[RawAddress] | None = None
    practice_locations: list[RawAddress] | None = msgspec.field(
        default=None, name="practiceLocations"
    )
    taxonomies: list[RawTaxonomy] | None = None
    other_names: list[RawName] | None = None


class _RawAnswer(msgspec.Struct, frozen=True):
    result_count: int | None = None
    results: list[RawResult] | None = None
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
            f"the answer counts {answer.result_count} results but holds {len(answer.results)}"
        )
    return answer.results


def _decode_json(body: bytes) -> _RawAnswer:
    text = _decode_text(body)
    if not text.strip():
        raise MalformedResponse("empty answer")
    if text.lstrip().startswith("<"):
        raise MalformedResponse(
            f"answered with HTML, not JSON (status 200): {_quote_beginning(text)}"
        )
    try:
        answer = _DECODER.decode(body)
        json.loads(text, object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)
    except msgspec.ValidationError as error:
        raise UnexpectedSchema(f"the answer's shape has changed: {error}") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MalformedResponse(
            f"the answer is not JSON ({error}): {_quote_beginning(text)}"
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
