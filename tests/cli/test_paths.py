"""Outputs never eat inputs, whatever path leads to them; what is no regular file is refused at once."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from credcheck._util.errors import UsageError
from credcheck.cli.options import Request
from credcheck.cli.paths import (
    Input,
    Output,
    check_paths,
    configured_inputs,
    journal_output,
    known_inputs,
    log_output,
    output_file,
)
from tests.support.cli import command, credcheck
from tests.support.world import copy_demo

OUTPUTS = ("-o", "--journal", "--log", "--junit", "--sarif", "--html")


def make(option: str, path: Path) -> tuple[Output, ...]:
    """Return an option's output."""
    if option == "--journal":
        return (journal_output(path),)
    return (log_output(path),) if option == "--log" else output_file(option, str(path))


def same_path(folder: Path) -> Path:
    return folder / "roster.csv"


def other_spelling(folder: Path) -> Path:
    return folder / "sub" / ".." / "roster.csv"


def soft_link(folder: Path) -> Path:
    (folder / "soft").symlink_to(folder / "roster.csv")
    return folder / "soft"


def hard_link(folder: Path) -> Path:
    (folder / "hard").hardlink_to(folder / "roster.csv")
    return folder / "hard"


def through_a_linked_folder(folder: Path) -> Path:
    (folder / "linked").symlink_to(folder, target_is_directory=True)
    return folder / "linked" / "roster.csv"


WAYS = (same_path, other_spelling, soft_link, hard_link, through_a_linked_folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "roster.csv").write_text("npi\n2000001075\n")
    return tmp_path


@pytest.mark.parametrize("option", OUTPUTS)
@pytest.mark.parametrize("way", WAYS)
def test_no_output_is_an_input(option: str, way: Callable[[Path], Path], folder: Path) -> None:
    inputs = [Input("the roster", folder / "roster.csv")]
    with pytest.raises(UsageError, match=rf"{option} .* is also an input \(the roster\)"):
        check_paths(make(option, way(folder)), inputs, force=True)


@pytest.mark.parametrize("option", OUTPUTS)
@pytest.mark.parametrize("way", WAYS)
def test_no_two_outputs_are_one_file(
    option: str, way: Callable[[Path], Path], folder: Path
) -> None:
    outputs = [*make("--html", folder / "roster.csv"), *make(option, way(folder))]
    with pytest.raises(UsageError, match="name the same file"):
        check_paths(outputs, [], force=True)


@pytest.mark.parametrize("beside", ["-wal", "-shm", "-journal"])
def test_what_lies_beside_a_journal_is_no_input(beside: str, folder: Path) -> None:
    (folder / "roster.csv").rename(folder / f"run{beside}")
    inputs = [Input("the roster", folder / f"run{beside}")]
    with pytest.raises(UsageError, match="is also an input"):
        check_paths([journal_output(folder / "run")], inputs, force=True)


@pytest.mark.parametrize("beside", [".lock", ".torn"])
def test_what_lies_beside_a_log_is_no_input(beside: str, folder: Path) -> None:
    inputs = [Input("--baseline", folder / f"run{beside}")]
    with pytest.raises(UsageError, match="is also an input"):
        check_paths([log_output(folder / "run")], inputs, force=True)


@pytest.mark.parametrize(
    ("option", "beside"),
    [("--journal", "-wal"), ("--journal", "-shm"), ("--log", ".lock"), ("--log", ".torn")],
)
def test_somebodys_file_beside_one_of_ours_stays(option: str, beside: str, folder: Path) -> None:
    (folder / f"run{beside}").write_text("a list of my own")
    with pytest.raises(UsageError, match="does not belong to credcheck"):
        check_paths(make(option, folder / "run"), [], force=True)


def test_files_that_are_not_there_yet_are_told_apart(folder: Path) -> None:
    outputs = [*make("-o", folder / "a.ndjson"), *make("--html", folder / "b.html")]
    check_paths([*outputs, journal_output(folder / "j"), log_output(folder / "l")], [], force=False)
    shared = [*make("-o", folder / "a"), *make("--html", folder / "sub" / ".." / "a")]
    with pytest.raises(UsageError, match="name the same file"):
        check_paths(shared, [], force=False)


@pytest.mark.parametrize("option", OUTPUTS)
@pytest.mark.parametrize("own", ["CREDCHECK_STORE", "CREDCHECK_CACHE"])
def test_nothing_is_written_into_store_or_cache(
    option: str, own: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(own, str(folder / "own"))
    (folder / "own" / "nppes").mkdir(parents=True)
    with pytest.raises(UsageError, match="the folder that credcheck keeps"):
        check_paths(make(option, folder / "own" / "nppes" / "CURRENT"), [], force=True)


@pytest.mark.parametrize("option", OUTPUTS)
def test_what_is_no_regular_file_is_no_output(option: str, folder: Path) -> None:
    os.mkfifo(folder / "fifo")
    for path in (Path("/dev/null"), Path("/dev/zero"), folder / "fifo", folder / "sub"):
        with pytest.raises(UsageError, match=r"a folder|not a regular file"):
            check_paths(make(option, path), [], force=True)


def test_a_name_that_is_too_long_is_told(folder: Path) -> None:
    with pytest.raises(UsageError, match="File name too long"):
        check_paths(make("-o", folder / ("x" * 400)), [], force=True)


def test_what_a_configuration_names_is_an_input(folder: Path) -> None:
    world = copy_demo(folder)
    inputs = configured_inputs(Request(config=world / "credcheck.toml"))
    named = {each.path.resolve() for each in inputs}
    files = {each for each in world.iterdir() if each.suffix in {".csv", ".json"}}
    assert world / "credcheck.toml" in named
    assert files - named == {world / "roster.csv", world / "people.csv"}


def test_a_standard_of_ones_own_is_an_input(folder: Path) -> None:
    world = copy_demo(folder)
    request = Request(config=world / "credcheck.toml", standard="ours.toml")
    assert Path("ours.toml") in [each.path for each in configured_inputs(request)]


def test_a_broken_configuration_does_not_keep_a_report_from_being_made(folder: Path) -> None:
    (folder / "credcheck.toml").write_text("standard = [")
    names = {each.name for each in known_inputs(folder / "credcheck.toml")}
    assert names == {"the configuration", "the log of runs"}


def test_the_outputs_of_a_finished_run_are_its_own(folder: Path) -> None:
    (folder / "out.csv").write_text("of the run before")
    outputs = make("-o", folder / "out.csv")
    with pytest.raises(UsageError, match="already exists"):
        check_paths(outputs, [], force=False)
    check_paths(outputs, [], force=False, own=[os.path.realpath(folder / "out.csv")])


class TestCommands:
    """The same through the commands, with all that a run reads and writes."""

    pytestmark = pytest.mark.slow

    @pytest.fixture
    def world(self, folder: Path) -> Path:
        world = copy_demo(folder)
        (world / "waivers.toml").write_text("")
        (world / "baseline.ndjson").write_text("")
        return world

    INPUTS = (
        *("roster.csv", "credcheck.toml", "boards.csv", "nppes.json", "waivers.toml"),
        "baseline.ndjson",
    )

    @pytest.mark.parametrize("eaten", INPUTS)
    @pytest.mark.parametrize("option", OUTPUTS)
    def test_an_audit_eats_nothing(self, option: str, eaten: str, world: Path) -> None:
        path = world / eaten
        assert path.exists()
        before = path.read_bytes()
        usual = {"-o": "o.ndjson", "--journal": "j", "--log": "l"} | {option: eaten}
        words = [word for pair in usual.items() for word in pair]
        policy = ("--waivers", "waivers.toml", "--baseline", "baseline.ndjson")
        ran = credcheck("audit", "roster.csv", *words, *policy, "--force", cwd=world)
        assert (ran.status, ran.out) == (2, "")
        assert "is also an input" in ran.err
        assert path.read_bytes() == before
        assert not [name for name in ("o.ndjson", "j", "l") if (world / name).exists()]

    @pytest.mark.parametrize("option", ["-o", "--journal", "--log"])
    @pytest.mark.parametrize("kind", ["/dev/zero", "/dev/null", "fifo", "sub"])
    def test_a_batch_ends_at_once(self, option: str, kind: str, world: Path) -> None:
        os.mkfifo(world / "fifo")
        (world / "sub").mkdir()
        usual = {"-o": "o.ndjson", "--journal": "j", "--log": "l"} | {option: kind}
        words = [word for pair in usual.items() for word in pair]
        words += ["--format", "ndjson", "--force"]
        ran = credcheck("batch", "roster.csv", *words, cwd=world)
        assert ran.status == 2
        assert "give a file" in ran.err

    @pytest.mark.parametrize("kind", ["/dev/zero", "fifo", "sub"])
    @pytest.mark.parametrize(
        "words",
        [
            ("report", "IT"),
            ("replay", "IT"),
            ("diff", "IT", "IT"),
            ("log", "verify", "--log", "IT"),
            ("log", "list", "--log", "IT"),
            ("log", "verify", "--log", "l", "--results", "IT"),
            ("sources", "add", "mine", "--adapter", "listing", "--config", "IT"),
            ("audit", "roster.csv", "--baseline", "IT"),
            ("audit", "roster.csv", "--waivers", "IT"),
            ("verify", "2000001075", "--config", "IT"),
            ("verify", "2000001075", "--standard", "IT"),
        ],
    )
    def test_nothing_but_a_file_is_read(
        self, words: tuple[str, ...], kind: str, world: Path
    ) -> None:
        os.mkfifo(world / "fifo")
        (world / "sub").mkdir()
        (world / "l").touch()
        kind = f"{kind}.toml" if "--standard" in words else kind
        if kind.endswith(".toml"):
            (world / kind.lstrip("/").replace("/", "-")).symlink_to(kind.removesuffix(".toml"))
            kind = kind.lstrip("/").replace("/", "-")
        ran = credcheck(*(kind if word == "IT" else word for word in words), cwd=world)
        assert ran.status == 2, ran
        assert "give a file" in ran.err

    def test_a_roster_that_the_shell_opened_is_an_input_too(self, world: Path) -> None:
        for target in ("roster.csv", "hard.csv"):
            if target == "hard.csv":
                (world / target).hardlink_to(world / "roster.csv")
            before = (world / "roster.csv").read_bytes()
            with (world / "roster.csv").open("rb") as stdin:
                words = command("batch", "-", "-o", target, "--force", "--log", "l")
                done = subprocess.run(words, stdin=stdin, cwd=world, check=False)
            assert done.returncode == 2
            assert (world / "roster.csv").read_bytes() == before

    def test_results_are_not_written_onto_what_the_shell_reads(self, world: Path) -> None:
        with (world / "roster.csv").open("ab") as stdout:
            words = command("batch", "roster.csv", "-o", "-", "--log", "l", "--journal", "j")
            done = subprocess.run(words, stdout=stdout, cwd=world, check=False)
        assert done.returncode == 2

    @pytest.mark.parametrize("force", [(), ("--force",), ("--resume",), ("--resume", "--force")])
    def test_a_file_of_somebody_is_no_journal(self, force: tuple[str, ...], world: Path) -> None:
        (world / "notes.txt").write_text("of my own")
        words = ("-o", "o.ndjson", "--journal", "notes.txt", "--log", "l")
        ran = credcheck("batch", "roster.csv", *words, *force, cwd=world)
        assert ran.status == (5 if force == ("--resume",) else 2)
        assert (world / "notes.txt").read_text() == "of my own"

    def test_a_file_of_somebody_is_no_log(self, world: Path) -> None:
        (world / "notes.txt").write_text("of my own\n")
        ran = credcheck("batch", "roster.csv", "-o", "o.ndjson", "--log", "notes.txt", cwd=world)
        assert ran.status == 5
        assert (world / "notes.txt").read_text() == "of my own\n"
        assert not (world / "o.ndjson").exists()

    def test_another_output_is_not_replaced_by_a_resumed_run(self, world: Path) -> None:
        """A run that is resumed may replace its own output, and nothing else."""
        kept = ("--journal", "j", "--log", "l", "--as-of", "2026-11-20")
        text = (world / "credcheck.toml").read_text()
        text = re.sub(r'(?m)^recorded = "nppes\.json".*\nas_of = .*$', "", text)
        (world / "credcheck.toml").write_text(
            text.replace('adapter = "nppes-api"', 'adapter = "nppes-api"\ntimeout = 1')
        )
        first = credcheck("batch", "roster.csv", "-o", "a.ndjson", *kept, "--offline", cwd=world)
        assert (first.status, (world / "j").exists()) == (3, True)
        (world / "b.ndjson").write_text("of my own")
        words = ("batch", "roster.csv", *kept, "--offline", "--resume")
        assert credcheck(*words, "-o", "b.ndjson", cwd=world).status == 2
        assert (world / "b.ndjson").read_text() == "of my own"
        assert credcheck(*words, "-o", "a.ndjson", cwd=world).status == 3

    def test_a_report_eats_neither_results_nor_log(self, world: Path) -> None:
        words = ("batch", "roster.csv", "-o", "r.ndjson")
        assert credcheck(*words, "--log", "l", "--as-of", "2026-11-20", cwd=world).status == 0
        (world / "link.csv").hardlink_to(world / "r.ndjson")
        for target in ("r.ndjson", "link.csv", "boards.csv"):
            before = (world / target).read_bytes()
            for made in (("report", "r.ndjson"), ("replay", "r.ndjson")):
                ran = credcheck(*made, "-o", target, "--force", cwd=world)
                assert (ran.status, "is also an input" in ran.err) == (2, True)
            assert (world / target).read_bytes() == before
        ran = credcheck(
            *("report", "r.ndjson", "-o", "l", "--format", "csv", "--force"),
            cwd=world,
            env={"CREDCHECK_LOG": str(world / "l")},
        )
        assert ran.status == 2
