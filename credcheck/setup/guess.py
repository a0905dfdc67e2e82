"""What a file most likely is, by the headers that it has. Nothing is decided here: it is shown."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.model.npi import is_valid
from credcheck.reference.headers import header_key, recognize
from credcheck.setup.kinds import GROUPS, LEIE, REGISTRY, ROSTER, find_preset
from credcheck.tables import ReadOptions, UnusableTable, open_table
from credcheck.tables.base import Remedy
from credcheck.tables.open import open_grid

_WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "certificate": {"board": 4, "certificate": 3, "certificate_type": 2, "duration": 2, "moc": 2}
    | {"status": 1, "issued": 1, "expires": 1},
    "fellowship": {"program_name": 3, "program_code": 2, "start_date": 2, "end_date": 2}
    | {"status": 1, "specialty": 1},
    "program": {"program_code": 2, "accreditor": 3, "status": 3, "accredited_from": 3}
    | {"accredited_to": 3, "sponsor": 2, "length_months": 2, "specialty": 1, "name": 1},
    "exclusion": {"excluded_on": 5, "reinstated_on": 3, "exclusion_type": 3, "business_name": 1},
    "competency": {"topic": 4, "title": 2, "issuer": 1},
    "procedure": {"code": 3, "services": 4, "year": 1},
}
_NEEDED: Mapping[str, frozenset[str]] = {
    "certificate": frozenset({"board", "certificate"}),
    "fellowship": frozenset({"program_name", "program_code"}),
    "program": frozenset({"program_code", "name"}),
    "exclusion": frozenset({"excluded_on"}),
    "competency": frozenset({"topic", "title"}),
    "procedure": frozenset({"code"}),
}
"""Columns of which a list of the kind has at least one."""

_OF_EXCLUSIONS = re.compile(
    r"exclu|sanction|terminat|suspen|reinstat|revoc|revok|debar", re.IGNORECASE
)
_IN_NAMES: Mapping[str, tuple[str, ...]] = {
    "board-certificates": ("board", "certif", "diplomat"),
    "fellowships": ("fellow", "training", "gme"),
    "training-programs": ("program", "acgme", "accredit"),
    "listing exclusion": ("exclu", "sanction", "medicaid"),
    ROSTER: ("roster", "staff", "provider", "physician"),
}
_ENOUGH = 5
_MARGIN = 2
_LEIE = frozenset(map(header_key, ("LASTNAME", "FIRSTNAME", "EXCLTYPE", "EXCLDATE", "REINDATE")))
_RESULTS = frozenset(map(header_key, ("outcome", "registration", "base_specialty", "next_steps")))
_NPPES = frozenset(map(header_key, ("NPI", "Entity Type Code", "NPI Deactivation Date")))


class Guess(NamedTuple):
    """What a file seems to be, the likeliest first. ``problem`` says why it cannot be opened.

    ``kinds`` is empty where nothing fits. More than one: it cannot be told which of them.
    """

    path: Path
    header: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    why: str = ""
    problem: str = ""
    remedy: Remedy | None = None
    is_results: bool = False


def guess_kind(path: Path, options: ReadOptions) -> Guess:
    """Return what a file seems to be."""
    try:
        header = open_table(path, options).header
    except UnusableTable as error:
        remedy = error.remedy
        if remedy is not None and remedy.option == "sheet":
            remedy = _find_sheet(path, options, remedy)
        return Guess(path, problem=str(error), remedy=remedy)
    keys = {header_key(name) for name in header}
    if keys >= _RESULTS:
        return Guess(path, header, why="credcheck's own results", is_results=True)
    for kind, needed in ((LEIE, _LEIE), (REGISTRY, _NPPES)):
        if needed <= keys:
            return Guess(path, header, (kind,), "it has the published headers")
    if (preset := find_preset(header)) is not None:
        return Guess(path, header, (preset,), "it has the published headers")
    scores = _score_kinds(path, header)
    best = max(scores.values(), default=0)
    if not best:
        return Guess(path, header, why="no header shows what it is")
    likely = sorted(
        (kind for kind, score in scores.items() if score > best - _MARGIN),
        key=lambda kind: (-scores[kind], kind),
    )
    return Guess(path, header, tuple(likely), _explain(likely[0], header))


def _find_sheet(path: Path, options: ReadOptions, remedy: Remedy) -> Remedy:
    """Return the one sheet of a workbook that holds a table of ours, where the others hold none.

    A sheet with an NPI in it is never passed over without asking.
    """
    sheets = [replace(options, sheet=str(choice)) for choice in remedy.choices]
    likely = [each for each in sheets if guess_kind(path, each).kinds]
    if len(likely) != 1:
        return remedy
    others = [each for each in sheets if each is not likely[0]]
    if any(_holds_npis(path, each) for each in others):
        return remedy
    return remedy._replace(choices=(str(likely[0].sheet),), is_certain=True)


def _holds_npis(path: Path, options: ReadOptions) -> bool:
    try:
        rows = open_grid(path, options).rows()
        return any(is_valid(cell.strip()) for row in rows for cell in row.cells)
    except UnusableTable:
        return True  # nobody knows what is in it


def _score_kinds(path: Path, header: Sequence[str]) -> dict[str, int]:
    names = path.stem.casefold()
    scores = {
        kind: _score(group, header) + _has_word(names, kind) for kind, group in GROUPS.items()
    }
    found = {kind: score for kind, score in scores.items() if score >= _ENOUGH}
    if _says_who(header):
        others = max(found.values(), default=0)
        if not others or (_has_word(names, ROSTER) and others <= _ENOUGH):
            found[ROSTER] = _ENOUGH + _MARGIN * _has_word(names, ROSTER)
            if scores["listing exclusion"]:  # "Effective Date": of an exclusion, or of anything
                found["listing exclusion"] = _ENOUGH
            if not _has_word(names, ROSTER):  # "fellows.xlsx" with names alone may be either
                found |= {x: found[ROSTER] for x in GROUPS if _has_word(names, x)}
    return found


def _score(group: str, header: Sequence[str]) -> int:
    """Return how many headers of a group there are, each by how telling it is."""
    weights = _WEIGHTS[group]
    columns: dict[str, bool] = {}
    for name in header:
        spelling = recognize(name, (group,))
        if spelling is not None:
            columns[spelling.column] = columns.get(spelling.column, False) or not spelling.yields
    is_about_people = group != "program"
    if is_about_people != _says_who(header):
        return 0
    if not columns.keys() & _NEEDED[group]:
        return 0
    # a name that counts only where no other is there ("Status") tells little by itself
    score = sum(weights.get(ours, 0) if firm else 1 for ours, firm in columns.items())
    is_of_exclusions = group == "exclusion" and any(map(_OF_EXCLUSIONS.search, header))
    return score + _ENOUGH * is_of_exclusions


def _says_who(header: Sequence[str]) -> bool:
    found = {x.column for name in header if (x := recognize(name, ("person",)))}
    return bool(found & {"npi", "name"}) or {"last_name", "first_name"} <= found


def _has_word(text: str, kind: str) -> int:
    return int(any(word in text for word in _IN_NAMES.get(kind, ())))


def _explain(kind: str, header: Sequence[str]) -> str:
    group = GROUPS.get(kind, "person")
    weights = _WEIGHTS.get(group)
    telling = [
        name
        for name in header
        if (x := recognize(name, (group,))) and (weights is None or x.column in weights)
    ]
    return f"its headers {', '.join(map(repr, telling[:5]))}" if telling else "its name"
