"""NPIs as people and spreadsheets write them, through the command."""

from pathlib import Path

import pytest

from credcheck.model.npi import NpiError, read_cell
from tests.badinputs.world import FILES, GARCIA, GOOD_REGISTRY, judged, verify, world
from tests.support.cli import Ran, credcheck
from tests.support.registry import serving

pytestmark = pytest.mark.slow


def first_cell(file: str) -> str:
    line = (FILES / file).read_text(encoding="utf-8").splitlines()[1]
    return line.split(",")[0]


def refused(tmp_path: Path, query: str) -> Ran:
    with serving(GOOD_REGISTRY) as running:
        ran = verify(tmp_path, running, query)
        assert not running.requests, "nothing is asked"
    assert (ran.status, ran.out) == (2, "")
    return ran


def test_bi_046_nine_digits(tmp_path: Path) -> None:
    cell = first_cell("roster_npi_9digits.csv")
    assert len(cell) == 9
    ran = refused(tmp_path, cell)
    assert "an NPI has 10 digits, this has 9" in ran.err
    assert cell not in ran.err, "it may be a Social Security number"


def test_bi_047_a_wrong_check_digit_shows_the_expected_one(tmp_path: Path) -> None:
    ran = refused(tmp_path, first_cell("roster_npi_luhn.csv"))
    assert "require 5" in ran.err
    assert "not found" not in ran.err


def test_bi_102_digits_lost_by_a_spreadsheet(tmp_path: Path) -> None:
    ran = refused(tmp_path, first_cell("roster_npi_sci.csv"))
    assert "lost digits" in ran.err
    assert "123457" not in ran.err.replace("1.23457E+09", "")


@pytest.mark.parametrize("file", ["roster_npi_float.csv", "roster_npi_apostrophe.csv"])
def test_bi_104_bi_105_what_a_spreadsheet_adds_is_taken_off(tmp_path: Path, file: str) -> None:
    cell = first_cell(file)
    assert cell != GARCIA
    assert read_cell(cell) == GARCIA
    with serving(GOOD_REGISTRY) as running:
        assert verify(tmp_path, running, cell).status == 0


def test_bi_108_full_width_digits() -> None:
    with pytest.raises(NpiError, match="digits of another script"):
        read_cell(first_cell("roster_npi_fullwidth.csv"))


def test_bi_111_a_name_in_place_of_a_number_says_how_the_person_was_found(tmp_path: Path) -> None:
    """A name that leads to exactly one person is judged (the contract of ``verify NAME``).

    The verdict says that the person was found by name, and which number it is about.
    """
    (verdict,) = judged(world(tmp_path), "Elena Garcia")
    assert verdict.resolution.by == "name"
    assert verdict.physician is not None
    assert verdict.physician.npi == GARCIA


def test_bi_241_ssn_and_birth_columns_are_not_read(tmp_path: Path) -> None:
    folder = world(tmp_path)
    text = (folder / "boards.csv").read_text(encoding="utf-8").splitlines()
    lines = [text[0] + ",ssn,dob", *(line + ",000-12-3456,1970-01-01" for line in text[1:])]
    (folder / "boards.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = str(folder / "credcheck.toml")
    ran = credcheck("verify", GARCIA, "--config", config, "--as-of", "2026-11-23", "-vv")
    assert ran.status == 0
    assert "000-12-3456" not in ran.out + ran.err
    assert "1970-01-01" not in ran.out + ran.err


@pytest.mark.skipif(not hasattr(Path, "chmod"), reason="permissions are POSIX's")
def test_bi_244_what_is_written_is_for_the_user_alone(tmp_path: Path) -> None:
    with serving(GOOD_REGISTRY) as running:
        verify(tmp_path, running)
    cache = tmp_path / "cache"
    assert cache.stat().st_mode & 0o777 == 0o700
    written = list(cache.iterdir())
    assert written
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in written)
