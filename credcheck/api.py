"""The front door for programs: what ``import credcheck`` gives. All else in the package is private.

Private means: it may change in any release, without notice. Two doors more are public, for those who
write adapters: :mod:`credcheck.source` and :mod:`credcheck.testing`.

What goes wrong with a source or a row is in the verdict. What cannot be asked at all raises one of
three errors: UsageError (what was asked for cannot be done), InputError (a file cannot be trusted) or
OutputError (something cannot be written whole).
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck._util.files import atomic_write
from credcheck._util.suggest import did_you_mean
from credcheck._util.text import shorten
from credcheck.config import cache_folder, find_config, load_config, store_folder
from credcheck.config import open_sources as open_configured
from credcheck.demo import DEMO_AS_OF, demo_config
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import (
    Evidence,
    Finding,
    Outcome,
    Physician,
    Query,
    Reason,
    ReasonCode,
    RunHeader,
    SourceReport,
    Verdict,
    VerdictOutcome,
)
from credcheck.model.npi import NpiError, read_cell
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.results import Results, open_results, read_header
from credcheck.source.adapter import Context
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import Standard, load_standard
from credcheck.storage import ByteCache, DiskByteCache, NoCache
from credcheck.verify.pipeline import verify as verify_queries

__all__ = [
    "Evidence",
    "Finding",
    "InputError",
    "Outcome",
    "OutputError",
    "Physician",
    "Query",
    "Reason",
    "ReasonCode",
    "Results",
    "RunHeader",
    "SourceReport",
    "Sources",
    "Standard",
    "UsageError",
    "Verdict",
    "VerdictOutcome",
    "load_standard",
    "make_query",
    "open_sources",
    "read_results",
    "verify",
    "verify_one",
    "write_report",
]

_LONGEST = 500  # characters; the longest names that are known have some 150
_LIKE_A_NUMBER = re.compile(r"['\d\s.,+\-]*\d['\d\s.,+\-]*([eE]\+?\d+)?")


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The sources of a configuration, opened. ``standard`` and ``as_of`` are its defaults."""

    source_set: SourceSet
    standard: str
    as_of: dt.date


def open_sources(
    config: Path | str | None = None,
    *,
    demo: bool = False,
    offline: bool = False,
    refresh: bool = False,
    cached: bool = True,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> Sources:
    """Open the sources of a credcheck.toml: of the one that is named, else as the command finds it.

    ``demo`` opens the built-in world of invented people. ``offline`` uses no network, ``refresh``
    reads nothing from the cache, and without ``cached`` there is none. ``only`` and ``without`` name
    sources. Raises UsageError.
    """
    if demo and config is not None:
        raise UsageError("demo and config cannot be used together")
    given = Path(config) if config is not None else None
    settings = load_config(demo_config() if demo else find_config(given))
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    cache: ByteCache = DiskByteCache(cache_folder()) if cached else NoCache()
    context = Context(
        folder=settings.folder,
        today=today,
        cache=cache,
        offline=offline,
        refresh=refresh,
        store=store_folder(),
    )
    return Sources(
        source_set=open_configured(settings, context, only, without),
        standard=settings.standard,
        as_of=DEMO_AS_OF if demo else today,
    )


def make_query(
    text: str,
    *,
    state: str | None = None,
    city: str | None = None,
    specialty: str | None = None,
    license_number: str | None = None,
    row: int = 1,
) -> Query:
    """Return the query for an NPI, or for a name with what narrows it. Raises UsageError."""
    typed = text.strip()
    for given in (typed, state, city, specialty, license_number):
        if given is not None and len(given) > _LONGEST:
            message = f"{shorten(given, 40)!r}: a query has at most {_LONGEST} characters"
            raise UsageError(message)
    try:
        if _LIKE_A_NUMBER.fullmatch(typed):
            return Query(npi=read_cell(typed), row=row)
        return Query(
            name=typed,
            person=parse_name(typed),
            state=state.upper() if state else None,
            city=city,
            specialty=specialty,
            license_number=license_number,
            row=row,
        )
    except (NpiError, NameParseError) as error:
        raise UsageError(str(error)) from error


def verify(
    queries: Iterable[Query | str],
    sources: Sources,
    *,
    standard: Standard | str | None = None,
    as_of: dt.date | None = None,
) -> Iterator[Verdict]:
    """Yield a verdict for every query, in order; each source is asked once for hundreds of them.

    A text is an NPI or a name. ``standard`` is a loaded one, an id or a file; by default it is that of
    the configuration, and ``as_of`` is today (of the demo: the day of its world). Raises UsageError for
    a standard or a text that cannot be used; a source that fails is in the verdicts.
    """
    if isinstance(queries, str):
        raise UsageError("verify takes several queries; for one, use verify_one")
    by = standard if isinstance(standard, Standard) else load_standard(standard or sources.standard)
    asked = (
        make_query(each, row=row) if isinstance(each, str) else each
        for row, each in enumerate(queries, 1)
    )
    return verify_queries(asked, sources.source_set, by, as_of or sources.as_of)


def verify_one(
    query: Query | str,
    sources: Sources,
    *,
    standard: Standard | str | None = None,
    as_of: dt.date | None = None,
) -> Verdict:
    """Return the verdict on one physician. See ``verify``."""
    one: Sequence[Query | str] = [query]
    (verdict,) = verify(one, sources, standard=standard, as_of=as_of)
    return verdict


def read_results(path: Path | str) -> Results:
    """Open saved results (NDJSON): a header, and verdicts as often as they are read.

    Raises InputError: at once for a file that is none, and where a line cannot be read or the file
    was changed since it was sealed.
    """
    file = Path(path)
    return open_results(file, sealed=read_header(file).seal is not None)


def write_report(
    results: Results,
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - the word of --format
) -> None:
    """Write results in a format, by default that of the file's name. The file is whole, or not there.

    Raises UsageError for a format that there is not, and OutputError.
    """
    target, known = Path(path), formats()
    by_suffix = {each.suffix: each.name for each in known.values()}
    name = format or by_suffix.get(target.suffix.lower())
    if name not in known:
        near = did_you_mean(name or target.suffix, [*known, *by_suffix])
        raise UsageError(f"{target}: unknown format{near}; use one of: {', '.join(known)}")
    try:
        with atomic_write(target) as out:
            known[name].write(results, out, ReportContext())
    except OSError as error:
        raise OutputError(f"{target} could not be written: {error.strerror or error}") from error
