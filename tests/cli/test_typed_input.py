"""What people type and paste: undone where it is plain, refused with the form to copy where not."""

from pathlib import Path

import pytest

from tests.support.cli import credcheck

pytestmark = pytest.mark.slow

NPI = "2000001075"


@pytest.mark.parametrize(
    "typed",
    [
        (NPI,),
        ("200-000-1075",),
        ("200 000 1075",),
        ("200", "000", "1075"),
        (f"NPI {NPI}",),
        ("NPI", NPI),
        (f"NPI: {NPI}",),
        (f"npi#{NPI}",),
        (f"NPI number {NPI}",),
        (f"'{NPI}",),
        (f"{NPI}.0",),
        (f" {NPI} ",),
    ],
)
def test_an_npi_as_it_is_pasted(typed: tuple[str, ...]) -> None:
    ran = credcheck("verify", *typed, "--demo")
    assert ran.status == 0, ran.err
    assert ran.json["query"]["npi"] == NPI


@pytest.mark.parametrize(
    "typed", [("Alma", "Abernathy"), ("Abernathy,", "Alma"), ("Alma Abernathy",)]
)
def test_a_name_without_quotes(typed: tuple[str, ...]) -> None:
    ran = credcheck("verify", *typed, "--state", "OH", "--demo")
    assert ran.json["physician"]["npi"] == NPI


@pytest.mark.parametrize(
    "typed", [(NPI, "2100000019"), (f"{NPI},2100000019",), (f"{NPI}; 2100000019",)]
)
def test_two_numbers_are_refused(typed: tuple[str, ...]) -> None:
    ran = credcheck("verify", *typed, "--demo")
    assert ran.status == 2
    assert "takes one physician" in ran.err


def test_two_lines_are_refused() -> None:
    ran = credcheck("verify", "-", "--demo", stdin=f"{NPI}\n2100000019\n")
    assert ran.status == 2
    assert "credcheck batch -" in ran.err


@pytest.mark.parametrize(
    "listed", [f"{NPI}\n2100000019\n", f"\ufeff{NPI}\r\n2100000019", f"{NPI}\n"]
)
def test_a_bare_list_of_npis_on_standard_input(listed: str) -> None:
    ran = credcheck("batch", "-", "-o", "-", "--demo", "--format", "csv", stdin=listed)
    assert ran.status == 0, ran.err
    lines = ran.out.strip().splitlines()
    assert len(lines) - 1 == len(listed.split())
    assert NPI in lines[1]
    assert "a plain list of NPIs" in ran.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11/26/2026", "use --as-of 2026-11-26"),
        ("26/11/2026", "use --as-of 2026-11-26"),
        ("20261126", "use --as-of 2026-11-26"),
        ("Nov 26, 2026", "use --as-of 2026-11-26"),
        ("03/04/2026", "write it as YYYY-MM-DD, such as"),
        ("yesterday", "write it as YYYY-MM-DD, such as"),
    ],
)
def test_a_day_in_another_form_is_refused_with_the_form_to_copy(typed: str, said: str) -> None:
    ran = credcheck("verify", NPI, "--demo", "--as-of", typed)
    assert ran.status == 2
    assert said in ran.err


def test_diff_and_report_read_standard_input(tmp_path: Path) -> None:
    saved = tmp_path / "r.ndjson"
    roster = tmp_path / "r.csv"
    roster.write_text(f"npi\n{NPI}\n")
    assert credcheck("batch", str(roster), "-o", str(saved), "--demo").status == 0
    text = saved.read_text(encoding="utf-8")
    ran = credcheck("report", "-", "--format", "csv", stdin=text)
    assert (ran.status, NPI in ran.out) == (0, True)
    for old, new in (("-", str(saved)), (str(saved), "-")):
        ran = credcheck("diff", old, new, stdin=text)
        assert (ran.status, ran.json["differences"]) == (0, [])
    assert credcheck("diff", "-", "-", stdin=text).status == 2
