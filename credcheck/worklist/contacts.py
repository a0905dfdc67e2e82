"""The user's directory: how boards, programs and others are reached. A table, read strictly.

Columns: ``kind`` (board, program, accreditor, oig, list, state, physician), ``name`` and ``number`` (a
program's number, an NPI, a state's code) to find an entry by, and ``contact``, ``email``,
``telephone``, ``fax``, ``web`` and ``address``.
"""

from collections.abc import Iterator
from pathlib import Path

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Model, ProgramEvidence, Verdict
from credcheck.reference.understanding import program_key, understand_board
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.tables import RejectedRow, open_table
from credcheck.tables.columns import column_key
from credcheck.worklist.addressees import Addressee, AddresseeKind

_COLUMNS = (
    *("kind", "name", "number", "contact"),
    *("email", "telephone", "fax", "web", "address"),
)
_KINDS = tuple(kind.value for kind in AddresseeKind if kind is not AddresseeKind.SELF)


class ContactsError(UsageError):
    """The directory cannot be used. The message names the row."""


class Contact(Model, kw_only=True):
    """How somebody is reached."""

    name: str = ""
    contact: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    web: str = ""
    address: str = ""

    @property
    def line(self) -> str:
        """All of it in one line, without the address."""
        cells = (self.contact, self.web, self.email, self.telephone)
        return "; ".join(filter(None, (*cells, f"fax {self.fax}" if self.fax else "")))

    @property
    def reachable(self) -> bool:
        """Whether there is any way to reach them."""
        return bool(self.line or self.address)


_SHIPPED = {(AddresseeKind.OIG, ""): Contact(web="exclusions.oig.hhs.gov")}
_UNKNOWN = Contact()


class ContactDirectory:
    """Contacts, by kind and by what an addressee is known by."""

    def __init__(self) -> None:
        self._found: dict[tuple[AddresseeKind, str], Contact] = dict(_SHIPPED)

    def add(self, kind: AddresseeKind, keys: Iterator[str], contact: Contact) -> None:
        """Take in a contact under all its keys; the first of several stays."""
        for key in keys:
            if (kind, key) in self._found and (kind, key) not in _SHIPPED:
                continue
            self._found[kind, key] = contact

    def find(self, addressee: Addressee) -> Contact:
        """Return how somebody is reached, or an empty contact."""
        keys = (addressee.key, normalize_phrase(addressee.name), "")
        found = (self._found.get((addressee.kind, key)) for key in keys)
        return next((each for each in found if each is not None), _UNKNOWN)

    def add_programs(self, verdict: Verdict) -> None:
        """Take in what the listings say of programs, behind what the user's directory says."""
        for item in verdict.evidence:
            if isinstance(item, ProgramEvidence) and item.record is not None:
                record = item.record
                place = ", ".join(filter(None, (record.city, record.state)))
                lines = dict.fromkeys(filter(None, (record.name, record.sponsor, place)))
                contact = Contact(name=record.name, address="\n".join(lines))
                keys = iter((program_key(record.program_code),))
                self.add(AddresseeKind.PROGRAM, keys, contact)


def load_contacts(path: Path | None) -> ContactDirectory:
    """Read a directory, CSV or XLSX. Raises ContactsError, and UnusableTable as tables do."""
    directory = ContactDirectory()
    if path is None:
        return directory
    table = open_table(path)
    places = _find_columns(path, table.header)
    for row in table.rows():
        where = f"{path.name}: row {row.line}"
        if isinstance(row, RejectedRow):
            raise ContactsError(f"{where} {row.problem}")
        cells = {name: row.cells[place].strip() for name, place in places.items()}
        kind = cells.pop("kind").casefold()
        if kind not in _KINDS:
            raise ContactsError(f"{where}: unknown kind {kind!r}{did_you_mean(kind, _KINDS)}")
        number = cells.pop("number", "")
        contact = Contact(**cells)
        directory.add(AddresseeKind(kind), _list_keys(kind, contact.name, number), contact)
    return directory


def _find_columns(path: Path, header: tuple[str, ...]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        key = column_key(name)
        if key not in _COLUMNS:
            message = f"{path.name}: unknown column {name!r}{did_you_mean(name, _COLUMNS)}"
            raise ContactsError(message)
        places[key] = place
    for needed in ("kind", "name"):
        if needed not in places:
            raise ContactsError(f"{path.name}: the column {needed!r} is missing")
    return places


def _list_keys(kind: str, name: str, number: str) -> Iterator[str]:
    if number:
        yield program_key(number) if kind == AddresseeKind.PROGRAM else number
    if name:
        yield normalize_phrase(name)
        if kind == AddresseeKind.BOARD and (board := understand_board(name).value) is not None:
            yield board.id
    if not name and not number:
        yield ""
