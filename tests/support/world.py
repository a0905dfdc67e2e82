"""Small worlds of files for the whole way from configuration to verdict."""

import datetime as dt
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from credcheck.config import load_config, open_sources
from credcheck.demo import DEMO_AS_OF, demo_folder
from credcheck.identity.parse_name import parse_name
from credcheck.model import Query, Verdict
from credcheck.model.npi import parse
from credcheck.source.adapter import Context
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import load_standard
from credcheck.storage import ByteCache, NoCache
from credcheck.verify.pipeline import verify

TODAY = dt.date(2026, 11, 24)


def copy_demo(folder: Path) -> Path:
    """Return a copy of the demo world that a test may damage."""
    return shutil.copytree(demo_folder(), folder / "world")


def open_world(
    folder: Path,
    *,
    cache: ByteCache | None = None,
    store: Path | None = None,
    config: str = "credcheck.toml",
    **more: Any,
) -> SourceSet:
    settings = load_config(folder / config)
    context = Context(folder=settings.folder, today=TODAY, cache=cache or NoCache(), store=store)
    return open_sources(settings, context, **more)


def judge(
    folder: Path,
    *queries: str | Query,
    as_of: dt.date = DEMO_AS_OF,
    standard: str = "interventional-pain",
    **more: Any,
) -> list[Verdict]:
    """Judge numbers, names or queries in a folder's world."""
    made = [_query(query, row) for row, query in enumerate(queries, 1)]
    return list(verify(made, open_world(folder, **more), load_standard(standard), as_of))


def outcome(folder: Path, query: str | Query, **more: Any) -> str:
    (verdict,) = judge(folder, query, **more)
    return verdict.outcome


def findings(verdict: Verdict) -> dict[str, str]:
    return {each.requirement: str(each.outcome) for each in verdict.findings}


def codes(verdict: Verdict, requirement: str) -> set[str]:
    (found,) = (each for each in verdict.findings if each.requirement == requirement)
    return {str(reason.code) for reason in found.reasons}


def record(npi: str, last: str, first: str, **changes: Any) -> Mapping[str, Any]:
    """Return an NPPES record of an invented physician in the API's shape."""
    address = {"address_purpose": "LOCATION", "city": "COLUMBUS", "state": "OH"}
    taxonomy = {"code": "207L00000X", "primary": True, "license": "35.1", "state": "OH"}
    usual = {
        "number": npi,
        "enumeration_type": "NPI-1",
        "basic": {"status": "A", "last_name": last, "first_name": first, "credential": "MD"},
        "addresses": [address],
        "taxonomies": [taxonomy],
        "other_names": [],
    }
    return usual | changes


def write_records(folder: Path, records: Sequence[Mapping[str, Any]]) -> None:
    (folder / "nppes.json").write_text(json.dumps(list(records)), encoding="utf-8")


def _query(query: str | Query, row: int) -> Query:
    if isinstance(query, Query):
        return query
    if query.isdigit():
        return Query(npi=parse(query), row=row)
    return Query(name=query, person=parse_name(query), row=row)
