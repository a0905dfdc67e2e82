"""The rows of the given files as records, with what could not be read told and counted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from credcheck.model.npi import is_valid
from credcheck.tables import UnusableTable
from credcheck_sources.nppes.normalize import clean_text
from credcheck_sources.nppes.raw_record import RawPlaceRow
from credcheck_sources.nppes_file.columns import column_key, read_layout
from credcheck_sources.nppes_file.encoding import make_record
from credcheck_sources.nppes_file.files import Part, Progress, open_rows
from credcheck_sources.nppes_file.writer import NewRecord

_QUOTED = 20
_ORGANIZATION = "2"
_CITY = "Provider Secondary Practice Location Address - City Name"
_STATE = "Provider Secondary Practice Location Address - State Name"
_ZIP = "Provider Secondary Practice Location Address - Postal Code"
_OTHER_NAME = "Provider Other Organization Name"

Places = dict[int, list[RawPlaceRow]]
OtherNames = dict[int, str]


class ReadTally:
    """What was read, and what of it could not be."""

    def __init__(self) -> None:
        self.rows = 0
        self.rejected = 0
        self.rejects: list[str] = []
        self.absent: tuple[str, ...] = ()

    def reject(self, file: str, row: int, why: str) -> None:
        """Count a row that cannot be read, and quote the first."""
        self.rejected += 1
        if len(self.rejects) < _QUOTED:
            self.rejects.append(f"{file} row {row}: {why}")


def read_registry(
    part: Part, places: Places, names: OtherNames, tally: ReadTally, progress: Progress
) -> Iterator[NewRecord]:
    """Yield the records of the dissemination file, monthly or weekly.

    Raises UnusableTable where a column is missing, or the file ends in the midst of a row.
    """
    nowhere: list[RawPlaceRow] = []
    with open_rows(part, progress) as rows:
        layout = read_layout(part.name, next(rows, []))
        tally.absent = layout.absent
        width, row, cells = layout.width, 0, [""] * layout.width
        for row, cells in enumerate(rows.read_width(width, layout.used), 1):
            if len(cells) != width:
                tally.reject(part.name, row, f"has {len(cells)} cells, the header has {width}")
                continue
            number = cells[layout.npi]
            if not is_valid(number):
                tally.reject(part.name, row, f"{number!r} is not an NPI")
                continue
            npi = int(number)
            record = make_record(layout, cells, places.get(npi, nowhere))
            if record.entity == _ORGANIZATION and not clean_text(record.organization):
                record = record.called(names.get(npi, ""))
            yield NewRecord(npi, record)
        _check_end(part, row, cells, width)
        tally.rows += row


def read_secondary_places(part: Part | None, tally: ReadTally, progress: Progress) -> Places:
    """Return the secondary practice locations by number, each place once."""
    found: Places = defaultdict(list)
    for npi, (city, state, zip_code) in _by_number(part, (_CITY, _STATE, _ZIP), tally, progress):
        if (city, state, zip_code) not in found[npi]:
            found[npi].append((city, state, zip_code))
    return dict(found)


def read_organization_names(part: Part | None, tally: ReadTally, progress: Progress) -> OtherNames:
    """Return an other name of each organization, the first of several."""
    found: OtherNames = {}
    for npi, (name,) in _by_number(part, (_OTHER_NAME,), tally, progress):
        found.setdefault(npi, name)
    return found


def _by_number(
    part: Part | None, columns: Sequence[str], tally: ReadTally, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    if part is None:
        return
    with open_rows(part, progress) as rows:
        header = [column_key(cell) for cell in next(rows, [])]
        missing = [name for name in ("NPI", *columns) if column_key(name) not in header]
        if missing:
            raise UnusableTable(f"{part.name}: the header lacks {', '.join(map(repr, missing))}")
        number, *places = (header.index(column_key(name)) for name in ("NPI", *columns))
        row, cells = 0, header
        for row, cells in enumerate(rows, 1):
            if len(cells) != len(header) or not is_valid(cells[number]):
                tally.reject(part.name, row, f"cannot be read: {len(cells)} cells, or no NPI")
                continue
            yield int(cells[number]), [cells[place] for place in places]
        _check_end(part, row, cells, len(header))


def _check_end(part: Part, row: int, cells: Sequence[str], width: int) -> None:
    if len(cells) != width:
        raise UnusableTable(f"{part.name}: ends in the middle of row {row:,}: it is cut off")
