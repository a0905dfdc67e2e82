"""Cases of a standard: invented people, their records, and what the standard must say of them.

They stand in a file beside the standard (``ours.toml``, ``ours.cases.toml``) and are judged by the same
checker as everybody, without any source: a committee reads them, and a change that breaks one is seen.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from credcheck._util.files import check_regular
from credcheck._util.suggest import did_you_mean
from credcheck._util.toml import parse_toml
from credcheck.cases.dossier import RECORD_TYPES, CaseRecords, build_dossier
from credcheck.checker import check
from credcheck.model import Model, Outcome, Verdict, VerdictOutcome, plain
from credcheck.model.json import convert_plain
from credcheck.standards.document import CASES_SUFFIX, StandardError, check_keys, list_shipped
from credcheck.standards.loader import Standard

_Expected = dict[str, Outcome]


class StandardCase(CaseRecords, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One case: a person with records, and what must come out.

    ``expect`` is the verdict; ``findings`` and ``paths`` are what single ones must come to, as far as
    the case says.
    """

    name: str
    expect: VerdictOutcome
    findings: _Expected = msgspec.field(default_factory=dict)
    paths: _Expected = msgspec.field(default_factory=dict)
    as_of: dt.date | None = None
    note: str = ""


class CaseFile(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A file of cases. ``as_of`` is the day to judge for, unless a case says another."""

    schema_version: Literal[1]
    as_of: dt.date
    cases: tuple[StandardCase, ...]


class CaseResult(Model, kw_only=True):
    """What came out of a case. ``wrong`` names each thing that is not as expected; none: it holds."""

    name: str
    verdict: Verdict
    wrong: tuple[str, ...]


def find_cases(standard_file: str) -> Path:
    """Return the file of cases beside a standard. Raises StandardError where there is none."""
    if standard_file in list_shipped():
        standard_file = str(files("credcheck").joinpath("standards", f"{standard_file}.toml"))
    path = Path(standard_file)
    beside = path.with_name(path.name.removesuffix(".toml") + CASES_SUFFIX)
    if not beside.is_file():
        raise StandardError(f"{standard_file}: the file with its cases is missing: {beside}")
    return beside


def load_cases(path: Path, standard: Standard) -> CaseFile:
    """Read a file of cases for a standard. Raises StandardError with what is wrong."""
    check_regular(path, f"the cases {path}")
    try:
        raw = parse_toml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StandardError(f"{path}: {error}") from error
    check_keys(raw, CaseFile.__struct_fields__, str(path))
    for number, case in enumerate(raw.get("cases", ()), 1):
        if isinstance(case, dict):
            _check_keys(case, f"{path}: case {number}")
    try:
        cases = convert_plain(raw, CaseFile)
    except (msgspec.ValidationError, ValueError) as error:
        raise StandardError(f"{path}: {error}") from error
    _check_cases(cases, standard, str(path))
    return cases


def run_cases(cases: CaseFile, standard: Standard) -> tuple[CaseResult, ...]:
    """Judge every case."""
    return tuple(_run(case, standard, case.as_of or cases.as_of) for case in cases.cases)


def list_unmet_paths(results: tuple[CaseResult, ...], standard: Standard) -> list[str]:
    """Return the paths that no case meets: nobody has seen them hold."""
    met = {
        path.id for each in results for path in each.verdict.paths or () if path.outcome == "met"
    }
    return [path.id for path in standard.paths if path.id not in met]


def _check_keys(case: Mapping[str, Any], where: str) -> None:
    """Check every key down to the records: a date under a mistyped name must not be dropped."""
    check_keys(case, StandardCase.__struct_fields__, where)
    for field, record_type in RECORD_TYPES.items():
        records = case.get(field, ())
        for record in records if isinstance(records, list) else ():
            if isinstance(record, dict):
                check_keys(record, record_type.__struct_fields__, f"{where}, {field}")


def _check_cases(cases: CaseFile, standard: Standard, where: str) -> None:
    if not cases.cases:
        raise StandardError(f"{where}: it holds no cases, so nothing would be tested")
    names: set[str] = set()
    for case in cases.cases:
        place = f"{where}: case {case.name!r}"
        if not case.name.strip() or case.name in names:
            raise StandardError(f"{place}: each case needs its own name")
        names.add(case.name)
        _check_known(case.findings, [x.id for x in standard.requirements], "requirement", place)
        _check_known(case.paths, [x.id for x in standard.paths], "path", place)


def _check_known(expected: Mapping[str, Any], known: list[str], what: str, where: str) -> None:
    for name in expected:
        if name not in known:
            raise StandardError(f"{where}: unknown {what} {name!r}{did_you_mean(name, known)}")


def _run(case: StandardCase, standard: Standard, as_of: dt.date) -> CaseResult:
    verdict = check(build_dossier(case, as_of), standard, as_of)
    return CaseResult(name=case.name, verdict=verdict, wrong=tuple(_list_wrong(case, verdict)))


def _list_wrong(case: StandardCase, verdict: Verdict) -> Iterator[str]:
    if verdict.outcome is not case.expect:
        yield f"expected {case.expect}, got {verdict.outcome}"
    findings = {each.requirement: each for each in verdict.findings}
    for name, wanted in case.findings.items():
        found = findings.get(name)
        got = plain(found.outcome) if found is not None else "no finding"
        if got != wanted:
            said = f": {found.reasons[0].message}" if found is not None and found.reasons else ""
            yield f"{name}: expected {wanted}, got {got}{said}"
    paths = {path.id: path.outcome for path in verdict.paths or ()}
    for name, wanted in case.paths.items():
        if paths.get(name) is not wanted:
            yield f"path {name}: expected {wanted}, got {paths.get(name)}"
