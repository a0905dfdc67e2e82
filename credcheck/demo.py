"""The built-in world: invented people, programs, certificates and exclusions, without network."""

import csv
import datetime as dt
from pathlib import Path
from typing import NamedTuple

DEMO_AS_OF = dt.date(2026, 11, 1)
"""The day that the world's listings speak of."""

_IN_THE_PACKAGE = Path(__file__).parent / "demo_world"
_IN_THE_CHECKOUT = Path(__file__).parent.parent / "fixtures" / "demo"


class DemoPerson(NamedTuple):
    """One person of the world and what their case shows."""

    npi: str
    shows: str


def demo_folder() -> Path:
    """Return the folder of the world: in the installed package, or in a checkout beside it."""
    return _IN_THE_PACKAGE if _IN_THE_PACKAGE.is_dir() else _IN_THE_CHECKOUT


def demo_config() -> Path:
    """Return the world's configuration."""
    return demo_folder() / "credcheck.toml"


def demo_people() -> tuple[DemoPerson, ...]:
    """Return everybody of the world who is there to be checked."""
    with (demo_folder() / "people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(DemoPerson(row["npi"], row["shows"]) for row in csv.DictReader(file))
