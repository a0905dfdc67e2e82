"""``book add --row``: the beginning of a digest is enough where it fits one row of the person."""

from pathlib import Path

import pytest

from credcheck._util.errors import UsageError
from credcheck.book.book import Book
from credcheck.cli.find_row import find_row
from credcheck.model import EvidenceKind, Verdict
from credcheck.runs.results import open_results
from tests.support.book import new_book, settled
from tests.support.build import NPI
from tests.support.saved import saved_lines

ONE, TWO = "a1b2c3d4" + "0" * 56, "a1b2c3d4" + "f" * 56


def book(tmp_path: Path, *rows: str) -> Book:
    return new_book(tmp_path / "book", *(settled(row=row) for row in rows)).read()


@pytest.mark.parametrize("named", [ONE, ONE[:8], ONE[:20], f" {ONE[:9].upper()} "])
def test_the_beginning_of_one_row_is_enough(tmp_path: Path, named: str) -> None:
    assert find_row(named, str(NPI), book(tmp_path, ONE), None) == ONE


@pytest.mark.parametrize("named", ["a1b2c3d", "", "a1b2c3dz", "%" * 8, "a1b2c3d4" * 9])
def test_what_is_no_beginning_is_refused(tmp_path: Path, named: str) -> None:
    with pytest.raises(UsageError, match="at least 8 of its hex digits"):
        find_row(named, str(NPI), book(tmp_path, ONE), None)


def test_one_of_several_is_refused(tmp_path: Path) -> None:
    both = book(tmp_path, ONE, TWO)
    with pytest.raises(UsageError, match="beginning of 2 rows"):
        find_row(ONE[:8], str(NPI), both, None)
    assert find_row(TWO[:9], str(NPI), both, None) == TWO


def test_a_row_of_another_person_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no row of NPI 2100000019 begins so in the book"):
        find_row(ONE[:8], "2100000019", book(tmp_path, ONE), None)


def test_rows_are_found_in_saved_results(tmp_path: Path) -> None:
    path = tmp_path / "november.ndjson"
    path.write_bytes(b"".join(saved_lines()))
    verdict, digest = next(x for each in open_results(path) for x in records(each))
    empty = book(tmp_path)
    assert find_row(digest[:12], str(verdict.npi), empty, path) == digest
    with pytest.raises(UsageError, match="begins so in"):
        find_row("0" * 8, str(verdict.npi), empty, path)


def records(verdict: Verdict) -> list[tuple[Verdict, str]]:
    own = [x for x in verdict.evidence if x.__struct_config__.tag != EvidenceKind.REGISTRATION]
    return [(verdict, x.provenance.sha256) for x in own if verdict.npi]
