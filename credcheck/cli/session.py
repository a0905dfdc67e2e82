"""From options to all that judging needs: the set of sources, the standard, and the day."""

import datetime as dt
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any

from credcheck import __version__
from credcheck._util.errors import UsageError
from credcheck._util.text import shorten
from credcheck.cli.options import Request
from credcheck.config import (
    Config,
    cache_folder,
    find_config,
    load_config,
    open_sources,
    store_folder,
)
from credcheck.demo import DEMO_AS_OF, demo_config
from credcheck.model import RunHeader
from credcheck.model.dates import DateError, parse_date
from credcheck.source.adapter import Context
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import Standard, load_standard
from credcheck.storage import DiskByteCache
from credcheck.tables.dates import is_either_way

_OTHER_FORMS = ("MM/DD/YYYY", "DD/MM/YYYY", "YYYYMMDD", "YYYY/MM/DD", "MON DD, YYYY", "DD MON YYYY")

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a run works with. ``projected``: the day is yet to come."""

    settings: Config
    context: Context
    source_set: SourceSet
    standard: Standard
    as_of: dt.date
    projected: bool
    started_at: dt.datetime

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle how the sources are opened, and not what they hold: they are opened again."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        del values["source_set"]
        asked = {source.facts.name for source in self.source_set.sources}
        left_out = [each.name for each in self.settings.sources if each.name not in asked]
        return _reopen_session, (values, left_out)

    def header(self) -> RunHeader:
        """Return the first line of an NDJSON file of this run."""
        return RunHeader(
            version=__version__,
            started_at=self.started_at,
            as_of=self.as_of,
            projected=self.projected,
            standard=self.standard.ref,
        )


def open_session(request: Request) -> Session:
    """Open everything, or raise UsageError with what is wrong: nothing has been evaluated by then."""
    if request.demo and request.config:
        raise UsageError("--demo and --config cannot be used together")
    now = dt.datetime.now(tz=dt.UTC)
    today = today_here(now)
    as_of = _resolve_as_of(request, today)
    settings = _load_config(request)
    context = make_context(settings, today, request)
    return Session(
        settings=settings,
        context=context,
        source_set=open_sources(settings, context, request.only or (), request.without or ()),
        standard=load_standard(request.standard or settings.standard),
        as_of=as_of,
        projected=request.as_of is not None and as_of > today,
        started_at=_start_time(now),
    )


def _reopen_session(values: dict[str, Any], without: Collection[str]) -> Session:
    source_set = open_sources(values["settings"], values["context"], without=without)
    return Session(source_set=source_set, **values)


def today_here(now: dt.datetime | None = None) -> dt.date:
    """Return what day it is here."""
    return (now or dt.datetime.now(tz=dt.UTC)).astimezone().date()


def resolve_standard(request: Request) -> Standard:
    """Return the standard to judge by. Raises UsageError if it cannot be used."""
    if request.standard is not None:
        return load_standard(request.standard)
    return load_standard(_load_config(request).standard)


def _load_config(request: Request) -> Config:
    return load_config(demo_config() if request.demo else find_config(request.config))


def make_context(settings: Config, today: dt.date, request: Request) -> Context:
    """Return what the surroundings give to the adapters."""
    return Context(
        folder=settings.folder,
        today=today,
        cache=DiskByteCache(cache_folder()),
        offline=request.offline,
        refresh=request.refresh,
        store=store_folder(),
    )


def _start_time(now: dt.datetime) -> dt.datetime:
    """Return when the run began; SOURCE_DATE_EPOCH stands in for it, for the same bytes again."""
    fixed = os.environ.get(EPOCH_VARIABLE)
    if not fixed:
        return now
    try:
        if fixed.isascii() and fixed.isdigit():
            return dt.datetime.fromtimestamp(int(fixed), tz=dt.UTC)
    except (OverflowError, ValueError, OSError):
        pass  # it is too long, or no day that a calendar has
    raise UsageError(
        f"{EPOCH_VARIABLE}={shorten(fixed, 40)!r}: give seconds since 1970, or unset it"
    )


def _resolve_as_of(request: Request, today: dt.date) -> dt.date:
    if request.as_of is None:
        return DEMO_AS_OF if request.demo else today
    try:
        day = parse_date(request.as_of, ("YYYY-MM-DD",)).earliest
    except DateError as error:
        raise UsageError(f"--as-of: {error}{_suggest_day(request.as_of)}") from error
    if day > today and not request.allow_future:
        message = f"--as-of {day} is in the future; use --allow-future for a projection"
        raise UsageError(message)
    return day


def _suggest_day(text: str) -> str:
    """Return the day as it is to be typed, where a text can be only one day."""
    for form in _OTHER_FORMS:
        with suppress(DateError):
            day = parse_date(text, (form,))
            if day.exact and not is_either_way(text):
                return f"; use --as-of {day}"
    return "; write it as YYYY-MM-DD, such as --as-of 2026-11-26"
