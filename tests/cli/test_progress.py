"""What is shown while large files are read: which one, and how much of it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcheck._util.progress import Progress, listen, name_phase, report_bytes
from credcheck.cli import progress
from credcheck_sources.listings.board_certificates import FORMAT
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.stored.opening import open_listing

HEADER = "last_name,first_name,state,board,certificate,status\n"
SIZE = 200_000  # bytes
ROW = "Abernathy,Alma,OH,American Board of Anesthesiology,Pain Medicine,Certified\n"


@pytest.fixture
def boards(tmp_path: Path) -> Path:
    path = tmp_path / "boards.csv"
    path.write_text(HEADER + ROW * (SIZE // len(ROW)))
    return path


def read(boards: Path) -> Iterator[Progress]:
    said: list[Progress] = []
    options = ListingOptions(path=str(boards), as_of=dt.date(2026, 11, 1))
    with listen(said.append):
        open_listing(boards, options, FORMAT, boards.parent / "store", "boards")
    yield from said


def test_every_reading_of_a_listing_is_told_to_its_end(boards: Path) -> None:
    told = list(read(boards))
    phases = list(dict.fromkeys(each.phase for each in told))
    assert phases == ["looking over boards.csv", "reading boards.csv", "indexing boards.csv"]
    for phase in phases:
        done = [each.done for each in told if each.phase == phase]
        assert done == sorted(done)
        assert done[-1] == boards.stat().st_size
        assert len(done) > 2
    assert {each.total for each in told} == {boards.stat().st_size}


def test_an_index_that_is_there_is_not_read_over_again(boards: Path) -> None:
    assert list(read(boards))
    assert list(read(boards)) == []


def test_what_is_read_for_nothing_in_particular_is_not_told(boards: Path) -> None:
    said: list[Progress] = []
    report_bytes(1, 2)
    with listen(said.append):
        report_bytes(1, 2)
        with name_phase("reading it"):
            report_bytes(1, 2)
    with name_phase("reading it"):
        report_bytes(2, 2)
    assert said == [Progress(1, 2, "reading it")]


@pytest.mark.parametrize(
    ("size", "quiet", "shown"),
    [
        (30_000_000, False, b"credcheck: reading it: 12 of 30 MB (40%)\n"),
        (30_000_000, True, b""),
        (1_000, False, b""),
    ],
)
def test_a_large_file_that_is_read_is_shown(
    size: int,
    quiet: bool,
    shown: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setattr(progress, "BETWEEN_LINES", 0.0)
    with progress.show_reading(quiet=quiet), name_phase("reading it"):
        report_bytes(size * 2 // 5, size)
    assert capsysbinary.readouterr() == (b"", shown)
