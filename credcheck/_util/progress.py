"""How far long work has come: what the core hands out, and the CLI shows."""

from typing import NamedTuple


class Progress(NamedTuple):
    """How far work has come.

    ``done`` and ``total`` are in the unit of the work: bytes of an import, rows of a roster. ``note``
    is for people.
    """

    done: int
    total: int
    phase: str = ""
    note: str = ""
