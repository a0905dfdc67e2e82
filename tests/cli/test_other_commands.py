"""The other commands: search, sources, standards, cache, demo."""

from pathlib import Path

import pytest

from credcheck import __version__
from tests.support.cli import credcheck
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow


def test_version() -> None:
    assert credcheck("--version").out == f"credcheck {__version__}\n"


def test_without_a_command_it_shows_help() -> None:
    ran = credcheck()
    assert "Usage" in ran.out + ran.err
    assert ran.status == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_can_be_shown(shell: str) -> None:
    ran = credcheck("--show-completion", shell)
    assert ran.status == 0
    assert "credcheck" in ran.out


class TestSearch:
    """Candidates, and no verdict."""

    def test_everybody_of_a_name_is_listed(self) -> None:
        ran = credcheck("search", "Maya Merryweather", "--demo")
        assert ran.status == 0
        assert [c["npi"] for c in ran.json["candidates"]] == ["2100000381", "2100000399"]
        assert "outcome" not in ran.out

    def test_former_names_are_shown(self) -> None:
        ran = credcheck("search", "Juniper, June", "--demo", "--format", "table")
        assert "JUNE JESSAMINE MD" in ran.out
        assert "also JUNE JUNIPER" in ran.out

    def test_it_can_be_narrowed_and_limited(self) -> None:
        narrowed = credcheck("search", "Maya Merryweather", "--demo", "--city", "Toledo").json
        assert [c["npi"] for c in narrowed["candidates"]] == ["2100000399"]
        limited = credcheck("search", "Maya Merryweather", "--demo", "--limit", "1").json
        assert len(limited["candidates"]) == 1

    def test_nobody_found_exits_3(self) -> None:
        ran = credcheck("search", "Nemo Nobody", "--demo")
        assert ran.status == 3
        assert "no one by this name" in ran.err

    def test_a_number_is_no_name(self) -> None:
        assert credcheck("search", "2000001075", "--demo").status == 2


class TestSources:
    """What is configured, whether it answers, and adding to it."""

    def test_list_names_sources_and_adapters(self) -> None:
        ran = credcheck("sources", "list", "--demo")
        assert ran.status == 0
        for part in ("boards", "board-certificates", "complete", "120 days", "Adapters installed"):
            assert part in ran.out

    def test_check_tells_age_rows_and_every_rejected_row(self) -> None:
        ran = credcheck("sources", "check", "--demo")
        assert ran.status == 0
        assert "22 days" in ran.out
        assert "row 40 (line 41): expires: '2027-02-29' is not a real date" in ran.out

    def test_check_exits_3_if_one_is_not_usable(self, tmp_path: Path) -> None:
        world = copy_demo(tmp_path)
        (world / "leie.csv").unlink()
        ran = credcheck("sources", "check", "--config", str(world / "credcheck.toml"))
        assert ran.status == 3
        assert "Failed" in ran.out
        assert "leie.csv: No such file or directory" in ran.out

    def test_check_names_all_rejected_rows_not_only_the_first(self, tmp_path: Path) -> None:
        world = copy_demo(tmp_path)
        with (world / "boards.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"a,b{'' * place}\n" for place in range(20))
        ran = credcheck("sources", "check", "--config", str(world / "credcheck.toml"))
        assert ran.out.count("has 2 fields") == 20

    def test_add_makes_a_configuration_that_works(self, tmp_path: Path) -> None:
        demo = copy_demo(tmp_path)
        for args in (
            ("nppes", "--adapter", "nppes-api", "--set", f"recorded={demo}/nppes.json",
             "--set", "as_of=2026-11-01"),
            ("boards", "--adapter", "board-certificates", "--path", f"{demo}/boards.csv",
             "--set", "coverage=complete", "--set", "as_of=2026-11-01",
             "--set", "columns={ npi = 'npi' }"),
        ):  # fmt: skip
            ran = credcheck("sources", "add", *args, cwd=tmp_path)
            assert (ran.status, ran.err) == (0, "")
        checked = credcheck("sources", "check", "--as-of", "2026-11-01", cwd=tmp_path)
        assert checked.status == 0
        assert credcheck("verify", "2100000142", "--as-of", "2026-11-01", cwd=tmp_path).status == 4

    def test_add_keeps_what_stands_there(self, tmp_path: Path) -> None:
        config = tmp_path / "credcheck.toml"
        config.write_text("# my comment\nstandard = 'interventional-pain-abms'\n", encoding="utf-8")
        credcheck("sources", "add", "x", "--adapter", "oig-leie", "--path", "x.csv", cwd=tmp_path)
        text = config.read_text(encoding="utf-8")
        assert text.startswith("# my comment\nstandard = 'interventional-pain-abms'\n")
        assert "[sources.x]" in text

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("x", "--adapter", "oig-lie"), "did you mean 'oig-leie'"),
            (("x", "--adapter", "oig-leie"), "path"),
            (("x", "--adapter", "oig-leie", "--path", "p", "--set", "covrage=x"), "did you mean"),
            (("x", "--adapter", "oig-leie", "--path", "p", "--set", "coverage"), "OPTION=VALUE"),
            (("a b", "--adapter", "oig-leie", "--path", "p"), "letters"),
        ],
    )
    def test_add_writes_nothing_unless_the_result_is_valid(
        self, tmp_path: Path, args: tuple[str, ...], said: str
    ) -> None:
        ran = credcheck("sources", "add", *args, cwd=tmp_path)
        assert ran.status == 2
        assert said in ran.err
        assert not (tmp_path / "credcheck.toml").exists()

    def test_add_refuses_a_name_twice(self, tmp_path: Path) -> None:
        args = ("sources", "add", "x", "--adapter", "oig-leie", "--path", "x.csv")
        assert credcheck(*args, cwd=tmp_path).status == 0
        ran = credcheck(*args, cwd=tmp_path)
        assert (ran.status, "already" in ran.err) == (2, True)


class TestStandards:
    """The shipped ones and one's own."""

    def test_list(self) -> None:
        ran = credcheck("standards", "list")
        assert ran.status == 0
        assert "interventional-pain-abms" in ran.out

    def test_show_names_rules_parameters_and_sources(self) -> None:
        ran = credcheck("standards", "show", "interventional-pain")
        for part in ("board_certification, required", "certification", "ABMS, AOA", "NCQA"):
            assert part in ran.out

    def test_show_toml_is_the_file(self, tmp_path: Path) -> None:
        own = tmp_path / "own.toml"
        own.write_text(
            credcheck("standards", "show", "interventional-pain", "--toml").out, encoding="utf-8"
        )
        validated = credcheck("standards", "validate", str(own))
        shipped = credcheck("standards", "validate", "interventional-pain")
        assert validated.status == 0
        assert validated.out == shipped.out

    def test_what_is_wrong_exits_2(self) -> None:
        assert credcheck("standards", "show", "nothing").status == 2
        assert credcheck("standards", "validate", "nothing").status == 2


def test_cache_info_and_clear(tmp_path: Path) -> None:
    from credcheck.storage import DiskByteCache

    kept = DiskByteCache(tmp_path / "cache")
    kept.set("key", b"value", 60)
    kept.close()
    info = credcheck("cache", "info")
    assert "1 answer" in info.out
    assert str(tmp_path / "cache") in info.out
    assert credcheck("cache", "clear").out == "1 answer removed\n"
    assert "0 answers" in credcheck("cache", "info").out


def test_the_demo_needs_nothing_and_shows_every_outcome(tmp_path: Path) -> None:
    ran = credcheck("demo", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    for word in ("meets", "does_not_meet", "unverified", "certificate_expired"):
        assert word in ran.out
    assert list(tmp_path.iterdir()) == []
