"""Image guidance and radiation safety, from CMS's file and a list of permits to the finding.

``lists/advisory.toml`` has every kind of outcome: shown, doubtful, not shown, stale, unreadable, left
out and not asked. CMS's file goes through the importer that keeps its wanted rows. Adding a case is
adding a table.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from credcheck.model import Verdict
from credcheck.model.npi import is_valid
from credcheck.source.importer import ImportJob
from credcheck.storage.snapshots import Store
from credcheck_sources.medicare_services import CODES, keep_services
from tests.conformance.test_lists import (
    AS_OF,
    HERE,
    TABLE,
    write_basics,
    write_csv,
    write_leie,
)
from tests.sources.test_medicare_services import FILE, HEADER
from tests.support.world import judge

CASES = tomllib.loads((HERE / "advisory.toml").read_text(encoding="utf-8"))["case"]
BEGINNINGS = ("Tarn", "Mosk", "Velb", "Quist", "Harb", "Drend", "Yorv")
ENDS = ("wick", "olm", "aster", "ingdale", "ove")
NAMES = ["".join(each) for each in product(BEGINNINGS, ENDS)]
LISTS = ("medicare", "permits")
CMS = (
    *("Rndrng_NPI", "Rndrng_Prvdr_Last_Org_Name", "Rndrng_Prvdr_First_Name"),
    *("Rndrng_Prvdr_Ent_Cd", "HCPCS_Cd", "Place_Of_Srvc", "Tot_Srvcs"),
)
PERMITS = (
    *("npi", "last_name", "first_name", "topic", "title", "issuer", "status", "issued"),
    *("expires", "permit_state"),
)
LICENSES = ("npi", "last_name", "first_name", "license_number", "license_state", "status")


@cache
def list_people() -> tuple[dict[str, str], ...]:
    """Return an invented person for each case; no two are named alike."""
    numbers = filter(is_valid, map(str, range(2000097000, 2000099999)))
    usual = {"first": "Alma", "city": "COLUMBUS", "state": "OH", "license": "35.1"}
    found = zip(CASES, numbers, NAMES, strict=False)
    return tuple({"npi": npi, "last": last, **usual} for _, npi, last in found)


def describe(person: Mapping[str, str]) -> dict[str, str]:
    return {"npi": person["npi"], "last_name": person["last"], "first_name": person["first"]}


def write_services(folder: Path) -> None:
    """Write CMS's file, and what its importer keeps of it."""
    rows = []
    for person, case in zip(list_people(), CASES, strict=True):
        last, first = case.get("name", (person["last"], person["first"]))
        who = (person["npi"], last, first, case.get("entity", "I"))
        rows += [dict(zip(CMS, (*who, *x), strict=True)) for x in case.get("services", ())]
    write_csv(folder / FILE, HEADER, rows)
    job = ImportJob(files=(folder / FILE,), store=Store(folder / "store"), as_of=AS_OF)
    keep_services(folder / FILE, folder / "medicare.csv", CODES, None, job)


def write_rows(folder: Path) -> None:
    """Write the lists of permits and of licenses."""
    cases = list(zip(list_people(), CASES, strict=True))
    permits = [describe(person) | case["permit"] for person, case in cases if "permit" in case]
    write_csv(folder / "permits.csv", PERMITS, permits)
    there = {"license_number": "A12345", "license_state": "CA"}
    licenses = [
        describe(person) | there | {"status": case["license"]}
        for person, case in cases
        if "license" in case
    ]
    write_csv(folder / "licenses.csv", LICENSES, licenses)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Verdict]]:
    """Judge all of them, with the lists in each state."""
    folder = tmp_path_factory.mktemp("advisory")
    basics = [*write_basics(folder, list_people()), *write_leie(folder)]
    write_services(folder)
    write_rows(folder)
    more = 'kind = "license"\nauthority = "primary"\n'
    basics.append(TABLE.format(name="licenses", adapter="listing", more=more, suffix="csv"))
    more = 'kind = "competency"\n'
    lists = "\n".join(
        [
            TABLE.format(name="medicare", adapter="medicare-services", more="", suffix="csv"),
            TABLE.format(name="permits", adapter="listing", more=more, suffix="csv"),
        ]
    )
    changed = {
        "ok": lists,
        "stale": lists.replace("as_of = 2026-11-01", "as_of = 2020-01-01"),
        "failed": lists.replace('path = "', 'path = "gone-'),
        "left_out": lists,
        "not_asked": "",
    }
    found = {}
    for state, tables in changed.items():
        (folder / "credcheck.toml").write_text("\n".join([*basics, tables]), encoding="utf-8")
        without = LISTS if state == "left_out" else ()
        numbers = [each["npi"] for each in list_people()]
        found[state] = judge(folder, *numbers, as_of=AS_OF, without=without)
    return found


@pytest.mark.parametrize("place", range(len(CASES)), ids=[each["note"] for each in CASES])
def test_what_a_list_makes_of_an_advisory_requirement(
    place: int, verdicts: Mapping[str, list[Verdict]]
) -> None:
    case: Mapping[str, Any] = CASES[place]
    verdict = verdicts[case.get("state", "ok")][place]
    found = {each.requirement: each for each in verdict.findings}[case["requirement"]]
    said = " ".join(reason.message for reason in found.reasons)
    assert str(found.outcome) == case["outcome"], said
    assert {str(x.code) for x in found.reasons} >= set(case["codes"]), said
    for phrase in case.get("says", ()):
        assert phrase in said
    is_lost = case.get("license") == "Surrendered"
    assert verdict.outcome == ("does_not_meet" if is_lost else "meets"), said


def test_nobody_fails_an_advisory_requirement(verdicts: Mapping[str, list[Verdict]]) -> None:
    """Whatever a list says or lacks: billing and permits show something, or nothing."""
    outcomes = {
        str(finding.outcome)
        for each in verdicts.values()
        for verdict in each
        for finding in verdict.findings
        if finding.requirement in {"image_guidance", "radiation_safety"}
    }
    assert outcomes == {"met", "unverified"}


def test_every_kind_of_outcome_has_a_case_of_both_requirements() -> None:
    kinds = {(x["requirement"], x.get("state", x["outcome"])) for x in CASES}
    states = ("met", "unverified", "stale", "failed", "left_out", "not_asked")
    assert kinds == {(x, y) for x in ("image_guidance", "radiation_safety") for y in states}
    assert len(CASES) == len(list_people())
