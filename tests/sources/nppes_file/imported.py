"""Importing and asking, in short words."""

import datetime as dt
from pathlib import Path
from typing import Any

from credcheck.model import PersonName, Registration
from credcheck.model.npi import Npi
from credcheck.source import NameQuestion, Subject
from credcheck.source.adapter import Context
from credcheck.source.importer import ImportJob
from credcheck.storage import NoCache
from credcheck.storage.snapshots import Info, Store
from credcheck_sources.nppes_file.adapter import NppesFile
from credcheck_sources.nppes_file.importer import run
from credcheck_sources.nppes_file.options import NppesFileOptions


def brought_in(store: Path, *files: Path, **more: Any) -> Info:
    """Import files."""
    return run(ImportJob(files=files, store=Store(store), **more))


def registry(store: Path, **options: Any) -> NppesFile:
    """Open what was imported."""
    context = Context(
        folder=store.parent, today=dt.date(2026, 11, 24), cache=NoCache(), store=store
    )
    return NppesFile("registry", NppesFileOptions(**options), context)


def record(source: NppesFile, npi: str) -> Registration | None:
    """Return what the registry says of a number."""
    (answer,) = source.collect([Subject(npi=Npi(npi))])
    if not answer.claims:
        return None
    (claim,) = answer.claims
    assert isinstance(claim.record, Registration)
    return claim.record


def bearers(source: NppesFile, last: str, first: str, **more: Any) -> list[str]:
    """Return the numbers of those who bear a name, or with ``near`` one near it."""
    question = NameQuestion(name=PersonName(last=last, first=first), **more)
    (found,) = source.search([question])
    return [claim.record.npi for claim in found.claims if isinstance(claim.record, Registration)]
