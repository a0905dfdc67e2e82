"""Replay: whatever is edited in a saved file is found, and most of it is named."""

import copy
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import pytest

from credcheck.model import header_from_json, verdict_from_json
from tests.support.saved import (
    Way,
    differences,
    dump,
    list_edits,
    list_leaves,
    reseal,
    saved_lines,
    shape,
    with_leaf,
)

ROWS = range(1, 57)

NOT_SEALED = {"started_at"}
"""What can be edited without a trace: when the run was made. The log of runs has it."""

NOT_DERIVED_IN_HEADER = {
    "started_at",  # the clock of the machine
    "version",  # which version made the run
    "projected",  # hangs on the day of the clock, which SOURCE_DATE_EPOCH may stand in for
    "roster.file",  # the roster is not in the file
    "roster.sha256",
    "roster.blank",
    "roster.columns",  # only which columns there are
    "roster.reading",
    "readings",  # nor are the files of the listings
}
NOT_EDITABLE_IN_HEADER = re.compile(r"schema|(.*\.)?reading(s\.\w+)?\.(schema|columns\.\*\.use)")
"""What the schema fixes."""

NOT_DERIVED = {
    "query.id",  # the user's own words
    "query.other",
    "query.name",  # of a row that could not be read
    "query.city",  # what narrows a name narrows nothing where the number is given
    "query.state",
    "query.license_number",
    "query.license_state",
    "query.line",
    "resolution.candidates",  # who else bears a name: the search is not in the file
    "evidence.*.record",  # the records themselves
    "evidence.*.problem",
    "evidence.*.provenance",
    "evidence.*.match",  # what a row said of whom it is about is not in the file, but for the NPI
    "sources.*",  # what a source said of itself
}
"""What only the seal tells of, and after a new seal only the log. docs/explanation/runs.md lists it."""


@cache
def documents() -> tuple[Any, ...]:
    return tuple(json.loads(line) for line in saved_lines())


@cache
def values() -> dict[str, list[Any]]:
    """Return a few values that stand at each place, over all lines."""
    seen: dict[str, list[Any]] = defaultdict(list)
    for document in documents()[1:]:
        for way, value in list_leaves(document):
            known = seen[shape(way)]
            if value not in known and len(known) < 3:
                known.append(value)
    return seen


def alone(row: int) -> tuple[Any, Any]:
    """Return the header and the verdict of a file that has this row alone."""
    head, verdict = copy.deepcopy(documents()[0]), copy.deepcopy(documents()[row])
    verdict["query"]["row"] = head["rows"] = 1
    head["outcomes"] = {verdict["outcome"]: 1}
    return head, verdict


def edit_leaf(document: Any, way: Way, value: Any, read: Any) -> Any | None:
    """Return the document with one leaf edited to something that can still be read."""
    for other in list_edits(value, values()[shape(way)]):
        edited = with_leaf(document, way, other)
        try:
            read(dump(edited))
        except (msgspec.MsgspecError, ValueError):
            continue
        return edited
    return None


def is_among(way: Way, shapes: set[str]) -> bool:
    return any(f"{shape(way)}.".startswith(f"{each}.") for each in shapes)


def replayed(*lines: bytes) -> list[str]:
    """Return what replay says of a file with these verdicts and a header that was sealed anew."""
    return differences(reseal(documents()[0], lines), lines)


def test_the_file_is_of_every_kind_and_is_replayed_as_it_stands() -> None:
    head, *lines = saved_lines()
    assert len(lines) == len(ROWS)
    assert differences(head, lines) == []
    verdicts = [verdict_from_json(line) for line in lines]
    assert {v.resolution.by for v in verdicts} == {"npi", "name"}
    assert {v.resolution.decision for v in verdicts} == {"match", "no_match", "conflict"}
    assert {v.outcome for v in verdicts} == {"meets", "does_not_meet", "unverified"}
    assert sum(v.query.problem is not None for v in verdicts) >= 5
    assert {x.match.decision for v in verdicts for x in v.evidence} >= {"match", "ambiguous"}


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
def test_every_leaf_of_a_line_that_is_edited_is_found(row: int) -> None:
    """With the old seal nothing is missed. With a new one, what is judged again still tells."""
    head, verdict = alone(row)
    line = dump(verdict)
    sealed = reseal(head, [line])
    assert differences(sealed, [line]) == []
    tried = 0
    for way, value in list_leaves(verdict):
        edited = edit_leaf(verdict, way, value, verdict_from_json)
        if edited is None:
            continue  # no other value can stand there: the schema
        tried += 1
        line = dump(edited)
        assert differences(sealed, [line]), shape(way)
        if not is_among(way, NOT_DERIVED):
            assert differences(reseal(head, [line]), [line]), shape(way)
    assert tried > 50


@pytest.mark.slow
def test_every_leaf_of_the_header_that_is_edited_is_found() -> None:
    lines, document = saved_lines()[1:], documents()[0]
    for way, value in list_leaves(document):
        edited = edit_leaf(document, way, value, header_from_json)
        if edited is None:
            assert NOT_EDITABLE_IN_HEADER.fullmatch(shape(way))
            continue
        if shape(way) not in NOT_SEALED:
            assert differences(dump(edited), lines), shape(way)
        if shape(way) != "seal" and not is_among(way, NOT_DERIVED_IN_HEADER):
            assert differences(reseal(edited, lines), lines), shape(way)


def rearrange(items: Sequence[Any]) -> list[list[Any]]:
    """Return a list with something taken out, added or moved."""
    one, two, *rest = items
    fewer = [[*items[1:]], [*items[:-1]], []]
    found = [*fewer, [*items, items[-1]], [*reversed(items)], [two, one, *rest]]
    return [each for each in found if each != list(items)]


@pytest.mark.parametrize("part", ["evidence", "findings", "sources"])
@pytest.mark.parametrize("row", [5, 14, 35, 40, 47])
@pytest.mark.slow(every_case=True)
def test_what_is_taken_out_added_or_moved_within_a_line_is_found(row: int, part: str) -> None:
    head, *lines = saved_lines()
    verdict = documents()[row]
    for other in rearrange(verdict[part]):
        edited = [*lines[: row - 1], dump({**verdict, part: other}), *lines[row:]]
        assert differences(head, edited)
        assert replayed(*edited), len(other)


def test_lines_that_are_taken_out_added_or_moved_are_found() -> None:
    head, *lines = saved_lines()
    for other in [*rearrange(lines), [*lines[:3], lines[7], *lines[4:]]]:
        assert differences(head, other)
        assert replayed(*other)


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("as_of",), "2026-11-02", "as_of: 2026-11-02 in the line, 2026-11-01 in the header"),
        (("standard", "version"), "0", "standard: the line and the header name different standards"),
        (("sources", 9, "coverage"), "complete", "coverage: complete in this line, partial"),
        (("sources", 9, "max_age_days"), 4000, "max_age_days: 4000 in this line"),
        (("sources", 8, "rows"), 4, "rows: 4 in this line"),
        (("query", "row"), 3, "query.row: 3 in the file, but this is verdict 5"),
        (("query", "line"), 5, "query.line: 5 in the file, after line 5"),
        (("query", "other"), {"Ward": "9"}, "query.other: columns that the header does not name"),
        (("query", "license_number"), "35.1", "the roster has no such column"),
        (("query", "npi"), "2100000050", "but the verdict is about 2100000050"),
        (("query", "npi"), "2100000051", "query.npi: 2100000051 is not an NPI"),
        (("query", "name"), "Jane Doe", "query.person: Emil Eastlake in the file"),
        (("physician", "npi"), "2100000050", "physician.npi: 2100000050 in the file, 2100000043"),
        (("physician", "name"), "JANE DOE", "physician.name: JANE DOE in the file, EMIL EAST"),
        (("resolution", "by"), "name", "resolution.by: name in the file, npi when checked again"),
        (("evidence", 1, "id"), "e9", "evidence[2].id: e9 in the file, but this is number 2"),
        (("evidence", 1, "source"), "us", "evidence[2].source: 'us' is not one of the sources"),
        (("evidence", 1, "authority"), "self_reported", "evidence[2].authority: self_reported"),
        (("evidence", 1, "match", "by"), "name", "evidence[2].match.by: name in the file"),
        (("evidence", 1, "provenance", "as_of"), "2026-10-31", "evidence[2].provenance.as_of"),
        (("sources", 8, "state"), "stale", "sources[permits].detail: missing"),
        (("sources", 8, "as_of"), "2020-01-01", "sources[permits].state: ok in the file"),
    ],
)  # fmt: skip
@pytest.mark.slow(every_case=True)
def test_what_does_not_agree_is_named(way: Way, value: Any, said: str) -> None:
    lines = saved_lines()[1:]
    edited = dump(with_leaf(documents()[5], way, value))
    told = replayed(*lines[:4], edited, *lines[5:])
    assert any(said in each for each in told), told


@pytest.mark.parametrize("place", [0, 3])
def test_other_bytes_for_the_same_values_are_found(place: int) -> None:
    lines = list(saved_lines())
    loose = json.dumps(documents()[place]).encode() + b"\n"
    twice = lines[place].replace(b'"as_of":', b'"as_of":"2020-01-01","as_of":', 1)
    more = lines[place].replace(b"{", b'{"note":"",', 1)
    for other in (loose, twice, more):
        changed = [*lines[:place], other, *lines[place + 1 :]]
        assert any("the bytes differ" in each for each in differences(changed[0], changed[1:]))


@pytest.mark.slow
def test_somebody_elses_verdict_under_ones_own_number_is_found() -> None:
    lines = saved_lines()[1:]
    good, other = documents()[8], documents()[9]
    for parts in (
        *(("physician",), ("query",), ("evidence",), ("findings",), ("physician", "query")),
        *(("physician", "evidence"), ("query", "findings"), ("evidence", "findings", "outcome")),
    ):
        edited = {**good, **{part: other[part] for part in parts}}
        edited["query"] = {**edited["query"], "row": 8, "line": 9}
        assert replayed(*lines[:7], dump(edited), *lines[8:]), parts


def test_a_file_without_a_seal_is_no_proof() -> None:
    head, *lines = saved_lines()
    bare = dump({**documents()[0], "seal": None})
    assert differences(bare, lines) == [
        "seal: missing, so fields that do not affect the verdict may have been changed"
    ]
    assert any("seal: it does not match" in each for each in differences(head, lines[1:]))
