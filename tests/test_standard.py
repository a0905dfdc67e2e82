"""Standards as data: validated to the last key, since a typo must not drop a requirement."""

from pathlib import Path

import pytest

from credcheck.rules import rules
from credcheck.standards.loader import (
    DEFAULT,
    Standard,
    StandardError,
    list_shipped,
    load_standard,
    source_text,
)

MINIMAL = """
schema_version = 1
id = "mine"
version = "1"
name = "Mine"

[requirements.not_excluded]
rule = "exclusion"
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(StandardError) as caught:
        load_standard(write(folder, text))
    return str(caught.value)


def test_the_shipped_standards_are_valid() -> None:
    assert list_shipped() == (
        "interventional-pain",
        "interventional-pain-abms",
        "interventional-pain-strict",
        "physician-licensed",
        "spine-surgeon-injections",
        "us-tn-63-6-244",
        "us-tn-63-9-121",
    )
    assert DEFAULT in list_shipped()
    for name in list_shipped():
        assert load_standard(name).ref.id == name


def test_every_shipped_requirement_cites_its_sources() -> None:
    for name in list_shipped():
        for requirement in load_standard(name).requirements:
            assert requirement.cites
            assert requirement.title


def test_the_abms_standard_differs_in_the_boards_alone() -> None:
    base, strict = load_standard("interventional-pain"), load_standard("interventional-pain-abms")
    differing = {
        a.id
        for a, b in zip(base.requirements, strict.requirements, strict=True)
        if a.parameters != b.parameters
    }
    assert differing == {"base_specialty", "board_certification"}
    assert base.ref.sha256 != strict.ref.sha256


def test_every_rule_kind_is_a_file_with_its_sources_in_its_docstring() -> None:
    assert set(rules()) == {
        *("registration", "base_specialty", "fellowship", "certification", "exclusion"),
        *("advisory_evidence", "license", "state_exclusion", "revocation", "registry_license"),
    }
    for kind, rule in rules().items():
        assert rule.kind == kind
        assert "Sources:" in (rule.weigh.__doc__ or "")
        assert rule.parameters.__doc__


def test_a_minimal_standard(tmp_path: Path) -> None:
    standard = load_standard(write(tmp_path, MINIMAL))
    assert [each.id for each in standard.requirements] == ["not_excluded"]
    assert standard.requirements[0].level == "required"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("name =", "nam ="), "unknown key 'nam' (did you mean 'name'?)"),
        (("rule = ", "rul = "), "a rule is missing"),
        (('"exclusion"', '"exclusions"'), "unknown rule 'exclusions' (did you mean 'exclusion'?)"),
        (('"exclusion"', '"exclusion"\nlevl = "advisory"'), "did you mean 'level'?"),
        (('"exclusion"', '"exclusion"\nlevel = "optional"'), "optional"),
        (('"exclusion"', '"exclusion"\nboards = ["ABMS"]'), "unknown key 'boards'"),
        (("schema_version = 1", "schema_version = 2"), "newer than this credcheck"),
        (("schema_version = 1\n", ""), "schema_version"),
        (('id = "mine"\n', ""), "id"),
        (("[requirements", "[requirements"), ""),
    ],
)
def test_whatever_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = MINIMAL.replace(*change)
    if not said:
        assert isinstance(load_standard(write(tmp_path, text)), Standard)
    else:
        assert said in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('specialty = "pain"\nboards = ["ABMS"]', "unknown specialty 'pain'"),
        (
            'specialty = "pain_medicine"\nboards = ["AMBS"]',
            "unknown board membership 'AMBS' (known are: ABMS, ABPS, AOA)",
        ),
        ('specialty = "pain_medicine"\nboards = []', "name at least one board membership"),
        ('specialty = "pain_medicine"', "boards"),
    ],
)
def test_an_unknown_specialty_or_board_names_the_nearest(
    tmp_path: Path, lines: str, said: str
) -> None:
    text = MINIMAL + f'\n[requirements.board]\nrule = "certification"\n{lines}\n'
    assert said in refused(tmp_path, text)


def test_lengths_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    fellowship = (
        '\n[requirements.f]\nrule = "fellowship"\nspecialty = "pain_medicine"\n'
        'accreditors = ["ACGME"]\nprogram_codes = ["530"]\nminimum_days = 270\ndoubtful_days = 360\n'
    )
    assert "doubtful_days" in refused(tmp_path, MINIMAL + fellowship)


@pytest.mark.parametrize(
    "text",
    [
        "",
        MINIMAL.replace('rule = "exclusion"', 'rule = "exclusion"\nlevel = "advisory"'),
        MINIMAL.split("[requirements", maxsplit=1)[0] + "requirements = {}\n",
    ],
)
def test_a_standard_that_requires_nothing_is_refused(tmp_path: Path, text: str) -> None:
    assert "require" in refused(tmp_path, text)


def test_a_standard_can_extend_a_shipped_one(tmp_path: Path) -> None:
    text = """
schema_version = 1
id = "mine"
version = "1"
name = "Mine"
extends = "interventional-pain"

[requirements.image_guidance]
level = "required"
"""
    standard = load_standard(write(tmp_path, text))
    levels = {each.id: each.level for each in standard.requirements}
    assert levels["image_guidance"] == "required"
    assert len(levels) == 10


def test_a_standard_can_extend_a_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.toml")
    text = 'schema_version = 1\nid = "b"\nversion = "1"\nname = "B"\nextends = "base.toml"\n'
    text += "requirements = {}\n"
    assert len(load_standard(write(tmp_path, text, "b.toml")).requirements) == 1


def test_standards_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    text = 'schema_version = 1\nid = "a"\nversion = "1"\nname = "A"\nrequirements = {}\n'
    write(tmp_path, text + 'extends = "b.toml"\n', "a.toml")
    write(tmp_path, text + 'extends = "a.toml"\n', "b.toml")
    with pytest.raises(StandardError, match="extends itself"):
        load_standard(str(tmp_path / "a.toml"))


def test_the_digest_is_of_the_content_and_not_of_the_file(tmp_path: Path) -> None:
    plain = load_standard(write(tmp_path, MINIMAL))
    commented = load_standard(write(tmp_path, "# a comment\n" + MINIMAL, "other.toml"))
    changed = load_standard(write(tmp_path, MINIMAL.replace('version = "1"', 'version = "2"')))
    assert plain.ref.sha256 == commented.ref.sha256 != changed.ref.sha256


def test_what_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(StandardError, match="did you mean 'interventional-pain'"):
        load_standard("interventional-pian")
    with pytest.raises(StandardError, match="No such file"):
        load_standard(str(tmp_path / "missing.toml"))


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "schema_version = nan\n"])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text)


SHIPPED = source_text("interventional-pain")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('version = "2026.2"', 'version = "2026.2b"'),
        ('rule = "fellowship"\nlevel = "required"', 'rule = "fellowship"\nlevel = "advisory"'),
        ("[requirements.not_excluded]", "[requirements.not_sanctioned]"),
    ],
)
@pytest.mark.parametrize(
    "id_",
    ["interventional-pain", "Interventional-Pain", "interventional_pain", "interventional pain"],
)
def test_the_id_of_a_shipped_standard_cannot_be_borrowed(
    tmp_path: Path, id_: str, before: str, after: str
) -> None:
    assert SHIPPED.count(before) == 1
    text = SHIPPED.replace(before, after).replace('id = "interventional-pain"', f'id = "{id_}"')
    assert "belongs to a shipped standard" in refused(tmp_path, text)


def test_one_that_extends_a_shipped_standard_needs_an_id_of_its_own(tmp_path: Path) -> None:
    text = """
schema_version = 1
id = "interventional-pain-abms"
version = "2026.2"
name = "Ours"
extends = "interventional-pain"
requirements = {}
"""
    assert "belongs to a shipped standard" in refused(tmp_path, text)
    assert load_standard(write(tmp_path, text.replace("-abms", "-of-ours"))).ref.version == "2026.2"


def test_a_copy_of_a_shipped_standard_is_that_standard(tmp_path: Path) -> None:
    assert load_standard(write(tmp_path, SHIPPED)).ref == load_standard("interventional-pain").ref


def test_an_id_that_only_looks_like_a_shipped_one_is_refused(tmp_path: Path) -> None:
    text = MINIMAL.replace('"mine"', '"interventional-p\u0430in"')
    assert "only ASCII characters" in refused(tmp_path, text)
