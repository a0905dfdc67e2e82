"""Results of invented runs, in memory and as files."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from credcheck.model import Query, RosterRef, RunHeader, Verdict, to_json
from credcheck.model.dates import PartialDate
from credcheck.model.npi import parse
from credcheck.runs.results import Results, seal_header
from tests.support.build import AS_OF, STANDARD, certificate, dossier, fellowship, good, program
from tests.support.build import verdict as judged

STARTED = dt.datetime(2026, 11, 1, 6, 0, tzinfo=dt.UTC)


def asked(verdict: Verdict, row: int = 1, **changes: Any) -> Verdict:
    """Return the verdict as the answer to a row of a roster."""
    query = Query(npi=parse("2000001075"), row=row, line=row + 1, **changes)
    return replace(verdict, query=query)


def meets(row: int = 1, expires: str = "2030-12-31", **changes: Any) -> Verdict:
    ends = certificate(expires=expires)
    return asked(judged(dossier(fellowship(), ends, program())), row, **changes)


def fails(row: int = 1, **changes: Any) -> Verdict:
    """Return a verdict on somebody whose certificate has ended."""
    return meets(row, expires="2025-12-31", **changes)


def unverified(row: int = 1, **changes: Any) -> Verdict:
    """Return a verdict on somebody whose fellowship nobody can tell of."""
    return asked(judged(dossier(certificate(), program())), row, **changes)


def header(verdicts: Sequence[Verdict], as_of: dt.date = AS_OF) -> RunHeader:
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[str(verdict.outcome)] = counts.get(str(verdict.outcome), 0) + 1
    roster = RosterRef(
        file="roster.csv", sha256="ab" * 32, columns={"npi": "NPI"}, others=("Unit",)
    )
    return RunHeader(
        version="0.1.0",
        started_at=STARTED,
        as_of=as_of,
        projected=False,
        standard=STANDARD.ref,
        roster=roster,
        rows=len(verdicts),
        outcomes=counts,
    )


def results(*verdicts: Verdict, as_of: dt.date = AS_OF) -> Results:
    return Results(header(verdicts, as_of), lambda: iter(verdicts))


def write(path: Path, *verdicts: Verdict) -> Path:
    """Write results to a file as batch does."""
    lines = [to_json(verdict) + b"\n" for verdict in verdicts]
    sealed = seal_header(header(verdicts), lines)
    path.write_bytes(b"".join([to_json(sealed) + b"\n", *lines]))
    return path


__all__ = [
    "PartialDate",
    "asked",
    "fails",
    "good",
    "header",
    "meets",
    "results",
    "unverified",
    "write",
]
