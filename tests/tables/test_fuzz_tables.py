"""Whatever a file holds: its rows, or a refusal in one line. Never a crash, never a row lost."""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from credcheck._util.errors import InputError, UsageError
from credcheck.model.npi import is_valid
from credcheck.runs.roster import SCHEMA, open_roster
from credcheck.tables import ReadOptions, RejectedRow, TableOptions, UnusableTable, open_table
from credcheck.tables.read import read_table
from credcheck_sources.listings.generic import FORMATS
from credcheck_sources.listings.loader import load
from credcheck_sources.listings.options import ListingOptions

pytestmark = pytest.mark.slow
RUNS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

HEADERS = st.sampled_from(
    [
        *(
            "npi",
            "NPI #",
            "Group NPI",
            "Provider Name",
            "last name",
            "First",
            "state",
            "Status",
            "",
        ),
        *(
            "Issued",
            "expires",
            "board",
            "Certificate",
            "program code",
            "specialty",
            "Effective Date",
        ),
        *("Total", "2000001075", "notes", "DOB", "code", "services", "topic", "Exp. Date"),
    ]
)
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(
        [
            *(
                "2000001075",
                "2000001075.0",
                "2000001075; 2100000019",
                "5.30E+09",
                "N/A",
                "-",
                "'-S-1",
            ),
            *("Doe, Jane", "Jane Q. Doe MD", "Certified", "03/04/2026", "31/12/2026", "2026-02-30"),
            *("Total: 3 records", "=1+1", "#REF!", "a" * 1_100, "American Board of Anesthesiology"),
            *(
                "Pain Medicine",
                "0402221001",
                "Continued Accreditation",
                "1/1/1900 12:00 AM",
                '"',
                "\n",
            ),
        ]
    ),
)
GRIDS = st.tuples(
    st.lists(st.lists(CELLS, max_size=3), max_size=3),
    st.lists(HEADERS, min_size=1, max_size=7),
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
)
Grid = tuple[list[list[str]], list[str], list[list[str]]]


def write_csv(path: Path, grid: Grid) -> Path:
    titles, header, rows = grid
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*titles, header, *rows])
    return path


def write_xlsx(path: Path, grid: Grid) -> Path:
    titles, header, rows = grid
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*titles, header, *rows):
        sheet.append(["".join(c for c in cell if c >= " ") for cell in row])
    book.save(path)
    return path


def check_refusal(error: Exception) -> None:
    assert str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@RUNS
@given(grid=GRIDS)
def test_a_roster_is_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, grid: Grid
) -> None:
    write = write_csv if kind == "csv" else write_xlsx
    path = write(tmp_path_factory.mktemp("r") / f"r.{kind}", grid)
    try:
        roster = open_roster(path, ReadOptions(), {})
        queries = list(roster.queries())
    except (InputError, UsageError) as error:
        check_refusal(error)
        return
    assert len(queries) == roster.reading.rows
    assert [query.row for query in queries] == list(range(1, len(queries) + 1))
    for query in queries:
        assert query.npi is None or is_valid(query.npi)
        assert query.npi or query.person or query.problem


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@RUNS
@given(grid=GRIDS)
def test_a_listing_is_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, form: str, kind: str, grid: Grid
) -> None:
    write = write_csv if kind == "csv" else write_xlsx
    path = write(tmp_path_factory.mktemp("l") / f"l.{kind}", grid)
    try:
        loaded = load(path, ListingOptions(path=path.name), FORMATS[form])
    except UnusableTable as error:
        check_refusal(error)
        return
    reading = loaded.reading
    assert reading is not None
    assert reading.rows == loaded.snapshot.rows
    assert reading.rejected == len(loaded.snapshot.rejects)
    for number in range(1, reading.rows + 1):
        entry = loaded.entry(number)
        assert entry.record is not None or entry.problem


@RUNS
@given(grid=GRIDS)
def test_a_reading_is_a_function_of_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, grid: Grid
) -> None:
    path = write_csv(tmp_path_factory.mktemp("r") / "r.csv", grid)
    try:
        one = read_table(path, SCHEMA, TableOptions(), ReadOptions())
    except (InputError, UsageError):
        return
    two = read_table(path, SCHEMA, TableOptions(), ReadOptions())
    assert one.reading == two.reading
    assert list(one.rows()) == list(one.rows()) == list(two.rows())


@RUNS
@given(data=st.data())
def test_a_workbook_with_any_byte_changed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("x")
    rows = [["npi", "name"], ["2000001075", "Doe"], ["2100000019", "Roe"]]
    path = write_xlsx(folder / "r.xlsx", ([], rows[0], rows[1:]))
    member = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    content = bytearray(members[member])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    members[member] = bytes(content)
    with zipfile.ZipFile(path, "w") as archive:
        for name, each in members.items():
            archive.writestr(name, each)
    try:
        found = list(open_table(path).rows())
    except UnusableTable:
        return
    assert len({row.number for row in found}) == len(found)
    assert [row.line for row in found] == sorted({row.line for row in found})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | CELLS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(HEADERS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["r.json", "r.ndjson", "r.csv"])
@RUNS
@given(document=JSON)
def test_any_json_is_rows_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, name: str, document: object
) -> None:
    path = tmp_path_factory.mktemp("j") / name
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    try:
        table = open_table(path)
        for row in table.rows():
            assert isinstance(row, RejectedRow) or len(row.cells) == len(table.header)
    except UnusableTable as error:
        check_refusal(error)
