"""``standards diff``: what differs between two standards, field by field."""

from pathlib import Path

from credcheck.standards.diff import diff_standards
from credcheck.standards.loader import load_standard
from tests.paths.standards import BONE, PAIN, PATHS, REGISTRATION, TWO_PATHS, load, text
from tests.support.cli import credcheck


def changes(folder: Path, old: str, new: str) -> set[tuple[str, str, str | None, str | None]]:
    one, other = load(folder, old, "old.toml"), load(folder, new, "new.toml")
    return {(x.part, x.field, x.before, x.after) for x in diff_standards(one, other)}


def test_a_standard_does_not_differ_from_itself() -> None:
    shipped = load_standard("us-tn-63-6-244")
    assert diff_standards(shipped, shipped) == ()


def test_a_parameter_that_changed_is_named_with_both_values(tmp_path: Path) -> None:
    new = TWO_PATHS.replace("minimum_days = 360", "minimum_days = 365")
    assert changes(tmp_path, TWO_PATHS, new) == {
        ("requirement pain_fellowship", "minimum_days", "360", "365")
    }


def test_a_requirement_and_a_path_that_are_gone(tmp_path: Path) -> None:
    new = text(REGISTRATION, PAIN, '[requirements.not_excluded]\nrule = "exclusion"\n')
    found = changes(tmp_path, TWO_PATHS, new)
    assert ("path surgeon", "", "Surgeon", None) in found
    assert ("path pain", "", "Pain physician", None) in found
    assert (
        "requirement surgical_certificate",
        "",
        "surgical_certificate, required",
        None,
    ) in found


def test_a_path_that_asks_for_more(tmp_path: Path) -> None:
    new = TWO_PATHS.replace(
        '["surgical_certificate"]', '["surgical_certificate", "pain_fellowship"]'
    )
    assert changes(tmp_path, TWO_PATHS, new) == {
        (
            "path surgeon",
            "requirements",
            "surgical_certificate",
            "surgical_certificate, pain_fellowship",
        )
    }


def test_what_is_inherited_is_compared_too(tmp_path: Path) -> None:
    load(tmp_path, TWO_PATHS, "base.toml")
    new = text('extends = "base.toml"', "requirements = {}", id_="mine")
    assert changes(tmp_path, TWO_PATHS, new) == set()


def test_the_fixture_has_both_parts() -> None:
    assert BONE in TWO_PATHS
    assert PATHS in TWO_PATHS


def test_the_command_shows_both_sides() -> None:
    ran = credcheck("standards", "diff", "interventional-pain", "interventional-pain-abms")
    assert ran.status == 0
    assert "requirement" in ran.out
    assert "ABMS, AOA" in ran.out


def test_two_that_ask_the_same() -> None:
    ran = credcheck("standards", "diff", "interventional-pain", "interventional-pain")
    assert "Both ask for the same things." in ran.out


def test_one_that_cannot_be_used_exits_2() -> None:
    assert credcheck("standards", "diff", "interventional-pain", "nothing").status == 2
