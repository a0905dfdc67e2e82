"""Presets: how a published file is read, as data. One TOML file each, found by entry point.

A preset says who publishes the file and where, what its columns and words mean, what absence from it
means, and where format seen. It never says what is in it.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Literal

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Authority, Coverage, EvidenceKind

GROUP = "credcheck.presets"
SCHEMA_VERSION = 1


class PresetError(UsageError, ValueError):
    """There is no such preset, or it cannot be used. The message names it."""


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reading of one published file.

    ``url`` is where the file itself is; without one it is got by hand, as ``by_hand`` says.
    ``header`` are the file's columns as they were seen: ``exact``; ``slugs``, in the form in which a
    public reader of the file names them; or ``in_part``, where the file has columns besides. A file
    with others is refused; ``optional`` are columns that it may have. ``header_row`` is their row
    where titles stand above. ``number`` says what stands in the column of NPIs: ``mixed`` where other
    numbers may. ``entities`` says that a row without a first name is an organization's. ``dates`` are
    the forms of dates; ``value_map`` has their words for ours, by our column; ``null_values`` are
    written for nothing. ``least_rows`` is what the whole file has at least. ``absence`` says in words
    what it means that somebody is not in the file, ``seen`` where its form was seen. ``url_names`` says
    that the URL is of a JSON document in which ``downloadURL`` names the file.
    """

    schema_version: Literal[1]
    title: str
    publisher: str
    kind: EvidenceKind
    page: str
    cadence: str
    terms: str
    absence: str
    seen: str
    seen_on: dt.date
    file: str
    header: tuple[str, ...]
    header_as: Literal["exact", "slugs", "in_part"]
    columns: dict[str, str]
    optional: tuple[str, ...] = ()
    url_names: Literal["file", "document"] = "file"
    state: str | None = None
    url: str | None = None
    by_hand: str | None = None
    authority: Authority = Authority.PRIMARY
    coverage: Coverage = Coverage.COMPLETE
    max_age: str = "120d"
    constants: dict[str, str] = {}
    dates: tuple[str, ...] = ()
    value_map: dict[str, dict[str, str]] = {}
    null_values: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    number: Literal["npi", "mixed"] = "npi"
    entities: bool = False
    least_rows: int = 0

    def __post_init__(self) -> None:
        if (self.url is None) == (self.by_hand is None):
            raise ValueError("a preset needs either a url, or by_hand with how to get the file")
        known = {*self.header, *self.optional}
        missing = [each for each in self.columns.values() if each not in known]
        if missing:
            raise ValueError(f"columns names {missing[0]!r}, which is not in the header")


@cache
def list_presets() -> Mapping[str, str]:
    """Return the text of every installed preset by its name, in order."""
    texts: dict[str, str] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.value):
        for item in files(point.value).iterdir():
            if item.name.endswith(".toml"):
                texts[item.name.removesuffix(".toml")] = item.read_text(encoding="utf-8")
    return dict(sorted(texts.items()))


@cache
def load_preset(name: str) -> Preset:
    """Load a preset by its name. Raises PresetError."""
    texts = list_presets()
    if name not in texts:
        raise PresetError(f"unknown preset {name!r}{did_you_mean(name, texts)}")
    return parse_preset(texts[name], name)


def parse_preset(text: str, name: str) -> Preset:
    """Read a preset. Raises PresetError."""
    try:
        return msgspec.convert(tomllib.loads(text), Preset)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise PresetError(f"preset {name!r}: {error}") from error
