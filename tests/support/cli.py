"""Running the command as its user does: a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from credcheck.cli.environment import has_folder
from tests.support.forking import can_fork, run_forked

_LONGEST = 120  # seconds


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def command(*args: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "credcheck", *args]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with more in it."""
    own = {**os.environ, **more}
    if "PYTHONPATH" in more:  # beside that of conftest.py, which keeps the network out
        own["PYTHONPATH"] = os.pathsep.join((more["PYTHONPATH"], os.environ["PYTHONPATH"]))
    return own


def credcheck(
    *args: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
) -> Ran:
    surroundings = environment(env or {})
    if can_fork(surroundings) and has_folder():
        folder = (Path.cwd() / cwd) if cwd else Path.cwd()
        ended = run_forked(args, folder, surroundings, stdin, _LONGEST)
        return Ran(ended.status, _text(ended.out), _text(ended.err))
    done = subprocess.run(
        command(*args),
        cwd=cwd,
        env=surroundings,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
        encoding="utf-8",
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _text(output: bytes) -> str:
    return output.decode().replace("\r\n", "\n").replace("\r", "\n")
