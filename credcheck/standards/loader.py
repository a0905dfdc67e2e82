"""Standards: what is asked of a physician, as data. Loaded from TOML, validated to the last key.

A typo must not drop a requirement, so an unknown key, rule, board or specialty is an error that
names the nearest known one, and a standard that requires nothing is refused.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.files import check_regular
from credcheck._util.suggest import did_you_mean
from credcheck._util.toml import parse_toml
from credcheck.model import Model, RequirementLevel, StandardRef, canonical_json
from credcheck.rules import rules
from credcheck.rules.base import AnyRule, Parameters

SCHEMA_VERSION = 1
DEFAULT = "interventional-pain"

_REQUIREMENT_KEYS = ("rule", "level", "title", "cites")


class StandardError(UsageError):
    """The standard cannot be used. The message names the place and the mend."""


class Requirement(Model, kw_only=True):
    """One line of a standard. ``cites`` names the sources of the requirement itself."""

    id: str
    rule: AnyRule
    level: RequirementLevel
    title: str
    cites: tuple[str, ...]
    parameters: Parameters


class Standard(Model, kw_only=True):
    """A validated standard. ``ref`` identifies its content with all that it extends."""

    ref: StandardRef
    name: str
    description: str
    requirements: tuple[Requirement, ...]


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    schema_version: Literal[1]
    id: str
    version: str
    name: str
    requirements: dict[str, dict[str, Any]]
    description: str = ""
    extends: str | None = None


def list_shipped() -> tuple[str, ...]:
    """Return the ids of the standards that come with credcheck."""
    folder = files("credcheck").joinpath("standards")
    names = (item.name for item in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def source_text(name_or_path: str) -> str:
    """Return the TOML text of a shipped standard or of a file. Raises StandardError."""
    if name_or_path in list_shipped():
        shipped_file = files("credcheck").joinpath("standards", f"{name_or_path}.toml")
        return shipped_file.read_text(encoding="utf-8")
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.exists():
        raise StandardError(
            f"there is no standard {name_or_path!r}{did_you_mean(name_or_path, list_shipped())}"
        )
    if path.suffix != ".toml":
        raise StandardError(f"{path}: a standard is a TOML file; its name must end in .toml")
    check_regular(path, f"the standard {path}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(f"{path}: {error}") from error


def load_standard(name_or_path: str) -> Standard:
    """Load a standard by its id or its file. Raises StandardError."""
    standard = _validate(_resolve(name_or_path, ()), name_or_path)
    if name_or_path not in list_shipped():
        _check_id(standard.ref, name_or_path)
    return standard


def _resolve(name_or_path: str, seen: tuple[str, ...]) -> _Document:
    """Read a document and, if it extends another, lay it over that one."""
    if name_or_path in seen:
        raise StandardError(f"{name_or_path} extends itself: {' -> '.join((*seen, name_or_path))}")
    document = _parse(source_text(name_or_path), name_or_path)
    if document.extends is None:
        return document
    base_name = document.extends
    if name_or_path not in list_shipped() and base_name not in list_shipped():
        base_name = str(Path(name_or_path).parent / base_name)
    base = _resolve(base_name, (*seen, name_or_path))
    merged = {name: dict(requirement) for name, requirement in base.requirements.items()}
    for name, requirement in document.requirements.items():
        inherited = merged.get(name, {})
        rule = inherited.get("rule")
        if rule is not None and requirement.get("rule", rule) != rule:
            raise StandardError(
                f"{name_or_path}: requirement {name!r} has the rule {rule!r} in"
                f" {document.extends}; give a requirement with another rule another name"
            )
        merged[name] = inherited | requirement
    return msgspec.structs.replace(document, requirements=merged)


def _parse(text: str, where: str) -> _Document:
    try:
        raw = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise StandardError(f"{where}: not valid TOML: {error}") from error
    version = raw.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise StandardError(
            f"{where}: schema_version {version} is newer than this credcheck reads"
            f" ({SCHEMA_VERSION}); update credcheck"
        )
    if not raw:
        raise StandardError(f"{where}: the file is empty, so it requires nothing")
    _check_keys(raw, _Document.__struct_fields__, where)
    try:
        return msgspec.convert(raw, _Document)
    except msgspec.ValidationError as error:
        raise StandardError(f"{where}: {error}") from error


def _validate(document: _Document, where: str) -> Standard:
    requirements = tuple(
        _parse_requirement(name, raw, f"{where}: requirement {name!r}")
        for name, raw in document.requirements.items()
    )
    for key in ("id", "version", "name"):
        if not getattr(document, key).strip():
            raise StandardError(f"{where}: {key} is empty; a verdict must name its standard")
    if not any(requirement.level == "required" for requirement in requirements):
        raise StandardError(f"{where}: nothing is required, so everybody would meet it")
    content = {
        "id": document.id,
        "version": document.version,
        "requirements": document.requirements,
    }
    digest = hashlib.sha256(canonical_json(content)).hexdigest()
    return Standard(
        ref=StandardRef(id=document.id, version=document.version, sha256=digest),
        name=document.name,
        description=document.description,
        requirements=requirements,
    )


def _parse_requirement(name: str, raw: Mapping[str, Any], where: str) -> Requirement:
    kind = raw.get("rule")
    if not isinstance(kind, str):
        raise StandardError(f"{where}: a rule is missing{did_you_mean(name, rules())}")
    if kind not in rules():
        raise StandardError(f"{where}: unknown rule {kind!r}{did_you_mean(kind, rules())}")
    rule = rules()[kind]
    parameters = {key: value for key, value in raw.items() if key not in _REQUIREMENT_KEYS}
    _check_keys(parameters, rule.parameters.__struct_fields__, where, _REQUIREMENT_KEYS)
    try:
        return Requirement(
            id=name,
            rule=rule,
            level=msgspec.convert(raw.get("level", "required"), RequirementLevel),
            title=msgspec.convert(raw.get("title", name), str),
            cites=msgspec.convert(raw.get("cites", []), tuple[str, ...]),
            parameters=msgspec.convert(parameters, rule.parameters),
        )
    except msgspec.ValidationError as error:
        raise StandardError(f"{where}: {error}") from error


def _check_id(ref: StandardRef, where: str) -> None:
    """Refuse the id of a shipped standard for other content: a verdict is known by that id."""
    if not ref.id.isascii():
        raise StandardError(f"{where}: the id {ref.id!r} must be in letters of ASCII")
    for shipped in list_shipped():
        if _squash(ref.id) == _squash(shipped) and ref != load_standard(shipped).ref:
            message = f"the id {ref.id!r} is that of a shipped standard, and this is another"
            raise StandardError(f"{where}: {message}; give it an id of its own, such as 'ours'")


def _squash(id_: str) -> str:
    return "".join(c for c in id_.casefold() if c.isalnum())


def _check_keys(
    raw: Mapping[str, Any], known: tuple[str, ...], where: str, also: tuple[str, ...] = ()
) -> None:
    for key in raw:
        if key not in known:
            raise StandardError(f"{where}: unknown key {key!r}{did_you_mean(key, (*known, *also))}")
