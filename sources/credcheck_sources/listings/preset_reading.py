"""How a preset reads a row: as options of a listing, and what no other listing has.

That is numbers beside the NPI in its cell, and organizations in the column of family names.
"""

import copy
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace

from credcheck.model import EXCLUSION_KINDS, Record
from credcheck.model.npi import is_valid
from credcheck.source import PersonRecord
from credcheck.source.presets import Preset
from credcheck.tables import Column
from credcheck.tables.published import PublishedHeader
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.names import read_whole_name
from credcheck_sources.listings.options import ListingOptions, list_set

_WORDS = 2  # a name has a first and a last
_NUMBERS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_NAME = "name"


def lay_under(options: ListingOptions, preset: Preset, declared: Collection[str]) -> ListingOptions:
    """Return the options with what the preset says where the configuration says nothing.

    ``declared`` are those of authority and coverage that it says.
    """
    given: dict[str, object] = {
        "columns": _without(preset.columns, options.constants) | options.columns,
        "constants": _without(preset.constants, options.columns) | options.constants,
        "value_map": preset.value_map | options.value_map,
        "null_values": (*preset.null_values, *options.null_values),
    }
    for name in {"authority", "coverage"} - set(declared):
        given[name] = getattr(preset, name)
    if "coverage" in declared:  # how many rows the whole file has is the user's to say, too
        given |= {"kind": str(preset.kind), "preset": None}
    said = list_set(options)
    for name in ("encoding", "delimiter", "sheet", "header_row", "dates", "max_age"):
        if (value := getattr(preset, name)) and name not in said:
            given[name] = value
    return replace(options, **given)


def _without(ours: Mapping[str, str], said: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in ours.items() if name not in said}


def explain_few(preset: Preset, rows: int) -> str | None:
    """Return why a file with so few rows is not the whole file, or None."""
    if rows >= preset.least_rows:
        return None
    return (
        f"has {rows:,} rows, and the whole file has more than {preset.least_rows:,}: download it"
        " again"
    )


def read_as_preset(form: ListingFormat, preset: Preset, name: str) -> ListingFormat:
    """Return the format of a kind of listing, reading a file as the preset of a name says."""

    def read_person(cells: Cells) -> PersonRecord:
        ours = _view(preset, cells)
        person = form.person(ours)
        if not preset.entities or any(name.first for name in person.names):
            return person
        names, _ = read_whole_name(ours.text("last_name"), in_any_order=True)
        return replace(person, names=names) if names else person

    def read_record(cells: Cells) -> Record | None:
        return form.record(_view(preset, cells))

    given = preset.columns.keys() | preset.constants.keys()
    columns = tuple([_relax(column, given) for column in form.columns])
    published = PublishedHeader(
        preset=name, columns=preset.header, optional=preset.optional, form=preset.header_as
    )
    layout = msgspec.json.encode(preset).decode()
    return form._replace(
        columns=columns,
        person=read_person,
        record=read_record,
        published=published,
        layout=layout,
    )


def _relax(column: Column, given: Collection[str]) -> Column:
    """Return a column as it is needed: one that the file is known to lack is not."""
    return replace(column, required=False) if column.name not in given else column


def _view(preset: Preset, cells: Cells) -> Cells:
    """Return a view of a row as the preset says. Problems are noted on the row itself."""
    theirs, ours = cells.text, copy.copy(cells)

    def read(column: str) -> str:
        text = theirs(column)
        return _only_npis(text) if column == "npi" and preset.number == "mixed" else text

    ours.text = read
    if preset.kind in EXCLUSION_KINDS:
        ours.text = partial(_with_organization, preset, read)
    return ours


def _only_npis(text: str) -> str:
    """Return the NPIs in a cell that may hold other numbers, and words between them."""
    return " ".join([each for each in _NUMBERS.findall(text) if is_valid(each)])


def _with_organization(preset: Preset, read: Callable[[str], str], column: str) -> str:
    """Return a cell. A row without a first name may be an organization's, and is no fault then.

    Its name is read as a person's all the same, where it can be: nobody is to be hidden by it.
    """
    text = read(column)
    if text or column != "business_name" or read("first_name"):
        return text
    if preset.entities and len(read("last_name").split()) >= _WORDS:
        return read("last_name")
    return read(_NAME) if _NAME in preset.columns else ""
