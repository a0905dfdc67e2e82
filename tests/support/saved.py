"""A real file of results with every kind of row, as batch writes it; and edits of it."""

import copy
import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from credcheck.audit.replay import Replay
from credcheck.demo import DEMO_AS_OF, demo_folder
from credcheck.model import Query, header_from_json, to_json, verdict_from_json
from credcheck.runs.engine import plan
from credcheck.runs.journal import Journal
from credcheck.runs.results import Line, ResultsSeal, seal_header
from credcheck.runs.roster import Roster, open_roster
from credcheck.tables import ReadOptions
from credcheck.verify.pipeline import verify
from tests.support.build import STANDARD
from tests.support.runs import header
from tests.support.world import open_world

Way = tuple[str | int, ...]
"""The way to a leaf of a JSON document."""

_WORDS = (
    *("npi", "name", "license", "program_code", "program_name", "match", "ambiguous", "conflict"),
    *("no_match", "ok", "failed", "stale", "skipped", "primary", "secondary", "self_reported"),
    *("complete", "partial", "met", "not_met", "unverified", "meets", "does_not_meet", "required"),
    *("advisory", "individual", "organization", "active", "deactivated", "full", "none", "current"),
    *("former", "professional", "other", "time_limited", "continuous", "general", "subspecialty"),
    *("registration", "program"),
)
_COLUMNS = ("id", "npi", "last_name", "first_name", "city", "state", "Unit")


@cache
def saved_lines() -> tuple[bytes, ...]:
    """Return a file's lines: people asked for by number and by name, and rows that are unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        path.write_text(_roster_text(), encoding="utf-8")
        roster = open_roster(path, ReadOptions(), {})
        queries = _plan(roster, Path(folder) / "journal")
        verdicts = list(verify(queries, open_world(demo_folder()), STANDARD, DEMO_AS_OF))
        lines = [to_json(verdict) + b"\n" for verdict in verdicts]
        unsealed = header(verdicts, DEMO_AS_OF)
        outcomes = dict(sorted(unsealed.outcomes.items()))
        sealed = seal_header(replace(unsealed, roster=roster.ref(), outcomes=outcomes), lines)
    return (to_json(sealed) + b"\n", *lines)


def _plan(roster: Roster, path: Path) -> list[Query]:
    journal = Journal.create(path)
    plan(roster, journal)
    queries = list(journal.queries())
    journal.close()
    return queries


def _roster_text() -> str:
    """Return the demo's people, every third without number, and rows that cannot be asked."""
    out = io.StringIO()
    with (demo_folder() / "roster.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    rows = [
        [x["Staff ID"] if n % 4 else "", x["NPI"] if n % 3 else "", x["Last Name"], x["First Name"]]
        for n, x in enumerate(people)
    ]
    one, other = people[1]["NPI"], people[2]["NPI"]
    rows += [["bad", "12345", "", ""], ["nobody", "", "", ""], ["wild", "", "Do*", "J"]]
    rows += [["a", one, "Zed", "Yan"], ["b", other, "Roe", "Bob"], ["c", other, "Coe", "Carl"]]
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([*row, "", "OH" if n % 2 else "", f"u{n}"] for n, row in enumerate(rows))
    return out.getvalue() + "one,cell,too,few\n"


def dump(document: Any) -> bytes:
    """Write a document as credcheck does."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def reseal(head: Any, lines: Sequence[bytes]) -> bytes:
    """Return the header's line with the right seal: what somebody does who rewrites a file."""
    seal = ResultsSeal(dump(head))
    for line in lines:
        seal.add(line)
    return dump({**head, "seal": seal.text})


def differences(head: bytes, lines: Sequence[bytes]) -> list[str]:
    """Return all that replay says of a file."""
    again = Replay(head, header_from_json(head), STANDARD)
    numbered = enumerate(lines, 2)
    judged = again.judge(Line(n, line[:-1], verdict_from_json(line)) for n, line in numbered)
    told = [each for result in judged for each in result.differences]
    return [*told, *again.check_header()]


def list_leaves(document: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Yield every value that is no object or array, with the way to it."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield from list_leaves(value, (*way, name))
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from list_leaves(value, (*way, place))
    else:
        yield way, document


def with_leaf(document: Any, way: Way, value: Any) -> Any:
    """Return a copy of a document with another value at one place."""
    changed = copy.deepcopy(document)
    inner = changed
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    return changed


def shape(way: Way) -> str:
    """Return a way without the places in lists: ``evidence.*.record.expires``."""
    return ".".join("*" if isinstance(step, int) else step for step in way)


def list_edits(value: Any, seen: Sequence[Any]) -> Iterator[Any]:
    """Yield other values: such as stand there elsewhere, words of the model, and others."""
    yield from (other for other in seen if other != value)
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str):
        if re.match(r"\d{4}-\d\d-\d\d", value):
            yield f"{int(value[:4]) - 1}{value[4:]}"
        yield from (word for word in _WORDS if word != value)
        yield from (f"{value}x", "0" * 64)
    else:
        yield from ("x", 1, "2020-01-01")
