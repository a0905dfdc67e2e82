"""How a row of a listing is read: whom it is about, and what it says."""

from collections import Counter
from collections.abc import Mapping

from credcheck.model import EvidenceKind, Exclusion, Record
from credcheck.source import PersonRecord
from credcheck.tables import RejectedRow, Row
from credcheck.tables.cells import CellReader
from credcheck.tables.columns import Binding
from credcheck.tables.dates import DateForms
from credcheck_sources.listings.cells import CellForms, Cells
from credcheck_sources.listings.entry import Entry
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions


class RowReader:
    """Reads a row of a listing: whom it is about, what it says, and what in it cannot be read."""

    def __init__(
        self,
        form: ListingFormat,
        options: ListingOptions,
        binding: Binding,
        dates: Mapping[str, DateForms],
    ) -> None:
        """Take the format of the listing's kind, and how its table is read."""
        constants = binding.constants
        self._form = form
        self._forms = CellForms(dates, options.no_expiry)
        reader = CellReader(form.schema, options.table)
        self._columns = [(x, place, reader.column(x)) for x, place in binding.places.items()]
        self._blank = {column.name: "" for column in form.columns} | dict(constants)
        self.lacking = frozenset(self._blank) - binding.places.keys() - constants.keys()
        self.understood: Counter[tuple[str, str]] = Counter()
        """What the rows themselves say that no column holds, and in how many of them."""

    def __call__(self, row: Row | RejectedRow) -> Entry:
        """Read a row."""
        if isinstance(row, RejectedRow):
            return Entry(row, PersonRecord(), None, row.problem)
        texts, read = row.cells, self._blank.copy()
        for ours, place, column in self._columns:
            read[ours] = column[texts[place]]
        cells = Cells(read, self._forms, self.lacking)
        about = self._form.person(cells)
        record = self._form.record(cells)
        for ours, value in cells.understood.items():
            self.understood[ours, value] += 1
        is_about_people = self._form.kind is not EvidenceKind.PROGRAM
        if is_about_people and about.npi is None and not _is_business(record):
            _check_names(cells, about)
        return Entry(row, about, record, "; ".join(cells.problems) or None, cells.npis)


def _check_names(cells: Cells, about: PersonRecord) -> None:
    """Note where a row without an NPI does not say whom it is about."""
    if not about.names:
        cells.problems.append(
            cells.name_problem or "neither an NPI nor a name identifies the person"
        )
    elif not any(name.last and name.first for name in about.names):
        cells.problems.append("without an NPI, a row needs a first and a last name")


def _is_business(record: Record | None) -> bool:
    return isinstance(record, Exclusion) and record.business_name is not None
