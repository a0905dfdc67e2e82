"""Adapter ``nppes-file``: the national registry, imported into the store and asked offline."""

import os
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from credcheck.model import Authority, EvidenceKind
from credcheck.model.npi import Npi
from credcheck.source import (
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    PlaceQuestion,
    Snapshot,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.adapter import Adapter, Context, parse_days
from credcheck.storage.manifest import prove_data
from credcheck.storage.snapshots import Info, Store, StoreError, StoreLocked
from credcheck_sources.in_store import find_snapshot
from credcheck_sources.nppes.normalize import make_registration_claim
from credcheck_sources.nppes_file.database import DATASET
from credcheck_sources.nppes_file.encoding import DamagedRecord
from credcheck_sources.nppes_file.options import NppesFileOptions
from credcheck_sources.nppes_file.registry import BEARERS_AT_MOST, StoredRegistry

NAME = "nppes-file"
_AT_ONCE = 100 << 20
_IMPORT = "credcheck sources import nppes"


class _NumbersFound(NamedTuple):
    """Who bears a name, and whether every writing of it was looked for."""

    numbers: list[Npi]
    variants: bool = False


class NppesFile:
    """The imported registry as a source."""

    def __init__(self, name: str, options: NppesFileOptions, context: Context) -> None:
        self._options = options
        self._context = context
        self._opened: tuple[int, StoredRegistry] | None = None
        self.facts = SourceFacts(
            name=name,
            adapter=NAME,
            kinds=(EvidenceKind.REGISTRATION,),
            authority=Authority.PRIMARY,
            coverage=options.coverage,
            max_age_days=parse_days(options.max_age),
            fork_safe=True,
        )

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Look all numbers up at once."""
        if not subjects:
            return []
        claims = self._claims([subject.npi for subject in subjects])
        snapshot = self._snapshot
        nothing = Answer(snapshot=snapshot)
        found = [claims.get(subject.npi) for subject in subjects]
        return [Answer(claims=(x,), snapshot=snapshot) if x else nothing for x in found]

    def search(self, questions: Sequence[NameQuestion]) -> list[Candidates]:
        """Answer who bears each name; of a near question, who bears a name near it."""
        found = self._find_numbers(questions)
        numbers = [npi for each in found for npi in each.numbers[:BEARERS_AT_MOST]]
        claims = self._claims(numbers)
        if gone := set(numbers) - claims.keys():
            raise SourceFailed(_explain_damage(f"the record for {min(gone)} is missing"))
        return [
            Candidates(
                claims=tuple([claims[npi] for npi in each.numbers[:BEARERS_AT_MOST]]),
                complete=len(each.numbers) <= BEARERS_AT_MOST,
                variants=each.variants,
                snapshot=self._snapshot,
            )
            for each in found
        ]

    def list_people(self, question: PlaceQuestion) -> Candidates:
        """Return everybody at a place."""
        try:
            numbers = self._registry.find_at_place(question)
        except (sqlite3.Error, DamagedRecord) as error:
            raise SourceFailed(_explain_damage(error)) from error
        return Candidates(claims=tuple(self._claims(numbers).values()), snapshot=self._snapshot)

    def _find_numbers(self, questions: Sequence[NameQuestion]) -> list["_NumbersFound"]:
        """Return the numbers for each question: those about the very names are asked together."""
        registry = self._registry
        try:
            plain = iter(registry.find_by_name([x for x in questions if not x.near]))
            exact = [[] if each.near else next(plain) for each in questions]
            return [
                self._find_more(each, numbers)
                for each, numbers in zip(questions, exact, strict=True)
            ]
        except (sqlite3.Error, DamagedRecord) as error:
            raise SourceFailed(_explain_damage(error)) from error

    def _find_more(self, question: NameQuestion, exact: list[Npi]) -> "_NumbersFound":
        """Return who bears a name near it, or any writing of it; of too many, who bears it just so."""
        if question.near:
            return _NumbersFound(self._registry.find_fuzzy(question))
        if not question.variants or len(exact) > BEARERS_AT_MOST:
            return _NumbersFound(exact)
        every = list(dict.fromkeys([*exact, *self._registry.find_variants(question)]))
        return (
            _NumbersFound(exact)
            if len(every) > BEARERS_AT_MOST
            else _NumbersFound(every, variants=True)
        )

    def _claims(self, numbers: Sequence[Npi]) -> dict[Npi, Claim]:
        registry = self._registry
        try:
            records = registry.records(numbers)
            former = registry.former_numbers(numbers)
        except (sqlite3.Error, DamagedRecord) as error:
            raise SourceFailed(_explain_damage(error)) from error
        snapshot, day = registry.info.id, registry.info.as_of
        return {
            npi: make_registration_claim(
                npi, told, former=former.get(npi, ()), snapshot=snapshot, as_of=day
            )
            for npi, told in records.items()
        }

    @cached_property
    def _snapshot(self) -> Snapshot:
        info = self._registry.info
        held = sum(info.kept.values())  # an update's own rows are few
        return Snapshot(
            id=info.id,
            as_of=info.as_of,
            rows=held,
            rejects=info.rejects,
            rejected=info.rejected,
            nameless=info.rejected,
        )

    @property
    def _registry(self) -> StoredRegistry:
        """The snapshot, opened at a process's first question: SQLite must not be shared in a fork."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), self._open()
        return self._opened[1]

    def _open(self) -> StoredRegistry:
        """Open the snapshot. Raises SourceFailed."""
        try:
            folder, info = self._chosen
            self._context.check_day(info.as_of)
            return StoredRegistry(folder, info)
        except (StoreError, StoreLocked) as error:
            raise SourceFailed(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise SourceFailed(_explain_damage(error)) from error

    @cached_property
    def _chosen(self) -> tuple[Path, Info]:
        """The snapshot, chosen once: an import while a run is at work must not divide it."""
        options, context = self._options, self._context
        if options.path is not None and context.store is not None:
            store = Store(context.store)
            info = _import_configured(context.folder / Path(options.path).expanduser(), store)
            return store.path(info), info
        missing = f"no registry has been imported yet; run: {_IMPORT} FILE"
        folder, info = find_snapshot(context, DATASET, options.snapshot, missing)
        prove_data(folder, info)
        return folder, info


def _import_configured(path: Path, store: Store) -> Info:
    """Return the snapshot of a file; a small one is imported if it was not. Raises SourceFailed."""
    from credcheck._util.files import file_sha256
    from credcheck.source.importer import ImportJob
    from credcheck.tables import UnusableTable
    from credcheck_sources.nppes_file.importer import import_dataset

    if path.stat().st_size > _AT_ONCE:
        known = [info for info in store.snapshots(DATASET) if path.name in info.files]
        if not known:
            raise SourceFailed(f"{path.name} has not been imported yet; run: {_IMPORT} {path}")
        store.prove(known[0])
        return known[0]
    dataset = f"{DATASET}-{file_sha256(path)[:16]}"
    try:
        return _find_whole(store, dataset) or import_dataset(
            ImportJob(files=(path,), store=store, force=True), dataset
        )
    except UnusableTable as error:
        raise SourceFailed(str(error)) from error


def _find_whole(store: Store, dataset: str) -> Info | None:
    """Return what a file was imported as; None where it was not, or is damaged since."""
    try:
        info = store.current(dataset)
        if info is not None:
            store.prove(info)
    except StoreError:
        return None
    return info


def _explain_damage(error: object) -> str:
    return f"the snapshot cannot be read: {error}; import the file again"


ADAPTER = Adapter(
    name=NAME,
    summary="the NPPES dissemination file, imported into the store and used offline",
    kinds=(EvidenceKind.REGISTRATION,),
    options=NppesFileOptions,
    open=NppesFile,
)
