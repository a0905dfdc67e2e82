"""Paths in a standard's file: read to the last key, and refused where they cannot be meant so."""

from pathlib import Path

import pytest

from credcheck.standards.loader import StandardError
from tests.paths.standards import BONE, PAIN, PATHS, REGISTRATION, TWO_PATHS, load, text


def refused(folder: Path, content: str, name: str = "refused.toml") -> str:
    with pytest.raises(StandardError) as raised:
        load(folder, content, name)
    return str(raised.value)


def test_a_path_has_a_title_and_what_it_asks(tmp_path: Path) -> None:
    pain, surgeon = load(tmp_path, TWO_PATHS).paths
    assert (pain.id, pain.title) == ("pain", "Pain physician")
    assert pain.requirements == ("pain_certificate", "pain_fellowship")
    assert surgeon.requirements == ("surgical_certificate",)


def test_the_paths_are_part_of_the_digest(tmp_path: Path) -> None:
    one = load(tmp_path, TWO_PATHS)
    other = load(tmp_path, TWO_PATHS.replace('"pain_certificate", ', ""), "other.toml")
    assert one.ref.sha256 != other.ref.sha256


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('title = "Surgeon"', 'titel = "Surgeon"'), "unknown key 'titel' (did you mean 'title'?)"),
        (('["surgical_certificate"]', "[]"), "no requirement is named, so everyone would meet it"),
        (('requirements = ["surgical_certificate"]', ""), "no requirement is named"),
        (('["surgical_certificate"]', '"surgical_certificate"'), "array"),
        (('["surgical_certificate"]', '["surgical_certifcate"]'), "did you mean 'surgical_certif"),
        (
            ('["surgical_certificate"]', '["surgical_certificate", "surgical_certificate"]'),
            "named twice",
        ),
        (
            ('["surgical_certificate"]', '["pain_certificate"]'),
            "path 'pain' requires everything that path 'surgeon' requires",
        ),
        (
            ('["surgical_certificate"]', '["pain_fellowship", "pain_certificate"]'),
            "so it never decides",
        ),
        (("[paths.surgeon]", '[paths." "]'), "a path needs a name"),
        (("[paths.pain]", "without_paths = ['x']\n[paths.pain]"), "unknown key 'without_paths'"),
        (
            ("schema_version = 1", "schema_version = 1\nwithout_paths = ['pain']"),
            "without_paths is for a standard that extends another",
        ),
    ],
)
def test_whatever_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in TWO_PATHS
    assert said in refused(tmp_path, TWO_PATHS.replace(*change))


@pytest.mark.parametrize("level", ["advisory", "blocking"])
def test_only_what_is_required_can_be_in_a_path(tmp_path: Path, level: str) -> None:
    content = TWO_PATHS.replace(
        '[requirements.surgical_certificate]\nrule = "certification"\n',
        f'[requirements.surgical_certificate]\nrule = "certification"\nlevel = "{level}"\n',
    )
    said = refused(tmp_path, content)
    assert f"'surgical_certificate' is {level}, but only a required one can be in a path" in said


def test_a_standard_of_paths_alone_requires_something(tmp_path: Path) -> None:
    assert load(tmp_path, text(PAIN, BONE, PATHS)).paths


class TestExtending:
    """A committee takes a standard with paths and says only what differs."""

    def over(self, folder: Path, content: str) -> str:
        load(folder, TWO_PATHS, "base.toml")
        return text('extends = "base.toml"', content, id_="mine")

    def test_paths_are_inherited(self, tmp_path: Path) -> None:
        made = load(tmp_path, self.over(tmp_path, "requirements = {}"))
        assert [each.id for each in made.paths] == ["pain", "surgeon"]

    def test_a_path_can_be_added(self, tmp_path: Path) -> None:
        content = """
[requirements.emergency_certificate]
rule = "certification"
specialty = "emergency_medicine"
boards = ["ABMS"]

[paths.emergency]
requirements = ["emergency_certificate", "pain_fellowship"]
"""
        made = load(tmp_path, self.over(tmp_path, content))
        assert [each.id for each in made.paths] == ["pain", "surgeon", "emergency"]

    def test_a_path_can_ask_for_more(self, tmp_path: Path) -> None:
        content = """
[requirements.spine_course]
rule = "advisory_evidence"
topic = "radiation_safety"

[paths.surgeon]
requirements = ["surgical_certificate", "spine_course"]
"""
        made = load(tmp_path, self.over(tmp_path, content))
        assert made.paths[1].requirements == ("surgical_certificate", "spine_course")
        assert made.paths[1].title == "Surgeon"

    def test_what_only_a_path_that_is_left_out_asked_goes_with_it(self, tmp_path: Path) -> None:
        content = "without_paths = ['surgeon']\nrequirements = {}"
        made = load(tmp_path, self.over(tmp_path, content))
        assert [each.id for each in made.paths] == ["pain"]
        assert "surgical_certificate" not in {each.id for each in made.requirements}
        assert "pain_fellowship" in {each.id for each in made.requirements}

    def test_what_another_path_asks_too_stays(self, tmp_path: Path) -> None:
        content = """
without_paths = ["pain"]
requirements = {}

[paths.surgeon]
requirements = ["surgical_certificate", "pain_fellowship"]
"""
        made = load(tmp_path, self.over(tmp_path, content))
        assert {each.id for each in made.requirements} >= {"pain_fellowship"}
        assert "pain_certificate" not in {each.id for each in made.requirements}

    def test_a_path_that_is_not_there_cannot_be_left_out(self, tmp_path: Path) -> None:
        content = "without_paths = ['surgeons']\nrequirements = {}"
        assert "has no path 'surgeons' (did you mean 'surgeon'?)" in refused(
            tmp_path, self.over(tmp_path, content)
        )

    def test_what_was_one_way_of_several_is_not_required_of_everybody_by_a_slip(
        self, tmp_path: Path
    ) -> None:
        content = 'requirements = {}\n[paths.pain]\nrequirements = ["pain_certificate"]'
        said = refused(tmp_path, self.over(tmp_path, content))
        assert "'pain_fellowship' is in a path of base.toml but in none here" in said

    def test_it_can_become_advisory(self, tmp_path: Path) -> None:
        content = """
[requirements.pain_fellowship]
level = "advisory"

[paths.pain]
requirements = ["pain_certificate"]
"""
        made = load(tmp_path, self.over(tmp_path, content))
        assert {each.id: each.level for each in made.requirements}["pain_fellowship"] == "advisory"

    def test_but_not_within_its_path(self, tmp_path: Path) -> None:
        content = '[requirements.pain_fellowship]\nlevel = "advisory"\n'
        assert "only a required one can be in a path" in refused(
            tmp_path, self.over(tmp_path, content)
        )

    def test_a_standard_without_paths_can_be_given_some(self, tmp_path: Path) -> None:
        content = text(
            'extends = "interventional-pain"',
            BONE,
            '[paths.pain]\nrequirements = ["fellowship", "board_certification"]',
            '[paths.surgeon]\nrequirements = ["surgical_certificate"]',
            id_="mine",
        )
        assert len(load(tmp_path, content).paths) == 2

    def test_the_last_path_cannot_be_left_out_without_another(self, tmp_path: Path) -> None:
        """Then everything would be asked of everybody, or nothing of anybody."""
        content = "without_paths = ['pain', 'surgeon']\nrequirements = {}"
        assert "no path of base.toml is left" in refused(tmp_path, self.over(tmp_path, content))


def test_the_registration_of_the_fixture_is_in_no_path(tmp_path: Path) -> None:
    assert REGISTRATION in TWO_PATHS
    inside = {name for path in load(tmp_path, TWO_PATHS).paths for name in path.requirements}
    assert "registration" not in inside
