"""The pages on standards are run: each has a standard and its cases, and both hold together."""

import re
from pathlib import Path

import pytest

from tests.support.cli import credcheck

HOW_TO = Path(__file__).parent.parent.parent / "docs" / "how-to"
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = {"from-bylaws-to-a-standard.md": 5, "judge-another-field.md": 4}


def write_files(page: str, folder: Path) -> Path:
    standard, cases = TOML.findall((HOW_TO / page).read_text(encoding="utf-8"))
    (folder / "ours.cases.toml").write_text(cases, encoding="utf-8")
    path = folder / "ours.toml"
    path.write_text(standard, encoding="utf-8")
    return path


@pytest.mark.parametrize(("page", "count"), PAGES.items())
def test_the_standard_of_the_page_passes_its_cases(page: str, count: int, tmp_path: Path) -> None:
    ran = credcheck("standards", "test", str(write_files(page, tmp_path)))
    assert ran.status == 0, ran.out
    assert f"{count} of {count} cases turned out as expected." in ran.out
    assert "no case meets" not in ran.out


def test_a_standard_that_forgets_a_sentence_of_the_bylaws_fails_its_cases(tmp_path: Path) -> None:
    path = write_files("from-bylaws-to-a-standard.md", tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('level = "required"', 'level = "advisory"'), encoding="utf-8")
    ran = credcheck("standards", "test", str(path))
    assert ran.status == 4
    assert "expected unverified, got meets" in ran.out


def test_the_committee_sees_what_differs(tmp_path: Path) -> None:
    path = write_files("from-bylaws-to-a-standard.md", tmp_path)
    ran = credcheck("standards", "diff", "spine-surgeon-injections", str(path))
    assert ran.status == 0
    assert "path pain" in ran.out
    assert "7.2(a): pain physician" in ran.out


def test_people_of_the_demo_are_judged_by_another_field(tmp_path: Path) -> None:
    path = write_files("judge-another-field.md", tmp_path)
    ran = credcheck("verify", "2000001075", "--demo", "--standard", str(path), "--format", "json")
    assert ran.json["outcome"] != "meets"
    assert ran.json["standard"]["id"] == "hospice-and-palliative-medicine"
