"""credcheck.toml as a document: tables are added, changed and removed, and comments stay."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item, Table

from credcheck._util.errors import OutputError, UsageError
from credcheck._util.files import atomic_write, check_regular
from credcheck._util.suggest import did_you_mean
from credcheck._util.toml import parse_toml

_HEAD = re.compile(r"\s*\[[^\[\]]+\]\s*(#.*)?$")
_SPACE = re.compile(r"\s*(#.*)?$")
_BLANKS = re.compile(r"\n{3,}")
_LONG = 4  # items of a list that stand on one line


class ConfigDocument:
    """A configuration that is edited. Nothing is written before ``write``."""

    def __init__(self, file: Path) -> None:
        """Read the file, if it is there. Raises UsageError where it is no TOML."""
        self.file = file
        check_regular(file, f"the configuration {file}")
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = ""
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: {error}") from error
        try:
            parse_toml(text)
            self._document = tomlkit.parse(text)
        except (tomllib.TOMLDecodeError, TOMLKitError, RecursionError) as error:
            raise UsageError(f"{file}: not valid TOML: {error}") from error
        self.is_new = not text.strip()

    @property
    def text(self) -> str:
        """The document as it would be written."""
        return tomlkit.dumps(self._document)

    @property
    def plain(self) -> dict[str, Any]:
        """The document as values."""
        return tomllib.loads(self.text)

    def names(self, group: str) -> list[str]:
        """Return the names of the tables of a group, ``sources`` or ``rosters``."""
        found = self._document.get(group)
        return list(found) if isinstance(found, Mapping) else []

    def begin(self, lines: Sequence[str], values: Mapping[str, Any]) -> None:
        """Begin a new document with comments and plain values."""
        for line in lines:
            self._document.add(tomlkit.comment(line))
        for name, value in values.items():
            self._document.add(name, tomlkit.item(value))

    def add(
        self, group: str, name: str, options: Mapping[str, Any], comments: Sequence[str] = ()
    ) -> None:
        """Add a table at the end, with comments above it."""
        table = tomlkit.table()
        for option, value in options.items():
            table.add(option, _make_item(option, value))
        parts = [f"# {line}" if line else "#" for line in comments]
        block = tomlkit.document()
        super_table = tomlkit.table(is_super_table=True)
        super_table.append(name, table)
        block.append(group, super_table)
        self._append("\n".join((*parts, tomlkit.dumps(block))))

    def add_comment(self, lines: Sequence[str]) -> None:
        """Add lines that say something and set nothing."""
        self._append("\n".join(f"# {line}" if line else "#" for line in lines) + "\n")

    def remove_comment(self, beginning: str) -> bool:
        """Take out the comment lines that begin so; tell whether there were none."""
        lines = self.text.splitlines(keepends=True)
        first = next((at for at, x in enumerate(lines) if x.startswith(f"# {beginning}")), None)
        if first is None:
            return True
        last = first
        while last < len(lines) and lines[last].startswith("#"):
            last += 1
        self._replace(first, last, "")
        return False

    def set(self, group: str, name: str, changes: Mapping[str, Any]) -> None:
        """Change options of a table; None takes one out."""
        first, last = self._find(group, name)
        lines = self.text.splitlines(keepends=True)
        block = tomlkit.parse("".join(lines[first:last]))
        table = block[group][name]
        assert isinstance(table, Table)  # noqa: S101 - as above
        for option, value in changes.items():
            if value is None:
                table.pop(option, None)
            else:
                table[option] = _make_item(option, value)
        self._replace(first, last, tomlkit.dumps(block))

    def remove(self, group: str, name: str) -> None:
        """Take a table out, and the comment right above it."""
        first, last = self._find(group, name)
        lines = self.text.splitlines()
        while first and lines[first - 1].startswith("#"):
            first -= 1
        self._replace(first, last, "")

    def write(self) -> None:
        """Write the document whole, or raise OutputError."""
        try:
            with atomic_write(self.file.resolve()) as out:
                out.write(self.text.encode("utf-8"))
        except OSError as error:
            raise OutputError(f"{self.file}: {error.strerror}") from error

    def _find(self, group: str, name: str) -> tuple[int, int]:
        """Return where the lines of a table begin and end, without the comment of the next."""
        if name not in self.names(group):
            raise UsageError(
                f"{self.file}: no [{group}.{name}]{did_you_mean(name, self.names(group))}"
            )
        lines = self.text.splitlines()
        heads = [place for place, line in enumerate(lines) if _HEAD.match(line)]
        for place, following in zip(heads, [*heads[1:], len(lines)], strict=True):
            if _is_head_of(lines[place], group, name):
                last = following
                while last < len(lines) and last > place + 1 and _SPACE.match(lines[last - 1]):
                    last -= 1
                return place, last
        raise UsageError(
            f"{self.file}: [{group}.{name}] is written in a way that credcheck cannot edit;"
            " change it by hand"
        )

    def _replace(self, first: int, last: int, block: str) -> None:
        lines = self.text.splitlines(keepends=True)
        end = "" if not block or block.endswith("\n") else "\n"
        text = "".join((*lines[:first], block, end, *lines[last:]))
        self._document = tomlkit.parse(_BLANKS.sub("\n\n", text))

    def _append(self, block: str) -> None:
        """Append text at the end: what stands before it stays byte for byte."""
        before = self.text.rstrip("\n")
        self._document = tomlkit.parse(f"{before}\n\n{block}" if before else block)


def _is_head_of(line: str, group: str, name: str) -> bool:
    found = tomllib.loads(line)
    return set(found) == {group} and set(found[group]) == {name}


def _make_item(option: str, value: Any) -> Item:
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, each in value.items():
            table.append(key, _make_item(option, each))
        return table
    if isinstance(value, list) and len(value) > _LONG:
        array = tomlkit.array()
        array.extend(value)
        return array.multiline(multiline=True)
    item: Item = tomlkit.item(value)
    return item
