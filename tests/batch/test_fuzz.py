"""Journals and saved results of any content: refused, named, or the same; never another answer."""

import contextlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credcheck._util.errors import InputError
from credcheck.audit.replay import Replay
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.journal import JournalError
from credcheck.runs.results import ResultsError, header_from_line, open_results, read_lines
from credcheck.runs.results import read_header_line as read_first
from tests.support.build import STANDARD
from tests.support.journals import finish, stopped, undisturbed
from tests.support.saved import saved_lines

FAST = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SQL = (
    *("NULL", "''", "x''", "0", "-1", "1e308", "9223372036854775807", "zeroblob(64)", "'meets'"),
    *("randomblob(16)", "char(0)", "'\ud7ff'"),
)
COLUMNS = {
    "plan": ("row", "key", "npi", "person", "query"),
    "asked": ("row", "copies"),
    "same": ("row", "first"),
    "verdict": ("row", "outcome", "again", "block", "place"),
    "block": ("id", "digest", "stubs", "packed"),
    "meta": ("name", "value"),
}
CELLS = [(table, column) for table, columns in COLUMNS.items() for column in columns]


@st.composite
def damages(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw what becomes of a file: bytes changed, cut out, doubled, moved or put in."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        size = draw(st.sampled_from([1, 1, 2, 16, 100, 512, 4096, 10_000]))
        piece = bytes(data[start : start + size])
        put = st.one_of(
            st.just(b""), st.just(bytes(len(piece))), st.just(piece * 2), st.binary(max_size=40)
        )
        data[start : start + size] = draw(put)
    return bytes(data)


@FAST
@given(st.data())
@pytest.mark.slow
def test_a_journal_of_other_bytes(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "j"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"j{suffix}").unlink(missing_ok=True)
    path.write_bytes(data.draw(damages(stopped())))
    with contextlib.suppress(JournalError):
        assert finish(path) == undisturbed()


@FAST
@given(
    edits=st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(SQL)), min_size=1, max_size=3)
)
def test_a_journal_of_other_cells(tmp_path: Path, edits: list[tuple[tuple[str, str], str]]) -> None:
    path = tmp_path / "j"
    path.write_bytes(stopped())
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for (table, column), value in edits:
            with contextlib.suppress(sqlite3.Error):
                db.execute(f"UPDATE OR REPLACE {table} SET {column} = {value}")  # noqa: S608
    with contextlib.suppress(JournalError):
        assert finish(path) == undisturbed()


def judge_again(path: Path) -> bool:
    """Tell whether replay finds a file as it was written. Raises InputError."""
    first = read_first(path)
    again = Replay(first, header_from_line(path, first), STANDARD)
    lines = list(again.judge(read_lines(path)))
    return not again.check_header() and not any(each.differences for each in lines)


@FAST
@given(st.data())
def test_results_of_other_bytes(tmp_path: Path, data: st.DataObject) -> None:
    path, whole = tmp_path / "r.ndjson", b"".join(saved_lines())
    changed = data.draw(damages(whole))
    path.write_bytes(changed)
    with contextlib.suppress(InputError):
        assert not judge_again(path) or changed == whole
    with contextlib.suppress(InputError):
        for _ in open_results(path, sealed=True):
            pass


def leaves(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the ways to all values of a JSON document."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [way, *(found for key, each in inner for found in leaves(each, (*way, key)))]


ANY = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.just([]), st.just({}),
    st.sampled_from(["9999-12-31", "0000-00-00", "\ud800", "meets", "e1", "\x00", "1" * 5000, "NaN"]),
)  # fmt: skip


@FAST
@given(st.data())
@pytest.mark.slow
def test_results_of_other_values(tmp_path: Path, data: st.DataObject) -> None:
    """One value of one line is another one: refused, or named by replay; no report breaks of it."""
    path, lines = tmp_path / "r.ndjson", list(saved_lines())
    number = data.draw(st.integers(0, len(lines) - 1))
    line = json.loads(lines[number])
    *way, last = data.draw(st.sampled_from([way for way in leaves(line) if way]))
    place = line
    for step in way:
        place = place[step]
    place[last] = data.draw(ANY)
    lines[number] = json.dumps(line, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(b"".join(lines))
    with contextlib.suppress(InputError):
        assert not judge_again(path) or b"".join(lines) == b"".join(saved_lines())
    with contextlib.suppress(InputError):
        results = open_results(path)
        for form in formats().values():
            with (tmp_path / "out").open("wb") as out:
                form.write(results, out, ReportContext(width=80))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\0" * 999, b"{" * 9999, b"[" * 200_000, b"\xff\n"]
)
def test_what_is_no_file_of_results(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.ndjson"
    path.write_bytes(content)
    with pytest.raises(ResultsError):
        open_results(path)
    header = saved_lines()[0]
    path.write_bytes(header + content)
    with pytest.raises(ResultsError):
        list(open_results(path))
