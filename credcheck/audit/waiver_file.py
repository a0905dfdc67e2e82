"""The file of waivers: TOML, read strictly. One that is not whole or not clear is refused."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck._util.toml import parse_toml
from credcheck.audit.waivers import Waiver
from credcheck.model import ReasonCode
from credcheck.model.npi import NpiError, parse

MAX_AGE = 365
"""How many days a waiver may run, from created to expires, unless the file says less."""

_FIELDS = (
    *("npi", "id", "requirement", "reasons", "records"),
    *("author", "reason", "created", "expires"),
)
_KEYS = ("max_days", "waiver")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class WaiverError(UsageError):
    """The waivers cannot be used. The message names the entry and what is wrong with it."""


def load_waivers(path: Path, requirements: Sequence[str]) -> list[Waiver]:
    """Read a file of waivers. Raises WaiverError; ``requirements`` are those of the standard."""
    try:
        raw = parse_toml(path.read_text(encoding="utf-8"))
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
    if isinstance(entry, dict):
        _check_raw(entry, where)
    try:
        waiver = msgspec.convert(entry, Waiver)
    except msgspec.ValidationError as error:
        raise WaiverError(f"{where}: {error}") from error
    _check_whom(waiver, where)
    _check_what(waiver, where, requirements)
    _check_term(waiver, where, limit)
    return waiver


def _check_raw(entry: dict[str, Any], where: str) -> None:
    """Refuse what would be read as something else than it says, or as nothing."""
    for key in entry:
        if key not in _FIELDS:
            raise WaiverError(f"{where}: unknown key {key!r}{did_you_mean(key, _FIELDS)}")
    reasons, known = entry.get("reasons", []), [str(code) for code in ReasonCode]
    if reasons == []:
        message = 'name the reason codes that it covers, such as reasons = ["certificate_expired"]'
        raise WaiverError(f"{where}: {message}")
    for code in reasons if isinstance(reasons, list) else ():
        if isinstance(code, str) and code not in known:
            near = did_you_mean(code, known)
            raise WaiverError(f"{where}: unknown reason code {code!r}{near}")
    if entry.get("records") == []:
        raise WaiverError(f"{where}: records is empty; leave it out, or name a record")


def _check_whom(waiver: Waiver, where: str) -> None:
    if (waiver.npi is None) == (waiver.id is None):
        raise WaiverError(f"{where}: give either npi or id")
    if waiver.id is not None and not waiver.id.strip():
        raise WaiverError(f"{where}: id must not be empty")
    if waiver.npi is not None:
        try:
            parse(waiver.npi)
        except NpiError as error:
            raise WaiverError(f"{where}: {error}") from error


def _check_what(waiver: Waiver, where: str, requirements: Sequence[str]) -> None:
    if waiver.requirement not in requirements:
        near = did_you_mean(waiver.requirement, requirements)
        raise WaiverError(f"{where}: the standard has no requirement {waiver.requirement!r}{near}")
    for record in waiver.records:
        if not _DIGEST.fullmatch(record):
            message = "name a record by its SHA-256, the 64 digits shown in the results"
            raise WaiverError(f"{where}: {record!r}: {message}")
    if not waiver.author.strip() or not waiver.reason.strip():
        raise WaiverError(f"{where}: author and reason must not be empty")


def _check_term(waiver: Waiver, where: str, limit: int) -> None:
    if not waiver.created <= waiver.expires:
        raise WaiverError(f"{where}: it expires before it was created")
    if (days := (waiver.expires - waiver.created).days) > limit:
        raise WaiverError(f"{where}: it runs for {days} days; the limit is {limit}")
