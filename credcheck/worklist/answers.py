"""A filled work list, read: its answers as entries of the book. All of them, or the trouble with each.

Nothing is guessed. A row that was sorted apart from its item, a word that the drop-down lacks and a
date that cannot be read are named with their row, and nothing is taken in.
"""

from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from credcheck._util.errors import InputError
from credcheck._util.suggest import did_you_mean
from credcheck.book.entries import AboutPerson, AnyBody, EntryDocument
from credcheck.tables import ReadOptions, RejectedRow, Table, open_table
from credcheck.tables.columns import column_key
from credcheck.tables.xlsx_parser import NO_VALUE
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.bodies import CellTrouble, make_body, read_npi
from credcheck.worklist.columns import (
    ANSWERS,
    COLUMNS,
    INPUTS,
    KEPT,
    PROOF_COLUMNS,
    RECORD_COLUMNS,
    USED,
    WRITTEN,
)
from credcheck.worklist.sheet import CLOSED, SHEET, Kept, check_of

_FOUND, _NOTHING = ANSWERS[0], ANSWERS[-1]
_SHOWN = 20

Keep = Callable[[Path], EntryDocument]
"""Takes in a document."""

Find = Callable[[str], str]
"""Finds an entry of the book by its number, and returns its digest."""


class AnswersError(InputError):
    """A filled work list cannot be taken in. The message names every row that is in the way."""


class AnsweredRow(NamedTuple):
    """One row that was filled in: where it stands, its cells, and the documents that it names."""

    line: int
    cells: Mapping[str, str]
    documents: tuple[Path, ...]


def read_rows(path: Path, sheet: str = SHEET) -> list[tuple[int, dict[str, str]]]:
    """Return a work list's rows by our columns, with their numbers. Raises AnswersError."""
    table = _open(path, sheet)
    places = {column_key(name): place for place, name in enumerate(table.header)}
    missing = [column.name for column in COLUMNS if column.name not in places]
    if missing:
        raise AnswersError(f"{path.name} is not a work list: the column {missing[0]!r} is missing")
    rows = []
    for row in table.rows():
        if isinstance(row, RejectedRow):
            raise AnswersError(f"{path.name}: row {row.line} {row.problem}")
        cells = {column.name: row.cells[places[column.name]].strip() for column in COLUMNS}
        rows.append((row.line, cells))
    return rows


def read_kept(path: Path, recorded: Container[tuple[str, str, str]] = ()) -> Kept:
    """Return the rows of a list into which somebody wrote: they go on to the next.

    ``recorded`` are the item, author and day of what the book has already: of these answers only who
    works on the row and the note go on. Raises AnswersError.
    """
    rows = [cells for _, cells in read_rows(path)]
    if _has_closed(path):
        rows = [cells for _, cells in read_rows(path, CLOSED)] + rows
    kept: dict[str, dict[str, str]] = {}
    for cells in rows:
        answer = cells["item"], cells["verified_by"], cells["verified_on"]
        if answer in recorded:
            cells |= {name: "" for name in INPUTS if name not in KEPT}
        if cells["item"] and any(cells[name] for name in WRITTEN):
            kept[cells["item"]] = cells
    return kept


def read_answers(path: Path, folder: Path) -> list[AnsweredRow]:
    """Return the rows that were answered. ``folder`` is where their documents lie.

    Raises AnswersError with all that is wrong in any of them.
    """
    answers: list[AnsweredRow] = []
    troubles: list[str] = []
    for line, cells in read_rows(path):
        try:
            if (answer := _read_answer(line, cells, folder, path)) is not None:
                answers.append(answer)
        except CellTrouble as trouble:
            troubles.append(f"row {line}: {trouble}")
    if troubles:
        more = f"; and {len(troubles) - _SHOWN} more" if len(troubles) > _SHOWN else ""
        raise AnswersError(
            f"{path.name}: nothing was recorded. {'; '.join(troubles[:_SHOWN])}{more}"
        )
    return answers


def make_entry(answer: AnsweredRow, keep: Keep, find: Find) -> AnyBody:
    """Return the entry that an answer becomes; ``keep`` takes in its documents.

    ``find`` returns the digest of the entry that it corrects, by its number.
    """
    body = make_body(answer.cells, tuple(keep(path) for path in answer.documents))
    named = answer.cells["corrects"]
    if not named or not isinstance(body, AboutPerson):
        return body
    return replace(body, corrects=find(named))


def _open(path: Path, sheet: str = SHEET) -> Table:
    return open_table(path, ReadOptions(sheet=sheet) if _is_workbook(path) else None)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in {".xlsx", ".xlsm"}


def _has_closed(path: Path) -> bool:
    """Tell whether a list has a sheet of rows that were closed before."""
    if not _is_workbook(path):
        return False
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return CLOSED in book.sheetnames
    finally:
        book.close()


def _read_answer(
    line: int, cells: Mapping[str, str], folder: Path, sheet: Path
) -> AnsweredRow | None:
    """Return an answer whose every cell can be read, or None where the row has none yet."""
    word = cells["answer"].casefold()
    if not word:
        if any(cells[name] for name in PROOF_COLUMNS):
            raise CellTrouble("it is filled in, but the answer is empty")
        return None
    if word not in ANSWERS:
        raise CellTrouble(f"answer {cells['answer']!r}{did_you_mean(word, ANSWERS)}")
    if word == _NOTHING:
        return None
    for name in INPUTS:
        if cells[name].startswith("=") or cells[name] == NO_VALUE:
            raise CellTrouble("is a formula; write what it says", name)
    _check_row(cells, word)
    names = [name.strip() for name in cells["document"].split(";") if name.strip()]
    documents = tuple(_find_document(folder, name) for name in names)
    if any(each.resolve() == sheet.resolve() for each in documents):
        raise CellTrouble(
            "the work list itself shows nothing; name the document that does", "document"
        )
    make_body(cells, ())  # so that what cannot be read is told before anything is taken in
    return AnsweredRow(line, cells, documents)


def _check_row(cells: Mapping[str, str], word: str) -> None:
    wanted = cells["kind"]
    if wanted not in list(Wanted) or not cells["item"]:
        raise CellTrouble("it is not a row of a work list; record it with: credcheck book add")
    npi = read_npi(cells)
    if cells["check"] != check_of({**cells, "npi": npi}):
        raise CellTrouble(
            "its item, number and requirement do not belong together; the sheet may have been"
            " sorted wrongly"
        )
    if wanted == Wanted.NOTHING:
        raise CellTrouble(
            "no one outside can answer it: correct the source and run the check again"
        )
    if (word == _FOUND) is (wanted == Wanted.DISPOSITION):
        fitting = "is this person, or is not this person" if word == _FOUND else "found"
        raise CellTrouble(f"the answer {word!r} does not fit the row; use: {fitting}")
    for name in sorted(RECORD_COLUMNS - USED[Wanted(wanted)]):
        if cells[name]:
            raise CellTrouble(f"{name} does not apply to a {wanted}")


def _find_document(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CellTrouble(f"the document {name!r} is outside {folder}")
    if not path.is_file():
        raise CellTrouble(f"{folder} has no document {name!r}")
    return path
