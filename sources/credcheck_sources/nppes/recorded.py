"""Recorded records in place of the network: NPPES as a function of its records and a question.

It answers as the API is known to: a number alone finds its record, a name finds legal and other
names, the state of any address counts, and a page has at most 200 rows.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

Raw = Mapping[str, Any]


def load_records(path: Path) -> list[Raw]:
    """Read a file of records: a list of them, or an API answer. Raises ValueError, OSError."""
    content = json.loads(path.read_text(encoding="utf-8"))
    records = content.get("results") if isinstance(content, dict) else content
    if not isinstance(records, list):
        raise ValueError(f"{path.name} has no list of NPPES records")  # noqa: TRY004
    if not all(isinstance(each, dict) and "number" in each for each in records):
        raise ValueError(f"{path.name} has a record without a number")
    return records


def answer(records: Sequence[Raw], question: Mapping[str, str]) -> dict[str, Any]:
    """Return what NPPES would answer."""
    if question.get("version") != "2.1":
        return _read_refusal("version", "17", "Unsupported Version")
    criteria = {key: value for key, value in question.items() if key in _TESTS and value}
    if not criteria:
        return _read_refusal("generic", "04", "No valid search criteria provided")
    if set(criteria) == {"state"}:
        return _read_refusal("state", "07", "Field state requires additional search criteria")
    found = [r for r in records if all(_TESTS[key](r, value) for key, value in criteria.items())]
    limit = min(int(question.get("limit") or 10), 200)
    skip = min(int(question.get("skip") or 0), 1000)
    page = found[skip : skip + limit]
    return {"result_count": len(page), "results": page}


class RecordedTransport(httpx.AsyncBaseTransport):
    """Answers requests from records, without any network."""

    def __init__(self, records: Sequence[Raw]) -> None:
        self._records = records
        self._by_number: dict[str, list[Raw]] = {}
        for record in records:
            self._by_number.setdefault(str(record["number"]), []).append(record)

    @property
    def whole(self) -> bytes:
        """All that was recorded, as one answer."""
        found = {"result_count": len(self._records), "results": list(self._records)}
        return json.dumps(found).encode()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        question = dict(request.url.params)
        number = question.get("number")
        records = self._by_number.get(number, []) if number else self._records
        body = json.dumps(answer(records, question)).encode()
        return httpx.Response(200, content=body, headers={"Content-Type": "application/json"})


def _number(record: Raw, wanted: str) -> bool:
    return str(record["number"]) == wanted


def _last_name(record: Raw, wanted: str) -> bool:
    return wanted.upper() in {name.get("last_name", "").upper() for name in _names(record)}


def _first_name(record: Raw, wanted: str) -> bool:
    return wanted.upper() in {name.get("first_name", "").upper() for name in _names(record)}


def _state(record: Raw, wanted: str) -> bool:
    places = [*record.get("addresses", ()), *record.get("practiceLocations", ())]
    return wanted.upper() in {place.get("state", "").upper() for place in places}


def _type(record: Raw, wanted: str) -> bool:
    return bool(record.get("enumeration_type") == wanted)


_TESTS = {
    "number": _number,
    "last_name": _last_name,
    "first_name": _first_name,
    "state": _state,
    "enumeration_type": _type,
}


def _names(record: Raw) -> list[Raw]:
    return [record.get("basic", {}), *record.get("other_names", ())]


def _read_refusal(field: str, number: str, description: str) -> dict[str, Any]:
    return {"Errors": [{"description": description, "field": field, "number": number}]}
