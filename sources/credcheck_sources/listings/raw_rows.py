"""The rows of a listing as they stand: their digest, and what is in no column of ours."""

import hashlib
from collections.abc import Sequence

from credcheck.model import canonical_json
from credcheck.tables.columns import Binding, is_private


class RawRows:
    """The rows of one listing without their private columns (Social Security numbers, birthdays)."""

    def __init__(self, header: Sequence[str], binding: Binding) -> None:
        self.width = len(header)
        kept = [
            each
            for each in binding.uses
            if each.header and each.use != "private" and not is_private(each.header)
        ]
        self._kept = [(each.header, each.place) for each in kept]
        self.kept_places = frozenset(
            each.place for each in binding.uses if each.ours or (each in kept)
        )
        """Where the cells stand that something is read of, or shown of."""
        self._others = [(each.header, each.place) for each in kept if not each.ours]

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
        return len(cells) == self.width
