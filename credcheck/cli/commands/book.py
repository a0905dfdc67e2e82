"""``credcheck book``: what people verified, settled and decided, with proof."""

from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import InputError, UsageError
from credcheck._util.text import escape_control, pluralize
from credcheck.book.book import Book, DigestedEntry, list_documents
from credcheck.book.documents import state_of
from credcheck.book.entries import AboutPerson
from credcheck.book.storage import BookFolder
from credcheck.cli.app import add_to
from credcheck.cli.book_folder import BookFolderOptions, By, Note, On, now, parse_day
from credcheck.cli.book_lack import explain_lack
from credcheck.cli.commands import book_decide, book_entries
from credcheck.cli.console import print_error, write, write_text
from credcheck.cli.session import today_here
from credcheck.model import plain, to_pretty_json
from credcheck.reports.book import describe_entry

app = typer.Typer(
    no_args_is_help=True, help="Record what people verified, settled and decided, with proof."
)
_ENTRY = Annotated[
    str, typer.Argument(metavar="ENTRY", help="The entry's number, or the start of its digest.")
]


def init(
    by: By,
    where: BookFolderOptions,
    *,
    on: On = None,
    note: Note = "",
) -> None:
    """Create a book, in the configured folder or in the one named by --book.

    Use a folder that everybody who writes to the book can reach, such as a network share. The
    book counts once it is a source: credcheck sources add book --adapter book
    """
    folder = where.open()
    book = folder.begin(by, parse_day("--on", on, today_here()), now(), note)
    write_text(f"{folder.folder}: a new book, head {book.head}\n")
    if where.book is not None:
        print_error(
            f"to have its entries count: credcheck sources add book --adapter book --path {where.book}"
        )


def list_(
    where: BookFolderOptions,
    *,
    npi: Annotated[
        str | None,
        typer.Option(
            "--npi", metavar="NPI", help="Only entries about this physician.", show_default=False
        ),
    ] = None,
) -> None:
    """List the entries, the oldest first, and mark those that were replaced or do not count."""
    folder = where.open()
    book = folder.read()
    for held in book.entries:
        body = held.body
        if npi is not None and (not isinstance(body, AboutPerson) or body.npi != npi):
            continue
        write_text(escape_control(_line(folder, book, held)) + "\n")


def _line(folder: BookFolder, book: Book, held: DigestedEntry) -> str:
    line = describe_entry(held)
    replaced = book.replaced_by(held.digest)
    if replaced is not None:
        return f"{line} [replaced by {replaced.entry.number}]"
    lack = explain_lack(folder, book, held)
    return f"{line} [does not count: {lack}]" if lack else line


def show(entry: _ENTRY, where: BookFolderOptions) -> None:
    """Show one entry in full, as JSON, with its documents and its current state."""
    folder = where.open()
    book = folder.read()
    held = book.find(entry)
    replaced = book.replaced_by(held.digest)
    documents = {
        document.file: state_of(folder.folder, book, document)
        for document in list_documents(held.body)
    }
    write(
        to_pretty_json(
            {
                "entry": plain(held.entry),
                "documents": documents,
                "confirmed": plain(book.confirmations(held.digest)),
                "replaced_by": replaced.entry.number if replaced else None,
            }
        )
    )


def check(
    where: BookFolderOptions,
    *,
    head: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="N:SHA256",
            help="A head that was printed earlier; it must still be in the chain.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check the chain of entries, and that no document has changed.

    To detect a missing end, pass a head that was kept elsewhere with --head.

    Exit status: 0 everything is intact, 5 something was changed, cut off or removed.
    """
    folder = where.open()
    book = folder.read()
    if head is not None:
        _check_head(book, head)
    troubles = [
        f"{document.name or document.file} ({document.sha256[:12]}) is {state}"
        for document in book.documents()
        if (state := state_of(folder.folder, book, document)) in {"missing", "changed"}
    ]
    for trouble in troubles:
        print_error(trouble)
    for stray in folder.list_strays():
        print_error(f"{stray} is not an entry but an unfinished write; it is ignored")
    count = pluralize(len(book.entries), "entry", "entries")
    write_text(f"{folder.folder}: {count}, chain intact\nhead {book.head}\n")
    if troubles:
        raise InputError(f"{pluralize(len(troubles), 'document')} cannot be used as proof")


def _check_head(book: Book, head: str) -> None:
    number, _, digest = head.partition(":")
    if not number.isascii() or not number.isdigit() or not digest:
        raise UsageError(f"--head {head}: give the whole head as printed, N:SHA256")
    place = int(number)
    held = book.entries[place - 1] if 0 < place <= len(book.entries) else None
    if held is None or held.digest != digest:
        raise InputError(
            f"the head {head} is not in the book: entries were removed, or the book was rewritten"
        )


def document(
    sha256: Annotated[str, typer.Argument(metavar="SHA256", help="The digest, or its start.")],
    where: BookFolderOptions,
) -> None:
    """Print the path of a document in the book."""
    folder = where.open()
    book = folder.read()
    file = book_entries.find_document(book, sha256)
    path: Path = folder.folder / "documents" / file.file
    write_text(f"{path}\n")


for _name, _command in (
    ("init", init),
    ("import", book_entries.import_),
    ("add", book_entries.add),
    ("list", list_),
    ("show", show),
    ("check", check),
    ("confirm", book_entries.confirm),
    ("withdraw", book_entries.withdraw),
    ("redact", book_entries.redact),
    ("decide", book_decide.decide),
):
    add_to(app, _name, _command, book_entries.EXAMPLES.get(_name, ""))
