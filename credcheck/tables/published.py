"""The header of a published file, as it was seen, and whether a file that is handed in has it."""

import re
from collections.abc import Sequence
from typing import Literal

from credcheck.model import Model
from credcheck.tables.base import UnusableTable
from credcheck.tables.header import column_key
from credcheck.tables.limits import quote

_SIGNS = re.compile(r"[^a-z0-9]+")
_SHOWN = 8


class PublishedHeader(Model, kw_only=True):
    """The columns of a published file. ``preset`` is its name.

    ``form`` says how they were seen: ``exact``, as ``slugs`` (a public reader's own writing, without
    signs and case), or ``in_part``, where the file has columns besides. ``optional`` are those that it
    may lack.
    """

    preset: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    form: Literal["exact", "slugs", "in_part"]

    def key(self, name: str) -> str:
        """Return a column's name for comparison."""
        return _SIGNS.sub("", name.casefold()) if self.form == "slugs" else column_key(name)

    def may_lack(self, name: str) -> bool:
        """Tell whether the file may do without a column."""
        return self.key(name) in map(self.key, self.optional)

    def check(self, file: str, header: Sequence[str]) -> None:
        """Check that a file is the published one by its columns. Raises UnusableTable."""
        seen = {self.key(name): name for name in self.columns}
        there = {self.key(name): name for name in header if name}
        known = {*seen, *map(self.key, self.optional)}
        gone = [name for key, name in seen.items() if key not in there]
        new = [name for key, name in there.items() if key not in known]
        twice = [name for name in header if name and there[self.key(name)] != name]
        if not gone and not twice and (not new or self.form == "in_part"):
            return
        parts = [f"it lacks {_list(gone)}"] if gone else []
        parts += [f"it also has {_list(new)}"] if new and self.form != "in_part" else []
        parts += [f"two of them read alike: {_list(twice)}"] if twice else []
        raise UnusableTable(
            f"{file}: its columns are not those of preset {self.preset!r}: {'; '.join(parts)}. It may"
            " be another file, or its publisher has changed it: look at it; if it is right, write its"
            " columns into the source, as header = [...]"
        )


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(map(quote, names[:_SHOWN])) + more
