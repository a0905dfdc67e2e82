"""What CI rests on: scripts that a shell can read, lowest versions, actions pinned by commit."""

import re
import runpy
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / ".ci"


def test_every_dependency_says_its_lowest_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lowest = runpy.run_path(str(SCRIPTS / "lowest_versions.py"))["list_lowest"]
    pins = lowest(ROOT / "pyproject.toml")
    assert len(pins) >= len(project["dependencies"])
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9.]+", pin) for pin in pins)


def test_one_without_a_lowest_version_is_refused(tmp_path: Path) -> None:
    lowest = runpy.run_path(str(SCRIPTS / "lowest_versions.py"))["list_lowest"]
    file = tmp_path / "pyproject.toml"
    file.write_text(
        '[project]\ndependencies = ["httpx"]\n[project.optional-dependencies]\nparquet = []\n'
    )
    with pytest.raises(ValueError, match="'httpx' says no lowest version"):
        lowest(file)


@pytest.mark.parametrize("name", ["run", "lowest"])
def test_a_shell_can_read_the_scripts(name: str) -> None:
    subprocess.run(["bash", "-n", str(SCRIPTS / name)], check=True)
    assert (SCRIPTS / name).stat().st_mode & 0o100


def test_the_workflow_calls_the_scripts_and_pins_its_actions() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"[a-z/-]+@[0-9a-f]{40}", each) for each in used)
    called = set(re.findall(r"\.ci/[a-z]+", text))
    assert called >= {".ci/run", ".ci/lowest"}
    assert all((ROOT / each).exists() for each in called)


class TestAudit:
    """What could not be looked up never reads as if there were nothing."""

    def audit(self, monkeypatch: pytest.MonkeyPatch, found: object) -> int:
        script = runpy.run_path(str(SCRIPTS / "audit"))
        names = script["main"].__globals__

        def run(*_: object) -> object:
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setitem(names, "list_packages", lambda _: "")
        monkeypatch.setitem(names, "run_audit", run)
        status: int = script["main"]("python")
        return status

    @pytest.mark.parametrize(
        ("found", "status", "required"),
        [
            ([{"name": "a", "version": "1", "vulns": []}], 0, 0),
            ([{"name": "a", "version": "1", "vulns": [{"id": "X"}]}], 1, 1),
            ([{"name": "a", "skip_reason": "not there"}], 0, 1),
            ([], 0, 1),
            (OSError("no network"), 0, 1),
            (ValueError("it said nothing"), 0, 1),
        ],
    )
    def test_statuses(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        found: object,
        status: int,
        required: int,
    ) -> None:
        monkeypatch.delenv("CREDCHECK_AUDIT", raising=False)
        assert self.audit(monkeypatch, found) == status
        assert ("NOT AUDITED" in capsys.readouterr().out) == (status != required)
        monkeypatch.setenv("CREDCHECK_AUDIT", "required")
        assert self.audit(monkeypatch, found) == required
