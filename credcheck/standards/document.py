"""A standard's file: found, parsed to the last key, and laid over the one that it extends."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.files import check_regular
from credcheck._util.suggest import did_you_mean
from credcheck._util.toml import parse_toml

SCHEMA_VERSION = 1
CASES_SUFFIX = ".cases.toml"
"""How the file of a standard's cases ends, beside the standard (credcheck/cases)."""

RawTable = dict[str, dict[str, Any]]
"""Requirements or paths as they stand in a file, by their ids."""


class StandardError(UsageError):
    """The standard cannot be used. The message names the place and the mend."""


class StandardDocument(msgspec.Struct, forbid_unknown_fields=True):
    """A standard as its file has it. ``without_paths`` are paths of the one that it extends."""

    schema_version: Literal[1]
    id: str
    version: str
    name: str
    requirements: RawTable
    description: str = ""
    extends: str | None = None
    paths: RawTable = {}
    without_paths: tuple[str, ...] = ()


def list_shipped() -> tuple[str, ...]:
    """Return the ids of the standards that come with credcheck."""
    folder = files("credcheck").joinpath("standards")
    names = [item.name for item in folder.iterdir() if not item.name.endswith(CASES_SUFFIX)]
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def source_text(name_or_path: str) -> str:
    """Return the TOML text of a shipped standard or of a file. Raises StandardError."""
    if name_or_path in list_shipped():
        shipped_file = files("credcheck").joinpath("standards", f"{name_or_path}.toml")
        return shipped_file.read_text(encoding="utf-8")
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.exists():
        raise StandardError(
            f"unknown standard {name_or_path!r}{did_you_mean(name_or_path, list_shipped())}"
        )
    if path.suffix != ".toml":
        raise StandardError(f"{path}: a standard is a TOML file; use a name that ends in .toml")
    check_regular(path, f"the standard {path}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(f"{path}: {error}") from error


def resolve_document(name_or_path: str, seen: tuple[str, ...] = ()) -> StandardDocument:
    """Read a document and, if it extends another, lay it over that one. Raises StandardError."""
    if name_or_path in seen:
        raise StandardError(f"{name_or_path} extends itself: {' -> '.join((*seen, name_or_path))}")
    document = _parse(source_text(name_or_path), name_or_path)
    if document.extends is None:
        if document.without_paths:
            raise StandardError(
                f"{name_or_path}: without_paths is for a standard that extends another"
            )
        return document
    base_name = document.extends
    if name_or_path not in list_shipped() and base_name not in list_shipped():
        base_name = str(Path(name_or_path).parent / base_name)
    base = resolve_document(base_name, (*seen, name_or_path))
    return _extend(base, document, name_or_path)


def check_keys(
    raw: Mapping[str, Any], known: Iterable[str], where: str, also: tuple[str, ...] = ()
) -> None:
    """Check that every key is known. Raises StandardError, with the nearest known one."""
    names = tuple(known)
    for key in raw:
        if key not in names:
            raise StandardError(f"{where}: unknown key {key!r}{did_you_mean(key, (*names, *also))}")


def _parse(text: str, where: str) -> StandardDocument:
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
    check_keys(raw, StandardDocument.__struct_fields__, where)
    try:
        return msgspec.convert(raw, StandardDocument)
    except msgspec.ValidationError as error:
        raise StandardError(f"{where}: {error}") from error


def _extend(base: StandardDocument, document: StandardDocument, where: str) -> StandardDocument:
    """Return the document with all that it does not say taken from its base."""
    for name, requirement in document.requirements.items():
        rule = base.requirements.get(name, {}).get("rule")
        if rule is not None and requirement.get("rule", rule) != rule:
            raise StandardError(
                f"{where}: requirement {name!r} has the rule {rule!r} in {document.extends}; give"
                " a requirement with a different rule a different name"
            )
    requirements, paths = _leave_out_paths(base, document, where)
    if base.paths and not (paths or document.paths):
        raise StandardError(
            f"{where}: no path of {document.extends} is left; keep one, or write your own standard"
        )
    extended = msgspec.structs.replace(
        document,
        requirements=_lay_over(requirements, document.requirements),
        paths=_lay_over(paths, document.paths),
        without_paths=(),
    )
    _check_orphans(base, extended, where)
    return extended


def _lay_over(base: RawTable, over: RawTable) -> RawTable:
    merged = {name: dict(each) for name, each in base.items()}
    for name, each in over.items():
        merged[name] = merged.get(name, {}) | each
    return merged


def _leave_out_paths(
    base: StandardDocument, document: StandardDocument, where: str
) -> tuple[RawTable, RawTable]:
    """Return the base without the paths that are left out, and without what only these asked."""
    for name in document.without_paths:
        if name not in base.paths:
            near = did_you_mean(name, base.paths)
            raise StandardError(f"{where}: {document.extends} has no path {name!r}{near}")
    paths = {name: x for name, x in base.paths.items() if name not in document.without_paths}
    gone = list_members(base.paths) - list_members(paths) - list_members(document.paths)
    return {name: x for name, x in base.requirements.items() if name not in gone}, paths


def _check_orphans(base: StandardDocument, extended: StandardDocument, where: str) -> None:
    """Refuse what was one way of several and would be required of everybody, by a path's change."""
    outside = extended.requirements.keys() - list_members(extended.paths)
    for name in sorted(list_members(base.paths) & outside):
        if extended.requirements[name].get("level", "required") == "required":
            raise StandardError(
                f"{where}: requirement {name!r} is in a path of {extended.extends} but in none here, so"
                " it would be required of everyone; put it in a path, or give it the level"
                " 'advisory'"
            )


def list_members(paths: RawTable) -> set[str]:
    """Return the requirements that are in some path, as far as the paths can be read."""
    named = (path.get("requirements", ()) for path in paths.values())
    return {x for each in named if isinstance(each, list) for x in each if isinstance(x, str)}
