"""Print the lowest versions that pyproject.toml allows, as constraints for pip: one a line.

Those of what credcheck itself needs, and of its extra for Parquet. Tools of development are left out:
they check the code, and do not run in it.
"""

import re
import sys
import tomllib
from pathlib import Path

_BOUND = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?>=([0-9][0-9A-Za-z.]*)")
_EXTRAS = ("parquet",)


def list_lowest(pyproject: Path) -> list[str]:
    """Return the constraints. Raises ValueError for a dependency without a lowest version."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    needed = list(project["dependencies"])
    for extra in _EXTRAS:
        needed.extend(project["optional-dependencies"][extra])
    return sorted(map(_pin, needed))


def _pin(requirement: str) -> str:
    found = _BOUND.match(requirement)
    if found is None:
        raise ValueError(f"{requirement!r} says no lowest version, such as name>=1.2")
    return f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(list_lowest(Path(sys.argv[1]))) + "\n")
