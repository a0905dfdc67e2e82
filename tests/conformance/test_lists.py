"""Public lists, from the file to the finding: what each kind of list makes of somebody.

``lists/people.toml`` has twenty invented people of five states, judged with eleven lists at once;
``attacks.toml`` those whose rows mislead; ``states.toml`` what becomes of a clear physician when a list
is stale, cannot be read, or is not asked; ``presets.toml`` what each preset's sample makes of the
physician in it. Adding a case is adding a table.
"""

import csv
import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from credcheck.model import Verdict
from credcheck.source.presets import list_presets, load_preset
from tests.support.world import judge

HERE = Path(__file__).parent / "lists"
SAMPLES = Path(__file__).parents[1] / "presets" / "samples"
TWENTY, ATTACKS = (
    tomllib.loads((HERE / name).read_text(encoding="utf-8"))["person"]
    for name in ("people.toml", "attacks.toml")
)
STATES = tomllib.loads((HERE / "states.toml").read_text(encoding="utf-8"))["case"]
BY_PRESET = tomllib.loads((HERE / "presets.toml").read_text(encoding="utf-8"))
PEOPLE = [*TWENTY, *ATTACKS]
AS_OF = dt.date(2026, 11, 2)
PRESETS = (
    *("tx-licenses", "wa-licenses", "co-licenses", "ny-discipline", "sam-exclusions"),
    *("medicare-revocations", "medicare-opt-out", "tx-medicaid-exclusions"),
    *("ny-medicaid-exclusions", "pa-medicaid-exclusions"),
)
LEIE = (
    *("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "NPI", "DOB"),
    *("ADDRESS", "CITY", "STATE", "ZIP", "EXCLTYPE", "EXCLDATE", "REINDATE", "WAIVERDATE"),
    "WVRSTATE",
)
TABLE = """[sources.{name}]
adapter = "{adapter}"
{more}path = "{name}.{suffix}"
as_of = 2026-11-01
"""


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def list_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a list: what the people's tables say, and one row of somebody else."""
    found = []
    for person in PEOPLE:
        for row in person.get("row", ()):
            if row["list"] == name:
                texts = {key: text for key, text in row.items() if key != "list"}
                found.append({k: v.replace("@", person["npi"]) for k, v in texts.items()})
    return found


def record(person: Mapping[str, Any]) -> dict[str, Any]:
    address = {"address_purpose": "LOCATION", "city": person["city"], "state": person["state"]}
    licenses = [(person["license"], person["state"]), *person.get("more_licenses", ())]
    codes = [
        {"code": "207L00000X", "primary": not place, "license": number, "state": state}
        for place, (number, state) in enumerate(licenses)
    ]
    name = {"last_name": person["last"].upper(), "first_name": person["first"].upper()}
    return {
        "number": person["npi"],
        "enumeration_type": "NPI-1",
        "basic": {"status": "A", "credential": "MD", **name},
        "addresses": [address],
        "taxonomies": codes,
        "other_names": [],
    }


def write_basics(folder: Path, people: Sequence[Mapping[str, Any]]) -> list[str]:
    """Write a registry and lists by which everybody meets the standard; return their tables."""
    (folder / "nppes.json").write_text(json.dumps([record(x) for x in people]), encoding="utf-8")
    who = [{"npi": x["npi"], "last_name": x["last"], "first_name": x["first"]} for x in people]
    program = {"program_code": "5303812001", "specialty": "Pain Medicine"}
    trained = {"start_date": "2014-07-01", "end_date": "2015-06-30", "status": "Completed"}
    certified = {
        "board": "American Board of Anesthesiology",
        "certificate": "Pain Medicine",
        "status": "Certified",
        "issued": "2016-09-10",
        "expires": "2027-12-31",
        "duration": "time_limited",
    }
    accredited = {
        "name": "Columbus Pain Medicine Program",
        "accreditor": "ACGME",
        "length_months": "12",
        "status": "Continued Accreditation",
        "accredited_from": "1995-07-01",
    }
    tables = []
    for name, adapter, rows in (
        ("programs", "training-programs", [program | accredited]),
        ("fellowships", "fellowships", [each | program | trained for each in who]),
        ("boards", "board-certificates", [each | certified for each in who]),
    ):
        write_csv(folder / f"{name}.csv", list(rows[0]), rows)
        more = 'authority = "primary"\ncoverage = "complete"\n'
        tables.append(TABLE.format(name=name, adapter=adapter, more=more, suffix="csv"))
    registry = '[sources.nppes]\nadapter = "nppes-api"\nrecorded = "nppes.json"\n'
    return [registry + "as_of = 2026-11-01\n", *tables]


def write_leie(folder: Path) -> list[str]:
    other = {
        "LASTNAME": "NOBODY",
        "FIRSTNAME": "NATHAN",
        "NPI": "0000000000",
        "EXCLDATE": "20150320",
    }
    write_csv(folder / "leie.csv", LEIE, [*list_rows("leie"), other])
    more = 'coverage = "complete"\n'
    return [TABLE.format(name="leie", adapter="oig-leie", more=more, suffix="csv")]


def write_lists(folder: Path) -> list[str]:
    tables = write_leie(folder)
    for preset in PRESETS:
        known, rows = load_preset(preset), list_rows(preset)
        name = preset.removesuffix("-exclusions")
        write_csv(
            folder / f"{name}.csv", [*known.header, "practice_city"][: len(known.header)], rows
        )
        more = f'preset = "{preset}"\ncoverage = "{known.coverage}"\n'
        tables.append(TABLE.format(name=name, adapter="listing", more=more, suffix="csv"))
    return tables


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    tables = [*write_basics(folder, PEOPLE), *write_lists(folder)]
    (folder / "credcheck.toml").write_text("\n".join(tables), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def verdicts(world: Path) -> dict[str, Verdict]:
    """Judge all of them in one run."""
    found = judge(world, *[each["npi"] for each in PEOPLE], as_of=AS_OF)
    return {str(each.npi): each for each in found}


@pytest.mark.parametrize("person", PEOPLE, ids=[each["note"] for each in PEOPLE])
def test_each_reason_is_right(person: Mapping[str, Any], verdicts: Mapping[str, Verdict]) -> None:
    verdict = verdicts[person["npi"]]
    findings = {each.requirement: each for each in verdict.findings}
    said = {
        name: " ".join(reason.message for reason in each.reasons) for name, each in findings.items()
    }
    assert str(verdict.outcome) == person["outcome"], said
    for name, outcome in person.get("findings", {}).items():
        assert str(findings[name].outcome) == outcome, said[name]
    for name, codes in person.get("codes", {}).items():
        assert {str(x.code) for x in findings[name].reasons} == set(codes), said[name]
    for name, phrases in person.get("says", {}).items():
        for phrase in phrases:
            assert phrase in said[name]
    assert not set(person.get("silent", ())) & findings.keys(), said


def test_they_are_twenty_of_five_states_asked_of_ten_lists_and_more() -> None:
    assert len(TWENTY) >= 20
    assert {each["state"] for each in TWENTY} == {"TX", "WA", "CO", "NY", "PA"}
    assert len(PRESETS) + 1 >= 10


@pytest.mark.parametrize("case", STATES, ids=[each["note"] for each in STATES])
@pytest.mark.slow(every_case=True)
def test_a_list_that_cannot_be_used_or_is_not_asked(case: Mapping[str, Any], world: Path) -> None:
    changed = world / "changed.toml"
    tables = (world / "credcheck.toml").read_text(encoding="utf-8").split("\n\n")
    lists = case["lists"]
    kept = []
    for table in tables:
        name = table.partition("]")[0].removeprefix("[sources.")
        if name not in lists:
            kept.append(table)
        elif case["state"] == "stale":
            kept.append(table.replace("as_of = 2026-11-01", "as_of = 2026-01-01"))
        elif case["state"] == "failed":
            kept.append(table.replace("path = ", 'path = "gone-" # '))
    changed.write_text("\n\n".join(kept), encoding="utf-8")
    (verdict,) = judge(world, PEOPLE[0]["npi"], as_of=AS_OF, config="changed.toml")
    found = {each.requirement: each for each in verdict.findings}.get(case["requirement"])
    assert str(verdict.outcome) == case["verdict"]
    assert (str(found.outcome) if found else "no finding") == case["outcome"]
    assert set(case["codes"]) <= ({str(x.code) for x in found.reasons} if found else set())


def test_every_preset_has_a_case() -> None:
    assert BY_PRESET.keys() == list_presets().keys()


@pytest.mark.parametrize("preset", BY_PRESET)
@pytest.mark.slow(every_case=True)
def test_what_each_preset_makes_of_the_physician_in_its_sample(preset: str, tmp_path: Path) -> None:
    case = BY_PRESET[preset]
    others = [case["license"]] if case["license"] != ["35.1", "OH"] else []
    alma: dict[str, Any] = {"npi": "2000001075", "last": "Abernathy", "first": "Alma"}
    alma |= {"city": "COLUMBUS", "state": "OH", "license": "35.1", "more_licenses": others}
    (sample,) = SAMPLES.glob(f"{preset}.*")
    more = f'preset = "{preset}"\ncoverage = "{load_preset(preset).coverage}"\n'
    table = TABLE.format(name="asked", adapter="listing", more=more, suffix="x")
    table = table.replace('"asked.x"', f'"{sample}"')
    tables = [*write_basics(tmp_path, [alma]), *write_leie(tmp_path), table]
    (tmp_path / "credcheck.toml").write_text("\n".join(tables), encoding="utf-8")
    (verdict,) = judge(tmp_path, alma["npi"], as_of=AS_OF)
    found = {each.requirement: each for each in verdict.findings}.get(case["requirement"])
    said = " ".join(x.message for x in found.reasons) if found else ""
    assert (str(found.outcome) if found else "no finding") == case["outcome"], said
    assert case["says"] in said
