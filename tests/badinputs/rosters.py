"""Running a bad roster through the whole command, in the small world of the bad inputs."""

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from tests.badinputs.world import AS_OF, FILES, world
from tests.support.cli import Ran, credcheck


class Batch(NamedTuple):
    ran: Ran
    header: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def outcomes(self) -> list[str]:
        return [row["outcome"] for row in self.rows]

    def codes(self, place: int) -> set[str]:
        return {r["code"] for x in self.rows[place]["findings"] for r in x["reasons"]}


def run(folder: Path, command: str, roster: Path, *args: str, **more: Any) -> Ran:
    if not (folder / "credcheck.toml").exists():
        world(folder, **more)
    config = ("--config", str(folder / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    return credcheck(command, str(roster), *config, *args)


def batch(folder: Path, file: str, *args: str, **more: Any) -> Batch:
    """Judge a roster of the bad inputs."""
    roster = folder / file
    shutil.copy(FILES / file, roster)
    ran = run(folder, "batch", roster, "-o", "-", *args, **more)
    assert "Traceback" not in ran.err
    lines = [json.loads(line) for line in ran.out.splitlines()]
    return Batch(ran, lines[0] if lines else {}, lines[1:])


def refused(folder: Path, file: str, *args: str) -> str:
    """Return what is said of a roster that cannot be used at all."""
    found = batch(folder, file, *args)
    assert found.ran.status == 5, found.ran
    assert not found.rows
    return found.ran.err
