"""Why an entry of the book does not count, as far as the book itself can tell."""

from credcheck.book.book import Book, DigestedEntry
from credcheck.book.documents import state_of
from credcheck.book.entries import AboutPerson
from credcheck.book.proofs import find_lack
from credcheck.book.storage import BookFolder
from credcheck.model import PersonName


def explain_lack(folder: BookFolder, book: Book, held: DigestedEntry) -> str | None:
    """Return why an entry does not count, or None.

    The physician's names are those that the entries give: no registry is asked. Judging knows all names
    of the registry, and may find that the physician signed an entry where this does not.
    """
    names = list_names(book, held)
    return find_lack(book, held, lambda x: state_of(folder.folder, book, x), names)


def list_names(book: Book, held: DigestedEntry) -> tuple[PersonName, ...]:
    """Return the names that the book has for the person whom an entry is about."""
    from credcheck.identity.parse_name import NameParseError, parse_name

    body = held.body
    mine = book.about(body.npi) if isinstance(body, AboutPerson) else ()
    found: dict[PersonName, None] = {}
    for text in dict.fromkeys(x.body.name for x in mine if isinstance(x.body, AboutPerson)):
        try:
            found[parse_name(text)] = None
        except NameParseError:
            continue
    return tuple(found)
