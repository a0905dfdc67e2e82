"""Running the command as its user does: a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple


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
    done = subprocess.run(
        command(*args),
        cwd=cwd,
        env=environment(env or {}),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        encoding="utf-8",
    )
    return Ran(done.returncode, done.stdout, done.stderr)
