"""Commands that write to the book: import, add, confirm, withdraw and redact."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from credcheck._util.errors import UsageError
from credcheck._util.text import escape_control, pluralize
from credcheck.book.book import Book
from credcheck.book.documents import keep_document, remove_document
from credcheck.book.entries import (
    AboutPerson,
    AnyBody,
    Confirmed,
    EntryDocument,
    Redacted,
    Withdrawn,
)
from credcheck.book.storage import BookFolder
from credcheck.cli import options
from credcheck.cli.book_folder import BookFolderOptions, By, Note, On, now, parse_day
from credcheck.cli.book_lack import explain_lack
from credcheck.cli.console import print_error, write_text
from credcheck.cli.find_row import find_row
from credcheck.cli.item_options import ItemOptions, ProofOptions, name_option
from credcheck.cli.session import today_here
from credcheck.reports.book import describe_entry
from credcheck.worklist.answers import make_entry, read_answers
from credcheck.worklist.bodies import CellTrouble, make_body, read_npi

EXAMPLES = {
    "import": """Examples:

credcheck book import work.xlsx

credcheck book import work.xlsx --documents scans""",
    "add": """Examples:

credcheck book add 2000001075 --certificate "Pain Medicine" --organization ABA --status Certified
--from 2016-09-10 --to 2027-12-31 --how web --asked issuer --by "J. Roe" --on 2026-11-20
--document scan.pdf

credcheck book add 2000001075 --row 3f5c81d2 --results november.ndjson --is-not-person --how web
--by "J. Roe" --on 2026-11-20 --document oig-print.pdf

credcheck book add 2000001075 --license OH --number 35.000107 --status Active --order none
--to 2027-10-01 --how web --asked issuer --by "J. Roe" --on 2026-11-20 --document page.pdf""",
    "decide": """Examples:

credcheck book decide 2000001075 --decision approve --by "Credentials committee" --on 2026-11-26""",
}
_ENTRY = Annotated[
    str, typer.Argument(metavar="ENTRY", help="The entry's number, or the start of its digest.")
]
_REASON = Annotated[str, typer.Option("--reason", metavar="TEXT", help="The reason.")]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A completed work list.")],
    where: BookFolderOptions,
    *,
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            metavar="FOLDER",
            help="Folder of the documents. Default: the folder of the file.",
            show_default=False,
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Import a completed work list: each answer becomes an entry, with its documents.

    If any row cannot be read, it is named and nothing is imported. Answers that are already in
    the book are skipped, so you can import a list again.
    """
    folder = where.open()
    book = folder.read()
    answers = read_answers(file, documents or file.parent)

    def keep(path: Path) -> EntryDocument:
        return keep_document(folder.folder, path, book.redacted)

    bodies = [make_entry(answer, keep, lambda x: book.find(x).digest) for answer in answers]
    for body in bodies:
        _tell_if_replaced(book, body)
    _append(folder, bodies, quiet=quiet, again=False)


def add(
    npi: Annotated[str, typer.Argument(metavar="NPI", help="The physician's NPI.")],
    by: By,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day you asked.")],
    item: ItemOptions,
    proof: ProofOptions,
    where: BookFolderOptions,
    *,
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="NAME", help="The name as the source writes it.", show_default=False
        ),
    ] = "",
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="RESULTS",
            help="Saved results in which --row is found by its beginning.",
            show_default=False,
        ),
    ] = None,
    corrects: Annotated[
        str | None,
        typer.Option(
            "--corrects",
            metavar="ENTRY",
            help="The entry that this one replaces.",
            show_default=False,
        ),
    ] = None,
    note: Note = "",
) -> None:
    """Record one thing you verified or settled: a certificate, training, who a row is about.

    An entry without a method, or with neither a document nor a named contact, is kept but does
    not count.
    """
    folder = where.open()
    book = folder.read()
    cells = item.cells | proof.cells | {"npi": npi, "name": name, "note": note}
    cells |= {"verified_by": by, "verified_on": str(parse_day("--on", on, today_here()))}
    try:
        if item.row is not None:
            cells["row"] = find_row(item.row, read_npi(cells), book, results)
        body = make_body(cells, ())
    except CellTrouble as trouble:
        raise UsageError(name_option(trouble)) from trouble
    kept = tuple(keep_document(folder.folder, x, book.redacted) for x in proof.document or ())
    body = replace(body, documents=kept)
    if corrects is not None and isinstance(body, AboutPerson):
        body = replace(body, corrects=book.find(corrects).digest)
    _append(folder, [body])


def confirm(
    entry: _ENTRY, by: By, where: BookFolderOptions, *, on: On = None, note: Note = ""
) -> None:
    """Confirm an entry as a second person, if the standard requires one."""
    folder = where.open()
    held = folder.read().find(entry)
    day = parse_day("--on", on, today_here())
    _append(folder, [Confirmed(by=by, on=day, note=note, entry=held.digest)])


def withdraw(
    entry: _ENTRY,
    by: By,
    reason: _REASON,
    where: BookFolderOptions,
    *,
    on: On = None,
) -> None:
    """Withdraw an entry: it stays in the book but no longer counts."""
    folder = where.open()
    held = folder.read().find(entry)
    day = parse_day("--on", on, today_here())
    _append(folder, [Withdrawn(by=by, on=day, entry=held.digest, reason=reason)])


def redact(
    sha256: Annotated[
        str, typer.Argument(metavar="SHA256", help="The document's digest, or its start.")
    ],
    by: By,
    reason: _REASON,
    where: BookFolderOptions,
    *,
    on: On = None,
) -> None:
    """Delete a wrong document and keep its digest.

    Entries with no other document no longer count.
    """
    folder = where.open()
    document = find_document(folder.read(), sha256)
    day = parse_day("--on", on, today_here())
    _append(folder, [Redacted(by=by, on=day, document=document.sha256, reason=reason)])
    remove_document(folder.folder, document)


def find_document(book: Book, named: str) -> EntryDocument:
    """Return a document by the beginning of its digest. Raises UsageError."""
    found = [x for x in book.documents() if len(named) >= 8 and x.sha256.startswith(named)]
    if len(found) != 1:
        raise UsageError(
            f"{len(found)} documents have a digest that begins with {named!r}; see: credcheck book show"
        )
    return found[0]


def _tell_if_replaced(book: Book, body: AnyBody) -> None:
    """Tell of an answer that was taken in before, and has been corrected or withdrawn since."""
    held = book.said_before(body)
    by = book.replaced_by(held.digest) if held is not None else None
    if held is not None and by is not None:
        print_error(
            f"entry {held.entry.number} says this, and entry {by.entry.number} has replaced it: it is"
            " not recorded again; to record it again, use credcheck book add"
        )


def _append(
    folder: BookFolder, bodies: Sequence[AnyBody], *, quiet: bool = False, again: bool = True
) -> None:
    """Write entries and tell of each what was written, and what it lacks.

    ``again``: what was said before and replaced since may be said again. A list that is taken in a
    second time must not bring back what somebody has withdrawn.
    """

    def choose_new(book: Book) -> list[AnyBody]:
        known = book.same_as if again else book.said_before
        return [body for body in bodies if known(body) is None]

    done = folder.append(choose_new, now())
    for held in done.entries:
        if not quiet:
            write_text(escape_control(f"entry {describe_entry(held)}") + "\n")
        lack = explain_lack(folder, done.book, held)
        if lack:
            print_error(f"entry {held.entry.number} does not count: {lack}")
    if quiet:
        return
    known = len(bodies) - len(done.entries)
    if known:
        print_error(f"{pluralize(known, 'answer')} already in the book")
    write_text(f"head {done.book.head}\n")
