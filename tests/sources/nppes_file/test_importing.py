"""What is imported, from which files, and what is refused."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from credcheck.source import SourceFailed
from credcheck.storage.snapshots import Store, StoreLocked
from credcheck.tables import UnusableTable
from credcheck_sources.nppes_file.database import FILE
from tests.sources.nppes_file.imported import brought_in, record, registry
from tests.support.dissemination import (
    HEADER,
    LOCATIONS,
    MONTHLY,
    OTHER_NAMES,
    gone,
    individual,
    text,
    write,
    zipped,
)

ALMA, BORIS, CARLA = "2000001075", "2000001083", "2000001091"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_the_manifest_says_what_was_read_and_kept(tmp_path: Path, store: Path) -> None:
    rows = [
        individual(ALMA, "ABERNATHY", "ALMA"),
        gone(BORIS, "03/15/2024"),
        {"NPI": CARLA, "Entity Type Code": "2"},
        individual("2000001076", "WRONG", "DIGIT"),
    ]
    info = brought_in(store, write(tmp_path, rows), force=True)
    assert info.as_of == dt.date(2026, 11, 8)
    assert info.kept == {"individuals": 1, "organizations": 1, "deactivated": 1}
    assert (info.rows, info.rejected) == (4, 1)
    assert info.rejects == (f"{MONTHLY} row 4: '2000001076' is not an NPI",)
    assert Store(store).current("nppes") == info


def test_a_row_of_another_width_is_rejected_and_the_rest_is_read(
    tmp_path: Path, store: Path
) -> None:
    path = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")])
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], '"2000001083","1"', lines[1]]) + "\n")
    info = brought_in(store, path, force=True)
    assert info.rejects == (f"{MONTHLY} row 1: has 2 cells, the header has 330",)
    assert record(registry(store), ALMA)


@pytest.mark.parametrize(
    ("wrong", "right", "refused"), [(1, 98, True), (1, 99, False), (2, 98, True)]
)
def test_a_file_with_more_than_one_row_in_a_hundred_rejected_is_refused(
    wrong: int, right: int, refused: bool, tmp_path: Path, store: Path
) -> None:
    rows = [individual("2000001076", "WRONG", "DIGIT")] * wrong
    path = write(tmp_path, rows + [individual(ALMA, "ABERNATHY", "ALMA")] * right)
    if refused:
        with pytest.raises(UnusableTable, match=r"cannot be read.*--force"):
            brought_in(store, path)
    else:
        assert brought_in(store, path).rejected == wrong


def test_a_file_that_ends_in_the_midst_of_a_row_is_refused(tmp_path: Path, store: Path) -> None:
    path = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")] * 2)
    path.write_text(path.read_text()[:-400])
    with pytest.raises(UnusableTable, match="cut off"):
        brought_in(store, path)


@pytest.mark.parametrize("name", ["Provider License Number_7", "Provider Other Last Name", "NPI"])
def test_a_column_that_is_missing_is_named(name: str, tmp_path: Path, store: Path) -> None:
    header = [column for column in HEADER if column != name]
    path = tmp_path / MONTHLY
    path.write_text(text([individual(ALMA, "ABERNATHY", "ALMA")], header))
    with pytest.raises(UnusableTable, match=name):
        brought_in(store, path)


def test_columns_are_found_by_name_in_any_order(tmp_path: Path, store: Path) -> None:
    path = tmp_path / MONTHLY
    header = [name.replace(" ", "  ").upper() for name in reversed(HEADER)]
    rows = [
        {name.replace(" ", "  ").upper(): cell for name, cell in row.items()}
        for row in [individual(ALMA, "ABERNATHY", "ALMA")]
    ]
    path.write_text(text(rows, header))
    brought_in(store, path)
    found = record(registry(store), ALMA)
    assert found is not None
    assert found.names[0].last == "ABERNATHY"


def test_marks_for_nothing_are_nothing(tmp_path: Path, store: Path) -> None:
    row = individual(ALMA, "ABERNATHY", "ALMA", license="$$$$$$$$$", license_state="OH")
    row["Provider Middle Name"] = "<UNAVAIL>"
    brought_in(store, write(tmp_path, [row]))
    found = record(registry(store), ALMA)
    assert found is not None
    assert found.names[0].middle == ""
    assert found.taxonomies[0].license is None


def test_all_fifteen_taxonomies_are_read_wherever_they_stand(tmp_path: Path, store: Path) -> None:
    row = individual(ALMA, "ABERNATHY", "ALMA")
    row["Healthcare Provider Taxonomy Code_15"] = "207LP2900X"
    row["Healthcare Provider Primary Taxonomy Switch_15"] = "N"
    row["Provider License Number_15"] = "35.1"
    row["Provider License Number State Code_15"] = "OH"
    brought_in(store, write(tmp_path, [row]))
    found = record(registry(store), ALMA)
    assert found is not None
    assert [(x.code, x.primary) for x in found.taxonomies] == [
        ("207L00000X", True),
        ("207LP2900X", False),
    ]
    assert found.taxonomies[1].license is not None


def test_the_zip_is_read_as_it_is_with_locations_and_other_names(
    tmp_path: Path, store: Path
) -> None:
    rows = [individual(ALMA, "ABERNATHY", "ALMA"), {"NPI": BORIS, "Entity Type Code": "2"}]
    place = {"NPI": ALMA, LOCATIONS[3]: "ERIE", LOCATIONS[4]: "PA"}
    name = {"NPI": BORIS, OTHER_NAMES[1]: "LAKE PAIN CENTER"}
    path = zipped(
        tmp_path / "NPPES_Data_Dissemination_November_2026_V2.zip",
        {
            MONTHLY: text(rows),
            "pl_pfile_20050523-20261108.csv": text([place, place], LOCATIONS),
            "othername_pfile_20050523-20261108.csv": text([name], OTHER_NAMES),
        },
    )
    info = brought_in(store, path)
    assert info.as_of == dt.date(2026, 11, 8)
    source = registry(store)
    alma, lake = record(source, ALMA), record(source, BORIS)
    assert alma is not None
    assert [str(place) for place in alma.places] == ["COLUMBUS, OH", "ERIE, PA"]
    assert lake is not None
    assert lake.organization_name == "LAKE PAIN CENTER"


@pytest.mark.parametrize("broken", ["cut", "bit", "no zip", "encrypted name"])
def test_a_damaged_zip_leaves_the_old_snapshot_in_use(
    broken: str, tmp_path: Path, store: Path
) -> None:
    before = brought_in(store, write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")]))
    people = [individual(BORIS, "BOWMAN", "BORIS")]
    path = zipped(tmp_path / "new.zip", {MONTHLY: text(people)})
    raw = bytearray(path.read_bytes())
    if broken == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    elif broken == "bit":
        raw[raw.index(b"npidata") + 300] ^= 0xFF
        path.write_bytes(raw)
    elif broken == "no zip":
        path.write_bytes(b"<html>maintenance</html>")
    else:
        path.write_bytes(raw.replace(b"npidata", b"nothing"))
    with pytest.raises(UnusableTable, match=r"new\.zip"):
        brought_in(store, path)
    assert Store(store).current("nppes") == before
    assert record(registry(store), ALMA)
    assert not list(store.glob("nppes/.building*"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "zip"])
def test_the_report_of_deactivated_numbers(kind: str, tmp_path: Path, store: Path) -> None:
    rows = [
        individual(ALMA, "ABERNATHY", "ALMA"),
        individual(BORIS, "BOWMAN", "BORIS", deactivated="01/01/2020", reactivated="06/01/2025"),
    ]
    brought_in(store, write(tmp_path, rows))
    brought_in(store, _report(tmp_path, kind), update=True, as_of=dt.date(2026, 11, 10))
    source = registry(store)
    found = {npi: record(source, npi) for npi in (ALMA, BORIS, CARLA)}
    assert {npi: x.status for npi, x in found.items() if x} == {
        ALMA: "deactivated",
        BORIS: "active",
        CARLA: "deactivated",
    }


def _report(folder: Path, kind: str) -> Path:
    days = [(ALMA, "10/30/2026"), (BORIS, "01/01/2020"), (CARLA, "02/02/2010")]
    name = "NPPES Deactivated NPI Report 20261110"
    if kind == "csv":
        header = ("NPI", "NPPES Deactivation Date")
        path = folder / f"{name}.csv"
        path.write_text(text([dict(zip(header, day, strict=True)) for day in days], header))
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DeactivatedNPIs"
    sheet.append(["NPPES Deactivated Records as of Nov 10 2026"])
    sheet.append(["NPI", "NPPES Deactivation Date"])
    for day in days:
        sheet.append(day)
    path = folder / f"{name}.xlsx"
    book.save(path)
    if kind == "zip":
        import zipfile

        packed = folder / "NPPES_Deactivated_NPI_Report_111026.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, path.name)
        return packed
    return path


def test_an_extract_is_read_and_what_it_lacks_is_told(tmp_path: Path, store: Path) -> None:
    header = [x for x in HEADER if "Taxonomy" not in x or x.endswith("_1")][:60]
    header += ["Healthcare Provider Taxonomy Code_1"]
    header += ["Healthcare Provider Primary Taxonomy Switch_1"]
    header = list(dict.fromkeys(header))
    path = tmp_path / "extract.csv"
    path.write_text(text([individual(ALMA, "ABERNATHY", "ALMA")], header))
    info = brought_in(store, path, as_of=dt.date(2026, 11, 8))
    assert any("an extract: it lacks" in note for note in info.notes)
    assert record(registry(store), ALMA)


def test_characters_that_are_not_utf8_are_counted(tmp_path: Path, store: Path) -> None:
    path = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")])
    path.write_bytes(path.read_bytes().replace(b"ABERNATHY", b"ABERN\xc3THY"))
    assert any("not UTF-8" in note for note in brought_in(store, path).notes)


@pytest.mark.slow
def test_a_far_smaller_or_older_file_is_not_taken_for_the_registry(
    tmp_path: Path, store: Path
) -> None:
    people = [individual(npi, "DOE", "JO") for npi in _numbers(10_100)]
    before = brought_in(store, write(tmp_path, people))
    few = write(tmp_path, people[:100], "npidata_pfile_20050523-20261213.csv")
    with pytest.raises(UnusableTable, match="weekly file"):
        brought_in(store, few)
    old = write(tmp_path, people, "npidata_pfile_20050523-20261011.csv")
    with pytest.raises(UnusableTable, match="older"):
        brought_in(store, old)
    assert Store(store).current("nppes") == before
    assert brought_in(store, few, force=True).as_of == dt.date(2026, 12, 13)


def _numbers(count: int) -> list[str]:
    from credcheck.model.npi import check_digit

    return [f"{nine}{check_digit(str(nine))}" for nine in range(210_000_000, 210_000_000 + count)]


def test_two_imports_at_once_are_refused(tmp_path: Path, store: Path) -> None:
    path = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")])
    with Store(store).building("nppes"), pytest.raises(StoreLocked, match="another import"):
        brought_in(store, path)


def test_progress_is_told_in_bytes_up_to_the_end(tmp_path: Path, store: Path) -> None:
    path = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")])
    seen: list[tuple[int, int]] = []
    brought_in(store, path, show=lambda progress: seen.append(progress[:2]))
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


@pytest.mark.parametrize("damaged", [FILE, "manifest.json"])
def test_a_damaged_snapshot_is_mended_by_importing_the_same_file_again(
    damaged: str, tmp_path: Path, store: Path
) -> None:
    file = write(tmp_path, [individual(ALMA, "ABERNATHY", "ALMA")])
    info = brought_in(store, file)
    (Store(store).path(info) / damaged).write_bytes(b"not what it was")
    with pytest.raises(SourceFailed, match="import"):
        record(registry(store), ALMA)
    assert brought_in(store, file, force=True).id == info.id
    assert record(registry(store), ALMA) is not None
