"""A listing as a source: its rows are looked up for each subject, and become claims."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from credcheck._util.gc import disabled
from credcheck._util.suggest import did_you_mean
from credcheck.model import Coverage, EvidenceKind
from credcheck.reference.states import usps
from credcheck.source import Answer, Claim, SourceFacts, SourceFailed, Subject
from credcheck.source.adapter import Adapter, Context, parse_days
from credcheck.storage.pages import PagesDamaged
from credcheck.tables import UnusableTable
from credcheck.tables.cells import CellReader
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.loader import load
from credcheck_sources.listings.lookup import Found, find_person_rows, find_program_rows
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.searchable import SearchableListing

if TYPE_CHECKING:
    from credcheck.model.reading import Reading
    from credcheck.source.importer import ImportJob
    from credcheck.storage.snapshots import Info

_STATE_COLUMNS = {
    EvidenceKind.LICENSE: "license_state",
    EvidenceKind.STATE_EXCLUSION: "list_state",
}
_IMPORT = "credcheck sources import"


class Listing:
    """A listing as a source: a file, or what was imported of it. It is read once, when first asked."""

    def __init__(
        self,
        name: str,
        adapter: str,
        options: ListingOptions,
        form: ListingFormat,
        context: Context,
    ) -> None:
        """Name the file and its format. Raises ValueError for a column that the format lacks."""
        check_columns([*options.columns, *options.constants, *options.value_map], form)
        CellReader(form.schema, options)  # refuses words of ours that no table knows
        self._options = options
        self._form = form
        self._context = context
        self._loaded: SearchableListing | None = None
        self._is_indexed = True
        self.facts = SourceFacts(
            name=name,
            adapter=adapter,
            kinds=(form.kind,),
            authority=options.authority,
            coverage=_coverage(options.coverage),
            max_age_days=parse_days(options.max_age),
            scope=_list_states(form.kind, options),
            fork_safe=True,
        )

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Answer for every subject. Raises SourceFailed if the file cannot be trusted."""
        if not subjects:
            return []
        return self._try(lambda: self._collect(subjects))

    def _collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        loaded = self._open()
        find = find_program_rows if self._form.kind is EvidenceKind.PROGRAM else find_person_rows
        nothing = Answer(snapshot=loaded.snapshot)
        return [
            self._make_answer(loaded, found) if (found := find(loaded, subject)) else nothing
            for subject in subjects
        ]

    def read_over(self) -> "Reading":
        """Return how the table is read. Raises SourceFailed if it cannot be trusted."""
        return self._open().reading

    def import_file(self, job: "ImportJob") -> "Info":
        """Keep a file in the store, to be asked from now on. Raises as Importable says."""
        from credcheck.source.importer import ImporterError
        from credcheck_sources.listings.snapshot import import_file

        name = self.facts.name
        if self._options.path is not None:
            raise ImporterError(
                f"[sources.{name}] reads the file of its path; to use the imported copy, replace"
                ' path and as_of with snapshot = "current"'
            )
        return import_file(job, name, self._form.kind, self._load_file)

    def _open(self) -> SearchableListing:
        if self._loaded is None:
            try:
                with disabled():
                    self._loaded = self._load()
            except UnusableTable as error:
                raise SourceFailed(str(error)) from error
        self._context.check_day(self._loaded.snapshot.as_of)
        return self._loaded

    def _load(self) -> SearchableListing:
        """Read the configured file, or the snapshot. Raises UnusableTable and SourceFailed."""
        path, name = self._options.path, self.facts.name
        if path is not None:
            return self._load_file(self._context.folder / Path(path).expanduser())
        from credcheck_sources.in_store import find_snapshot
        from credcheck_sources.listings.snapshot import open_imported

        missing = f"nothing has been imported yet; run: {_IMPORT} {name} FILE"
        folder, info = find_snapshot(self._context, name, self._options.snapshot, missing)
        return open_imported(folder, info, self._load_file)

    def _load_file(self, path: Path) -> SearchableListing:
        """Open a file: as its index in the store, where there can be one."""
        store = self._context.store if self._is_indexed else None
        if store is None:
            return load(path, self._options, self._form, self.facts.name)
        from credcheck_sources.listings.stored.opening import open_listing

        return open_listing(path, self._options, self._form, store, self.facts.name)

    def _try(self, ask: Callable[[], list[Answer]]) -> list[Answer]:
        """Ask; where the index turns out to be damaged, ask again what is read anew."""
        try:
            return ask()
        except PagesDamaged:
            assert self._loaded is not None  # noqa: S101 - it was asked
            self._loaded.discard()
            self._loaded, self._is_indexed = None, False
            return ask()

    def _make_answer(self, loaded: SearchableListing, found: Sequence[Found]) -> Answer:
        claims = tuple([self._make_claim(loaded, each) for each in found])
        return Answer(claims=claims, snapshot=loaded.snapshot)

    def _make_claim(self, loaded: SearchableListing, found: Found) -> Claim:
        claim = loaded.claim(found.entry.row.number)
        if found.about is claim.about and found.program is None:
            return claim
        return replace(claim, about=found.about, program=found.program)


def listing_adapter(
    name: str,
    summary: str,
    form: ListingFormat,
    options: type[ListingOptions] = ListingOptions,
) -> Adapter[ListingOptions]:
    """Return the adapter of a kind of listing."""

    def open_source(source: str, chosen: ListingOptions, context: Context) -> Listing:
        return Listing(source, name, chosen, form, context)

    return Adapter(
        name=name,
        summary=summary,
        kinds=(form.kind,),
        options=options,
        open=open_source,
        schema=lambda _: form.schema,
    )


def _coverage(declared: Coverage | UnsetType) -> Coverage:
    """Return the coverage: a list that counts its rows itself is complete unless declared otherwise."""
    return Coverage.COMPLETE if declared is UNSET else Coverage(declared)


def _list_states(kind: EvidenceKind, options: ListingOptions) -> tuple[str, ...]:
    """Return the state that a list is of, where one constant says it of all rows."""
    column = _STATE_COLUMNS.get(kind, "")
    state = usps(options.constants.get(column, ""))
    return (state,) if state else ()


def check_columns(names: Sequence[str], form: ListingFormat) -> None:
    """Check that the configuration maps columns that the format has. Raises ValueError."""
    known = [column.name for column in form.columns]
    for name in names:
        if name not in known:
            raise ValueError(f"unknown column {name!r}{did_you_mean(name, known)}")
