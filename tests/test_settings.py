"""credcheck.toml: found where the contract says, refused where it is wrong."""

import datetime as dt
from pathlib import Path

import pytest

from credcheck.config import (
    ConfigError,
    find_config,
    load_config,
    open_sources,
    user_config_path,
)
from credcheck.source.adapter import Context, adapter_names
from credcheck.storage import NoCache

GOOD = """
standard = "interventional-pain"

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
coverage = "complete"
as_of = 2026-11-01
max_age = "90d"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "credcheck.toml"
    path.write_text(text, encoding="utf-8")
    return path


def context(folder: Path) -> Context:
    return Context(folder=folder, today=dt.date(2026, 11, 24), cache=NoCache())


def opened(folder: Path, text: str) -> None:
    settings = load_config(write(folder, text))
    open_sources(settings, context(settings.folder))


class TestFinding:
    """--config, else the environment, else upward from here, else the user's."""

    def test_a_named_file_comes_first(self, tmp_path: Path) -> None:
        assert find_config(tmp_path / "x.toml") == tmp_path / "x.toml"

    def test_then_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CREDCHECK_CONFIG", str(tmp_path / "env.toml"))
        assert find_config(None) == tmp_path / "env.toml"

    def test_then_upward_from_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        below = tmp_path / "a" / "b"
        below.mkdir(parents=True)
        monkeypatch.chdir(below)
        path = write(tmp_path, GOOD)
        assert find_config(None) == path

    def test_then_the_users_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        user_config_path().parent.mkdir(parents=True)
        user_config_path().write_text(GOOD, encoding="utf-8")
        assert find_config(None) == user_config_path()

    def test_none_at_all_says_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ConfigError, match="sources add"):
            find_config(None)


def test_a_good_configuration_opens(tmp_path: Path) -> None:
    settings = load_config(write(tmp_path, GOOD))
    (source,) = open_sources(settings, context(tmp_path)).sources
    assert source.facts.name == "boards"
    assert source.facts.coverage == "complete"
    assert source.facts.max_age_days == 90


def test_defaults_are_the_careful_ones(tmp_path: Path) -> None:
    text = '[sources.b]\nadapter = "board-certificates"\npath = "b.csv"\n'
    text += '[sources.x]\nadapter = "oig-leie"\npath = "x.csv"\n'
    settings = load_config(write(tmp_path, text))
    boards, leie = (source.facts for source in open_sources(settings, context(tmp_path)).sources)
    assert (boards.authority, boards.coverage, boards.max_age_days) == ("secondary", "partial", 120)
    assert (leie.authority, leie.coverage, leie.max_age_days) == ("primary", "complete", 45)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("standard =", "standrd ="), "unknown key 'standrd' (did you mean 'standard'?)"),
        (('"board-certificates"', '"board-certs"'), "did you mean 'board-certificates'?"),
        (('adapter = "board-certificates"\n', ""), "adapter is missing"),
        (("coverage", "covrage"), "unknown option 'covrage' (did you mean 'coverage'?)"),
        (('"complete"', '"whole"'), "whole"),
        (('"90d"', '"90"'), "max_age"),
        (("2026-11-01", '"soon"'), "as_of"),
        (('path = "boards.csv"\n', ""), "path"),
        (("[sources.boards]", "[sources.boards]\ncolumns = { npii = 'X' }"), "did you mean 'npi'?"),
        (("[sources.boards]", "[sources.boards]\nencoding = 'utf8'"), "did you mean 'utf-8'?"),
        (("[sources.boards]", "[sources.boards]\ndates = ['DD.MM.JJJJ']"), "date form"),
        (("[sources.boards]", "[sources.boards"), "not valid TOML"),
        (("[sources.boards]", "[sources]\nx = 1\n[sources.boards]"), "[sources.x]"),
    ],
)
def test_whatever_is_wrong_is_named_with_its_place(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        opened(tmp_path, GOOD.replace(*change))
    assert said in str(caught.value)
    assert "credcheck.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('base_url = "http://npiregistry.cms.hhs.gov/api/"', "must use https"),
        ('base_url = "ftp://x/"', "not a web address"),
        ("concurrency = 21", "concurrency"),
        ("timeout = 0", "timeout"),
        ('cache_ttl = "soon"', "cache_ttl"),
        ("as_of = 2026-11-01", "recorded"),
    ],
)
def test_the_registrys_options_are_checked(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        opened(tmp_path, f'[sources.nppes]\nadapter = "nppes-api"\n{lines}\n')
    assert said in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:1", "[::1]:80"])
def test_plain_http_is_for_this_machine_alone(tmp_path: Path, host: str) -> None:
    opened(tmp_path, f'[sources.n]\nadapter = "nppes-api"\nbase_url = "http://{host}/api/"\n')


def test_only_and_without_leave_sources_out_by_name(tmp_path: Path) -> None:
    settings = load_config(write(tmp_path, GOOD))
    source_set = open_sources(settings, context(tmp_path), without=["boards"])
    assert source_set.sources == ()
    assert [source.facts.name for source in source_set.witnesses] == ["boards"]
    assert source_set.skipped == ()
    with pytest.raises(ConfigError, match="did you mean 'boards'"):
        open_sources(settings, context(tmp_path), only=["board"])


def test_a_standard_beside_the_configuration_is_found(tmp_path: Path) -> None:
    settings = load_config(write(tmp_path, 'standard = "mine.toml"\n'))
    assert settings.standard == str(tmp_path.resolve() / "mine.toml")


def test_all_adapters_of_the_contract_are_installed() -> None:
    assert {
        *("nppes-api", "training-programs", "fellowships", "board-certificates", "oig-leie"),
        "listing",
    } <= set(adapter_names())
