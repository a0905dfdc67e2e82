"""Documents that can be wrong are run: every command, every program, every reference page."""

import importlib.util
import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.cli import credcheck

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (f"{path.relative_to(ROOT)}:{path.read_text('utf-8')[: found.start()].count(chr(10)) + 1}",
         found.group(2))
        for path in PAGES
        for found in FENCE.finditer(path.read_text(encoding="utf-8"))
        if found.group(1) == language
    ]  # fmt: skip


def sessions() -> list[tuple[str, str, str]]:
    """Return every command of a console block with the output that the page shows."""
    return [
        (where, command, shown)
        for where, text in blocks("console")
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
    ]


SESSIONS = sessions()


@pytest.mark.slow(every_case=True)
@pytest.mark.parametrize(
    ("command", "shown"), [s[1:] for s in SESSIONS], ids=[f"{s[0]} {s[1]}" for s in SESSIONS]
)
def test_a_command_prints_what_the_page_shows(command: str, shown: str) -> None:
    """A line of three dots stands for any lines."""
    words = shlex.split(command)
    assert words[0] == "credcheck"
    width = "100" if "--explain" in words else "80"
    out = credcheck(*words[1:], env={"COLUMNS": width}).out
    printed = "\n".join(line.rstrip() for line in out.splitlines()) + "\n"
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n"
        for line in shown.rstrip("\n").splitlines()
    )
    assert re.fullmatch(pattern, printed), printed


def test_there_are_commands_to_try() -> None:
    assert len(SESSIONS) >= 7


@pytest.mark.parametrize(("where", "text"), blocks("toml"), ids=[b[0] for b in blocks("toml")])
def test_a_toml_block_is_toml(where: str, text: str) -> None:
    assert tomllib.loads(text), where


def test_the_standard_of_the_how_to_works(tmp_path: Path) -> None:
    (text,) = (text for where, text in blocks("toml") if "write-a-standard" in where)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    ran = credcheck("verify", "2000001075", "--demo", "--standard", str(tmp_path / "ours.toml"))
    findings = {each["requirement"]: each for each in ran.json["findings"]}
    assert findings["base_specialty"]["outcome"] == "unverified"
    assert findings["radiation_safety"]["level"] == "required"


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (text,) = (text for where, text in blocks("python") if "use-it-from-programs" in where)
    exec(compile(text, "use-it-from-programs.md", "exec"), {})  # noqa: S102 - our own document
    assert capsys.readouterr().out == "2000001075 meets\n2100000142 does_not_meet\n"


def test_the_adapter_of_the_how_to_passes_the_contract(tmp_path: Path) -> None:
    import subprocess
    import sys

    parts = [text for where, text in blocks("python") if "write-an-adapter" in where]
    (tmp_path / "test_ours.py").write_text("\n".join(parts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_ours.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "12 passed" in done.stdout


SH_ALONE = re.compile(r"\\$|<<|\$[A-Z{(]|^export |&& ", re.MULTILINE)
LINUX_PAGES = {"judge-on-several-machines.md", "README.md", "complete-commands.md"}


def test_what_sh_alone_understands_has_powershell_beside_it() -> None:
    for path in PAGES:
        if path.name in LINUX_PAGES:
            continue
        fences = [*FENCE.findall(path.read_text(encoding="utf-8")), ("", "")]
        for (language, text), (following, _) in pairwise(fences):
            if language in {"sh", "bash"} and SH_ALONE.search(text):
                assert following == "powershell", f"{path.name}: {text}"


def test_what_has_to_be_quoted_is_quoted_whole() -> None:
    """In PowerShell and sh alike: 'columns.npi=NPI #', not columns.npi='NPI #'."""
    for path in PAGES:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"--(set|columns) [\w.]+=['\"]", line), f"{path.name}: {line}"


def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page",
    [
        *("commands.md", "reason-codes.md", "rules.md", "configuration.md"),
        *("table-limits.md", "reading.md", "work-list.md", "topics.md"),
    ],
)
def test_the_reference_is_what_the_code_says(page: str) -> None:
    """If this fails: python docs/make.py."""
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    maker: Any = make()
    maker.run = lambda *words: credcheck(*words, env=maker.LOOK).out
    assert maker.PAGES[page]() == written


def test_links_lead_somewhere() -> None:
    for path in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md"]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in needed:
        name = re.split(r"[><=\[]", requirement)[0].removeprefix("types-")
        assert name in reasons or name == "credcheck", name


def test_every_reason_code_of_the_contract_is_documented() -> None:
    from credcheck.model import ReasonCode

    page = (ROOT / "docs" / "reference" / "reason-codes.md").read_text(encoding="utf-8")
    assert all(f"`{code}`" in page for code in ReasonCode)


def test_the_demo_world_is_what_people_toml_makes(tmp_path: Path) -> None:
    """If this fails: python fixtures/make_world.py."""
    spec = importlib.util.spec_from_file_location("world", ROOT / "fixtures" / "make_world.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(tmp_path / "demo")
    for made in (tmp_path / "demo").iterdir():
        assert made.read_bytes() == (ROOT / "fixtures" / "demo" / made.name).read_bytes(), made.name
