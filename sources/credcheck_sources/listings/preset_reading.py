"""How a preset reads a row: their words for ours, what is written for nothing, whole names.

The format of the kind reads what comes out of it, as it reads any other listing.
"""

import copy
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial

from msgspec.structs import replace

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import EXCLUSION_KINDS, EvidenceKind, PersonName, Record
from credcheck.model.npi import is_valid
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.source import PersonRecord
from credcheck.source.presets import Preset
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions

_WORDS = 2  # a name has a first and a last
_NUMBERS = re.compile(r"[0-9]{10}")
_NAME = "name"

_Words = Mapping[str, Mapping[str, str]]


def lay_under(options: ListingOptions, preset: Preset, declared: Collection[str]) -> ListingOptions:
    """Return the options with what the preset says where the configuration says nothing.

    ``declared`` are those of authority and coverage that it says.
    """
    given: dict[str, object] = {
        "columns": _without(preset.columns, options.constants) | options.columns,
        "constants": _without(preset.constants, options.columns) | options.constants,
    }
    for name in {"authority", "coverage"} - set(declared):
        given[name] = getattr(preset, name)
    if "coverage" in declared:  # how many rows the whole file has is the user's to say, too
        given |= {"kind": str(preset.kind), "preset": None}
    defaults = _list_defaults(options)
    for name in ("encoding", "delimiter", "sheet", "dates", "max_age"):
        value = getattr(preset, name)
        if value and getattr(options, name) == defaults[name]:
            given[name] = value
    return replace(options, **given)


def _without(ours: Mapping[str, str], said: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in ours.items() if name not in said}


def explain_few(preset: Preset, rows: int) -> str | None:
    """Return why a file with so few rows is not the whole file, or None."""
    if rows >= preset.least_rows:
        return None
    return f"has {rows:,} rows, and the whole file more than {preset.least_rows:,}: get it again"


def read_as_preset(form: ListingFormat, preset: Preset) -> ListingFormat:
    """Return the format of a kind of listing, reading a file as the preset says."""
    translate = partial(_translate, preset, _read_words(preset), _read_nulls(preset))

    def read_person(cells: Cells) -> PersonRecord:
        ours = translate(cells)
        person = form.person(ours)
        if any(name.first for name in person.names):
            return person
        whole = ours.text(_NAME) or (ours.text("last_name") if preset.entities else "")
        names = _read_whole(whole, preset.kind)
        return replace(person, names=names) if names else person

    def read_record(cells: Cells) -> Record | None:
        return form.record(translate(cells))

    given = preset.columns.keys() | preset.constants.keys()
    columns = tuple([_relax(column, given) for column in form.columns])
    if all(column.name != _NAME for column in columns):
        columns = (*columns, Column(name=_NAME))
    return form._replace(columns=columns, person=read_person, record=read_record)


def _relax(column: Column, given: Collection[str]) -> Column:
    """Return a column as it is needed: one that the file is known to lack is not."""
    return replace(column, required=False) if column.name not in given else column


def _translate(preset: Preset, words: _Words, nulls: Collection[str], cells: Cells) -> Cells:
    """Return a view of a row in our words. Problems are noted on the row itself."""
    theirs, ours = cells.text, copy.copy(cells)

    def read(column: str) -> str:
        text = theirs(column)
        if not text or (nulls and normalize_phrase(text) in nulls):
            return ""
        if column in words:
            return words[column].get(normalize_phrase(text), text)
        return _only_npis(text) if column == "npi" and preset.number == "mixed" else text

    ours.text = read
    if preset.kind in EXCLUSION_KINDS:
        ours.text = partial(_with_organization, preset, read)
    return ours


def _read_words(preset: Preset) -> _Words:
    return {
        column: {normalize_phrase(text): word for text, word in each.items()}
        for column, each in preset.value_map.items()
    }


def _read_nulls(preset: Preset) -> frozenset[str]:
    return frozenset(filter(None, map(normalize_phrase, preset.null_values)))


def _only_npis(text: str) -> str:
    """Return the NPI in a cell that may hold other numbers; several are left as they stand."""
    numbers = [each for each in _NUMBERS.findall(text) if is_valid(each)]
    return "".join(numbers) if len(numbers) < _WORDS else text


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


def _read_whole(text: str, kind: EvidenceKind) -> tuple[PersonName, ...]:
    """Return the names that a whole name may be: in lists of exclusions in either order.

    One word is no name of a person.
    """
    names = []
    try:
        names.append(parse_name(text))
    except NameParseError:
        return ()
    words = text.split()
    if kind in EXCLUSION_KINDS and "," not in text and len(words) >= _WORDS:
        first, middle = words[1], " ".join(words[2:])
        names.append(PersonName(last=words[0], first=first, middle=middle, kind="other"))
    return tuple(names)


def _list_defaults(options: ListingOptions) -> dict[str, object]:
    fields = options.__struct_fields__
    return dict(zip(reversed(fields), reversed(options.__struct_defaults__), strict=False))
