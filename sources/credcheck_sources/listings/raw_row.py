"""The raw record: what of a listing's row is kept for the proof, and its digest."""

import hashlib
from collections.abc import Iterable, Sequence

from credcheck.model import canonical_json
from credcheck.tables.private import is_private


class RawRows:
    """The rows of one listing without their private columns (Social Security numbers, birthdays)."""

    def __init__(self, header: Sequence[str], others: Iterable[str]) -> None:
        """Take the header, and those of its columns that credcheck has no name for."""
        self._width = len(header)
        self._kept = [(x, at) for at, x in enumerate(header) if x and not is_private(x)]
        named = set(others)
        self._others = [(name, place) for name, place in self._kept if name in named]

    def digest(self, cells: Sequence[str]) -> str:
        """Return the SHA-256 of a row; one with shifted columns is known by its width alone."""
        kept = {name: cells[place] for name, place in self._kept} if self._fits(cells) else None
        whole = kept if kept is not None else {"cells": str(len(cells))}
        return hashlib.sha256(canonical_json(whole)).hexdigest()

    def others(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what the row says in columns that credcheck has no name for."""
        if not self._others or not self._fits(cells):
            return {}
        return {name: cells[place] for name, place in self._others if cells[place]}

    def _fits(self, cells: Sequence[str]) -> bool:
        return len(cells) == self._width
