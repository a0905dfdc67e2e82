"""Standards and plugins that are wrong or hostile."""

import textwrap
from pathlib import Path

import pytest

from tests.badinputs.world import FILES
from tests.support.cli import Ran, credcheck

pytestmark = pytest.mark.slow


def refused(file: str, tmp_path: Path) -> Ran:
    ran = credcheck("verify", "2000001075", "--demo", "--standard", str(FILES / file), cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    return ran


def test_bi_209_a_mistyped_key(tmp_path: Path) -> None:
    said = refused("policy_typo.toml", tmp_path).err
    assert "unknown key 'require_felowship'" in said
    assert "did you mean" in said


def test_bi_210_an_empty_file(tmp_path: Path) -> None:
    assert "requires nothing" in refused("policy_empty.toml", tmp_path).err


def test_bi_211_yaml_that_would_run_a_command(tmp_path: Path) -> None:
    assert "a standard is a TOML file" in refused("policy_python_tag.yaml", tmp_path).err
    assert not (tmp_path / "PWNED_BY_POLICY").exists()


def test_bi_213_yaml_with_its_surprises_and_a_key_twice(tmp_path: Path) -> None:
    assert "a standard is a TOML file" in refused("policy_norway.yaml", tmp_path).err
    twice = tmp_path / "twice.toml"
    twice.write_text('name = "a"\nname = "b"\n', encoding="utf-8")
    ran = credcheck("standards", "validate", str(twice))
    assert (ran.status, "not valid TOML" in ran.err) == (2, True)


def test_bi_216_a_standard_of_a_later_version(tmp_path: Path) -> None:
    assert "newer than this credcheck" in refused("policy_newer.toml", tmp_path).err


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """A folder with an installed plugin that leaves a witness when it is imported."""
    folder = tmp_path / "site"
    info = folder / "evil-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "evil.py").write_text(
        textwrap.dedent(
            f"""
            from pathlib import Path
            Path({str(tmp_path / "witness")!r}).touch()
            raise ImportError("no such library")
            """
        ),
        encoding="utf-8",
    )
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[credcheck.sources]\nevil = evil:ADAPTER\n")
    return folder


def test_bi_218_a_plugin_that_cannot_be_loaded_stops_only_who_names_it(
    plugin: Path, tmp_path: Path
) -> None:
    path = {"PYTHONPATH": str(plugin)}
    assert credcheck("verify", "2000001075", "--demo", env=path).status == 0
    config = tmp_path / "credcheck.toml"
    config.write_text('[sources.theirs]\nadapter = "evil"\n', encoding="utf-8")
    ran = credcheck("verify", "2000001075", "--config", str(config), env=path)
    assert ran.status == 2
    assert "'evil'" in ran.err
    assert "no such library" in ran.err


def test_bi_221_a_plugin_that_nobody_names_is_not_loaded(plugin: Path, tmp_path: Path) -> None:
    path = {"PYTHONPATH": str(plugin)}
    listed = credcheck("sources", "list", "--demo", env=path)
    assert "evil" in listed.out
    assert credcheck("verify", "2000001075", "--demo", env=path).status == 0
    assert not (tmp_path / "witness").exists()
