"""Standards: what is asked of a physician, as data. Loaded from TOML, validated to the last key.

A typo must not drop a requirement, so an unknown key, rule, board or specialty is an error that
names the nearest known one, and a standard that requires nothing is refused.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import Model, RequirementLevel, StandardRef, canonical_json
from credcheck.rules import rules
from credcheck.rules.base import AnyRule, Parameters
from credcheck.standards.document import (
    SCHEMA_VERSION,
    StandardDocument,
    StandardError,
    check_keys,
    list_shipped,
    resolve_document,
    source_text,
)
from credcheck.standards.paths import StandardPath, parse_paths

__all__ = [
    "DEFAULT",
    "PROTECTS",
    "SCHEMA_VERSION",
    "Requirement",
    "Standard",
    "StandardError",
    "StandardPath",
    "list_shipped",
    "list_unprotected",
    "load_standard",
    "source_text",
]

DEFAULT = "interventional-pain"

_REQUIREMENT_KEYS = ("rule", "level", "title", "cites", "second_person")


class Requirement(Model, kw_only=True):
    """One line of a standard. ``cites`` names the sources of the requirement itself.

    With ``second_person`` what a person verified or settled counts only when another has confirmed it.
    """

    id: str
    rule: AnyRule
    level: RequirementLevel
    title: str
    cites: tuple[str, ...]
    parameters: Parameters
    second_person: bool = False


class Standard(Model, kw_only=True):
    """A validated standard. ``ref`` identifies its content with all that it extends.

    Where it has ``paths``, one of them must be met, and every requirement that is in none.
    """

    ref: StandardRef
    name: str
    description: str
    requirements: tuple[Requirement, ...]
    paths: tuple[StandardPath, ...] = ()


def load_standard(name_or_path: str) -> Standard:
    """Load a standard by its id or its file. Raises StandardError."""
    standard = _validate(resolve_document(name_or_path), name_or_path)
    if name_or_path not in list_shipped():
        _check_id(standard.ref, name_or_path)
    return standard


PROTECTS = ("exclusion", "license", "state_exclusion", "revocation")
"""Rule kinds that speak against somebody whatever else is met; every shipped standard has them all."""


def list_unprotected(standard: Standard) -> tuple[str, ...]:
    """Return which of these a standard does not ask of everybody: who is so listed can meet it."""
    inside = {name for path in standard.paths for name in path.requirements}
    asked = {
        each.rule.kind
        for each in standard.requirements
        if each.level != "advisory" and each.id not in inside
    }
    return tuple(kind for kind in PROTECTS if kind not in asked)


def _validate(document: StandardDocument, where: str) -> Standard:
    requirements = tuple(
        _parse_requirement(name, raw, f"{where}: requirement {name!r}")
        for name, raw in document.requirements.items()
    )
    for key in ("id", "version", "name"):
        if not getattr(document, key).strip():
            raise StandardError(f"{where}: {key} is empty; a verdict must name its standard")
    if not any(requirement.level == "required" for requirement in requirements):
        raise StandardError(f"{where}: nothing is required, so everyone would meet it")
    levels = {each.id: each.level for each in requirements}
    return Standard(
        ref=_make_ref(document),
        name=document.name,
        description=document.description,
        requirements=requirements,
        paths=parse_paths(document.paths, levels, where),
    )


def _make_ref(document: StandardDocument) -> StandardRef:
    content: dict[str, Any] = {
        "id": document.id,
        "version": document.version,
        "requirements": document.requirements,
    }
    if document.paths:
        content["paths"] = document.paths
    digest = hashlib.sha256(canonical_json(content)).hexdigest()
    return StandardRef(id=document.id, version=document.version, sha256=digest)


def _parse_requirement(name: str, raw: Mapping[str, Any], where: str) -> Requirement:
    kind = raw.get("rule")
    if not isinstance(kind, str):
        raise StandardError(f"{where}: a rule is missing{did_you_mean(name, rules())}")
    if kind not in rules():
        raise StandardError(f"{where}: unknown rule {kind!r}{did_you_mean(kind, rules())}")
    rule = rules()[kind]
    parameters = {key: value for key, value in raw.items() if key not in _REQUIREMENT_KEYS}
    check_keys(parameters, rule.parameters.__struct_fields__, where, _REQUIREMENT_KEYS)
    try:
        return Requirement(
            id=name,
            rule=rule,
            level=msgspec.convert(raw.get("level", "required"), RequirementLevel),
            title=msgspec.convert(raw.get("title", name), str),
            cites=msgspec.convert(raw.get("cites", []), tuple[str, ...]),
            parameters=msgspec.convert(parameters, rule.parameters),
            second_person=msgspec.convert(raw.get("second_person", False), bool),
        )
    except msgspec.ValidationError as error:
        raise StandardError(f"{where}: {error}") from error


def _check_id(ref: StandardRef, where: str) -> None:
    """Refuse the id of a shipped standard for other content: a verdict is known by that id."""
    if not ref.id.isascii():
        raise StandardError(f"{where}: the id {ref.id!r} may use only ASCII characters")
    for shipped in list_shipped():
        if _squash(ref.id) == _squash(shipped) and ref != load_standard(shipped).ref:
            message = (
                f"the id {ref.id!r} belongs to a shipped standard, and this is a different one"
            )
            raise StandardError(f"{where}: {message}; give it its own id, such as 'ours'")


def _squash(id_: str) -> str:
    return "".join(c for c in id_.casefold() if c.isalnum())
