"""Waivers: a named person takes a finding upon themselves, for a reason and until a day.

A waiver never changes a verdict. It only keeps a finding that fails from gating, and it shows
wherever it does.
"""

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Finding, Model, Verdict
from credcheck.model.npi import NpiError, parse

MAX_AGE = 365
"""How many days a waiver may run, from created to expires, unless the file says less."""

_FIELDS = ("npi", "id", "requirement", "author", "reason", "created", "expires")
_KEYS = ("max_days", "waiver")


class WaiverError(UsageError):
    """The waivers cannot be used. The message names the entry and what is wrong with it."""


class Waiver(Model, kw_only=True, forbid_unknown_fields=True):
    """One waiver: whom and what it is about, who gives it and why, and for how long."""

    requirement: str
    author: str
    reason: str
    created: dt.date
    expires: dt.date
    npi: str | None = None
    id: str | None = None

    def __str__(self) -> str:
        whom = f"NPI {self.npi}" if self.npi else f"id {self.id}"
        return f"{whom}, {self.requirement}, by {self.author} until {self.expires}: {self.reason}"

    def runs_on(self, day: dt.date) -> bool:
        """Tell whether the waiver is in force; its last day is included."""
        return self.created <= day <= self.expires


class Waivers:
    """The waivers of an audit, and which of them were needed."""

    def __init__(self, waivers: Sequence[Waiver], as_of: dt.date) -> None:
        self._all = tuple(waivers)
        self._as_of = as_of
        self._needed: set[Waiver] = set()
        self._overdue: set[Waiver] = set()
        self._by_whom: dict[tuple[str, str], list[Waiver]] = {}
        for waiver in waivers:
            whom = f"npi {waiver.npi}" if waiver.npi else f"id {waiver.id}"
            self._by_whom.setdefault((whom, waiver.requirement), []).append(waiver)

    def find(self, verdict: Verdict, finding: Finding) -> Waiver | None:
        """Return the waiver in force for a finding that fails, and note that it was needed."""
        found = [
            waiver
            for whom in _list_keys(verdict)
            for waiver in self._by_whom.get((whom, finding.requirement), ())
        ]
        for waiver in found:
            if waiver.runs_on(self._as_of):
                self._needed.add(waiver)
                return waiver
        self._overdue.update(each for each in found if each.expires < self._as_of)
        return None

    @property
    def unused(self) -> tuple[Waiver, ...]:
        """Waivers that nothing needed: the finding is met, or nobody of the roster has it."""
        return tuple(x for x in self._all if x not in self._needed | self._overdue)

    @property
    def overdue(self) -> tuple[Waiver, ...]:
        """Waivers that have ended while the finding still fails."""
        return tuple(waiver for waiver in self._all if waiver in self._overdue)


def load_waivers(path: Path, requirements: Sequence[str]) -> list[Waiver]:
    """Read a file of waivers. Raises WaiverError; ``requirements`` are those of the standard."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WaiverError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WaiverError(f"{path}: not valid TOML: {error}") from error
    for key in raw:
        if key not in _KEYS:
            raise WaiverError(f"{path}: unknown key {key!r}{did_you_mean(key, _KEYS)}")
    limit, entries = raw.get("max_days", MAX_AGE), raw.get("waiver", [])
    if not isinstance(limit, int) or not 0 < limit <= MAX_AGE:
        raise WaiverError(f"{path}: max_days must be a number of days up to {MAX_AGE}")
    if not isinstance(entries, list):
        raise WaiverError(f"{path}: waivers are written as [[waiver]] tables")
    return [
        _parse_waiver(entry, f"{path}: waiver {place}", limit, requirements)
        for place, entry in enumerate(entries, 1)
    ]


def _parse_waiver(entry: Any, where: str, limit: int, requirements: Sequence[str]) -> Waiver:
    for key in entry if isinstance(entry, dict) else ():
        if key not in _FIELDS:
            raise WaiverError(f"{where}: unknown key {key!r}{did_you_mean(key, _FIELDS)}")
    try:
        waiver = msgspec.convert(entry, Waiver)
    except msgspec.ValidationError as error:
        raise WaiverError(f"{where}: {error}") from error
    _check(waiver, where, limit, requirements)
    return waiver


def _check(waiver: Waiver, where: str, limit: int, requirements: Sequence[str]) -> None:
    if (waiver.npi is None) == (waiver.id is None):
        raise WaiverError(f"{where}: give either npi or id")
    if waiver.npi is not None:
        try:
            parse(waiver.npi)
        except NpiError as error:
            raise WaiverError(f"{where}: {error}") from error
    if waiver.requirement not in requirements:
        near = did_you_mean(waiver.requirement, requirements)
        raise WaiverError(f"{where}: the standard has no requirement {waiver.requirement!r}{near}")
    if not waiver.author.strip() or not waiver.reason.strip():
        raise WaiverError(f"{where}: author and reason must say something")
    if not waiver.created <= waiver.expires:
        raise WaiverError(f"{where}: it expires before it was created")
    if (days := (waiver.expires - waiver.created).days) > limit:
        raise WaiverError(f"{where}: it runs for {days} days; the limit is {limit}")


def _list_keys(verdict: Verdict) -> list[str]:
    return [
        *([f"npi {verdict.npi}"] if verdict.npi else []),
        *([f"id {verdict.query.id}"] if verdict.query.id else []),
    ]
