"""The cells of an answer as an entry of the book. Each cell is read strictly, or named."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.book.entries import AnyBody, EntryDocument
from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.json import convert_plain
from credcheck.model.npi import NpiError, read_cell
from credcheck.reference.states import STATES, usps
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.columns import ANSWERS, ASKED, FIELDS, HOW, RECORD_TYPES, TERMS, USED

_IS = ANSWERS[1]


class CellTrouble(Exception):
    """What is wrong with one row, and in which column, if it is one."""

    def __init__(self, problem: str, column: str = "") -> None:
        """Take what is wrong."""
        super().__init__(f"{column} {problem}".strip())
        self.problem = problem
        self.column = column


def make_body(cells: Mapping[str, str], documents: tuple[EntryDocument, ...]) -> AnyBody:
    """Return the entry that a row says. Raises CellTrouble."""
    wanted = Wanted(cells["kind"])
    raw: dict[str, Any] = {
        "kind": wanted.value,
        "npi": read_npi(cells),
        "name": cells["name"],
        "item": cells["item"],
        "by": _take_needed(cells, "verified_by"),
        "on": _day(cells, "verified_on").isoformat(),
        "note": cells["note"],
        "how": _word(cells, "how", HOW),
        "contact": cells["contact"] or None,
    }
    if wanted is Wanted.DISPOSITION:
        is_person = cells["answer"].casefold() == _IS
        says = {"open": cells["open"]}
        raw |= {"row": cells["row"], "is_person": is_person, "place": cells["ask"], "says": says}
    else:
        raw |= {"asked": _word(cells, "asked", ASKED) or "other", "source": cells["ask"]}
        raw["record"] = _make_record(cells, wanted)
    try:
        body: AnyBody = convert_plain(raw, AnyBody)  # type: ignore[arg-type]  # a union is a type here
    except (msgspec.ValidationError, ValueError) as error:
        raise CellTrouble(str(error)) from error
    return msgspec.structs.replace(body, documents=documents)


def read_npi(cells: Mapping[str, str]) -> str:
    """Return a row's number, as a spreadsheet may have left it. Raises CellTrouble."""
    try:
        return read_cell(cells["npi"])
    except NpiError as error:
        raise CellTrouble(str(error)) from error


_NEEDED: dict[Wanted, tuple[str, ...]] = {
    Wanted.CERTIFICATE: ("organization", "subject", "status"),
    Wanted.FELLOWSHIP: ("subject", "status"),
    Wanted.PROGRAM: ("number", "subject", "status", "accreditor"),
    Wanted.COMPETENCY: ("organization", "subject", "status"),
    Wanted.LICENSE: ("number", "subject", "status", "order"),
}
"""Without these a record says nothing."""


def _make_record(cells: Mapping[str, str], wanted: Wanted) -> dict[str, str]:
    for name in _NEEDED[wanted]:
        _take_needed(cells, name)
    if wanted is Wanted.FELLOWSHIP and not cells["number"]:
        _take_needed(cells, "organization")
    said = {name: cells[name] for name in USED[wanted]}
    said |= {"from": _date(cells, "from") or "", "to": _date(cells, "to") or ""}
    if "term" in said:
        said["term"] = _word(cells, "term", TERMS) or ""
    if wanted is Wanted.LICENSE:
        said["subject"] = _state(cells, "subject")
    fields = FIELDS[RECORD_TYPES[wanted]]
    return {field: said[name] for name, field in fields.items() if said[name]}


def _take_needed(cells: Mapping[str, str], name: str) -> str:
    if not cells[name]:
        raise CellTrouble("is missing", name)
    return cells[name]


def _state(cells: Mapping[str, str], name: str) -> str:
    state = usps(cells[name])
    if state not in STATES:
        raise CellTrouble(f"{cells[name]!r} is not a state", name)
    return state


def _word(cells: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    text = cells[name].casefold()
    if not text:
        return None
    if text not in known:
        raise CellTrouble(f"{cells[name]!r}{did_you_mean(text, known)}", name)
    return text.replace(" ", "_")


def _date(cells: Mapping[str, str], name: str) -> str | None:
    text = cells[name]
    try:
        return str(parse_date(text)) if text else None
    except DateError as error:
        raise CellTrouble(f"cannot be read: {error}", name) from error


def _day(cells: Mapping[str, str], name: str) -> dt.date:
    date: PartialDate = PartialDate.from_iso(_date(cells, name) or _take_needed(cells, name))
    if not date.exact:
        raise CellTrouble(f"{date} is not a full date", name)
    return date.earliest
