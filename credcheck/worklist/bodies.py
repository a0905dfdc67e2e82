"""The cells of an answer as an entry of the book. Each cell is read strictly, or named."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.book.entries import AnyBody, Document
from credcheck.model import from_plain
from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.npi import read_cell
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.columns import ANSWERS, ASKED, HOW, TERMS

_IS = ANSWERS[1]


class CellTrouble(Exception):
    """What is wrong with one row."""


def make_body(cells: Mapping[str, str], documents: tuple[Document, ...]) -> AnyBody:
    """Return the entry that a row says. Raises CellTrouble."""
    wanted = Wanted(cells["kind"])
    raw: dict[str, Any] = {
        "kind": wanted.value,
        "npi": read_cell(cells["npi"]),
        "name": cells["name"],
        "item": cells["item"],
        "by": _needed(cells, "verified_by"),
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
        body: AnyBody = from_plain(raw, AnyBody)  # type: ignore[arg-type]  # a union is a type here
    except (msgspec.ValidationError, ValueError) as error:
        raise CellTrouble(str(error)) from error
    return msgspec.structs.replace(body, documents=documents)


def _make_record(cells: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    start, end = _date(cells, "from"), _date(cells, "to")
    if wanted is Wanted.CERTIFICATE:
        return _filled(
            board=_needed(cells, "organization"),
            certificate=_needed(cells, "subject"),
            status=_needed(cells, "status"),
            issued=start,
            expires=end,
            duration=_word(cells, "term", TERMS),
        )
    if wanted is Wanted.FELLOWSHIP:
        if not cells["number"]:
            _needed(cells, "organization")
        return _filled(
            program_name=cells["organization"],
            program_code=cells["number"],
            specialty=_needed(cells, "subject"),
            status=_needed(cells, "status"),
            start_date=start,
            end_date=end,
        )
    if wanted is Wanted.PROGRAM:
        return _filled(
            name=cells["organization"],
            program_code=_needed(cells, "number"),
            specialty=_needed(cells, "subject"),
            accreditor=_needed(cells, "accreditor"),
            status=_needed(cells, "status"),
            accredited_from=start,
            accredited_to=end,
        )
    return _filled(
        topic=_needed(cells, "subject"),
        issuer=_needed(cells, "organization"),
        status=_needed(cells, "status"),
        issued=start,
        expires=end,
    )


def _filled(**cells: object) -> dict[str, Any]:
    return {name: value for name, value in cells.items() if value}


def _needed(cells: Mapping[str, str], name: str) -> str:
    if not cells[name]:
        raise CellTrouble(f"{name} is missing")
    return cells[name]


def _word(cells: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    text = cells[name].casefold()
    if not text:
        return None
    if text not in known:
        raise CellTrouble(f"{name} {cells[name]!r}{did_you_mean(text, known)}")
    return text.replace(" ", "_")


def _date(cells: Mapping[str, str], name: str) -> str | None:
    text = cells[name]
    try:
        return str(parse_date(text)) if text else None
    except DateError as error:
        raise CellTrouble(f"{name}: {error}") from error


def _day(cells: Mapping[str, str], name: str) -> dt.date:
    date: PartialDate = PartialDate.from_iso(_date(cells, name) or _needed(cells, name))
    if not date.exact:
        raise CellTrouble(f"{name} {date} is not a day")
    return date.earliest
