"""Standards with paths over real files: listings, program numbers of other accreditors, the command."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ran, credcheck
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

ORTHO, NEURO, BONE, DOUBT = "2000001075", "2100000019", "2100000142", "2100000076"
BOARD = (
    "{npi},{last},{first},,,,,,,,{board},{name},general,Certified,2013-07-20,2033-12-31,"
    "time_limited,,,2026-10-20\n"
)
TRAINED = (
    "{npi},{last},{first},,,,,,,,{code},,{specialty},2011-07-01,2012-06-30,Completed,Letter,"
    "2026-09-15\n"
)
PEOPLE = {
    ORTHO: ("Abernathy", "Alma"),
    NEURO: ("Bellweather", "Boris"),
    BONE: ("Oakhurst", "Otto"),
    DOUBT: ("Hartigan", "Hector"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, in which some people are spine surgeons too."""
    folder = copy_demo(tmp_path_factory.mktemp("spine"))
    ortho = ("American Board of Orthopaedic Surgery", "Orthopaedic Surgery")
    neuro = ("American Board of Neurological Surgery", "Neurological Surgery")
    held = {ORTHO: ortho, NEURO: neuro, BONE: ortho, DOUBT: neuro}
    trained = {
        ORTHO: ("267-38-00-001", "Orthopaedic surgery of the spine"),
        NEURO: ("CAST SP-12", "Neurosurgical Spine"),
        BONE: ("CAST-SP-12", "Spine Surgery"),
        DOUBT: ("CAST-SP-99", "Neurosurgical Spine"),
    }
    with (folder / "boards.csv").open("a") as boards:
        for npi, (board, name) in held.items():
            last, first = PEOPLE[npi]
            boards.write(BOARD.format(npi=npi, last=last, first=first, board=board, name=name))
    with (folder / "fellowships.csv").open("a") as fellowships:
        for npi, (code, specialty) in trained.items():
            last, first = PEOPLE[npi]
            row = TRAINED.format(npi=npi, last=last, first=first, code=code, specialty=specialty)
            fellowships.write(row)
    with (folder / "programs.csv").open("a") as programs:
        programs.write(
            "2673800001,Columbus Spine,,Columbus,OH,Orthopedic surgery of the spine,ACGME,"
        )
        programs.write("Continued Accreditation,2001-07-01,,12\n")
        programs.write("CAST-SP-12,Lakeside Spine,,Akron,OH,Neurosurgical Spine,SNS CAST,")
        programs.write("Continued Accreditation,2005-07-01,,12\n")
    return folder


def verify(world: Path, npi: str, standard: str = "spine-surgeon-injections") -> Ran:
    return credcheck(
        *("verify", npi, "--config", str(world / "credcheck.toml"), "--standard", standard),
        *("--as-of", "2026-11-01", "--format", "json"),
    )


def paths(ran: Ran) -> dict[str, str]:
    return {each["id"]: each["outcome"] for each in ran.json["paths"]}


def test_by_the_orthopaedic_path(world: Path) -> None:
    ran = verify(world, ORTHO)
    assert (ran.status, ran.json["outcome"]) == (0, "meets")
    assert paths(ran) == {"orthopaedic": "met", "neurosurgical": "not_met"}


def test_by_the_neurosurgical_path_with_a_number_of_another_form(world: Path) -> None:
    ran = verify(world, NEURO)
    assert (ran.status, ran.json["outcome"]) == (0, "meets")
    assert paths(ran) == {"orthopaedic": "not_met", "neurosurgical": "met"}


def test_half_of_one_path_and_half_of_the_other_is_none(world: Path) -> None:
    ran = verify(world, BONE)
    assert ran.json["outcome"] != "meets"
    assert paths(ran)["neurosurgical"] == "not_met"


def test_a_program_number_that_the_list_lacks_is_undecided_in_its_path(world: Path) -> None:
    ran = verify(world, DOUBT)
    assert (ran.status, ran.json["outcome"]) == (3, "unverified")
    assert paths(ran) == {"orthopaedic": "not_met", "neurosurgical": "unverified"}
    assert any("CAST-SP-99" in str(each["reasons"]) for each in ran.json["findings"])


def test_the_same_people_by_the_other_standards(world: Path) -> None:
    """A license of Ohio is one of neither Tennessee nor Oklahoma nor Missouri."""
    for standard in ("us-tn-63-6-244", "physician-licensed"):
        ran = verify(world, ORTHO, standard)
        assert (ran.status, ran.json["outcome"]) == (3, "unverified")


def test_a_license_of_missouri(world: Path, tmp_path: Path) -> None:
    moved: Any = json.loads((world / "nppes.json").read_text(encoding="utf-8"))
    records = moved["results"] if isinstance(moved, dict) else moved
    for record in records:
        if record["number"] == ORTHO:
            record["taxonomies"][0]["state"] = "MO"
    (copy_demo(tmp_path) / "nppes.json").write_text(json.dumps(moved), encoding="utf-8")
    ran = verify(tmp_path / "world", ORTHO, "physician-licensed")
    assert (ran.status, ran.json["outcome"]) == (0, "meets")
    codes = {x["code"] for each in ran.json["findings"] for x in each["reasons"]}
    assert {"license_registered", "self_reported"} <= codes


def test_what_held_is_replayed(world: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("npi\n" + "\n".join(PEOPLE) + "\n", encoding="utf-8")
    results = tmp_path / "results.ndjson"
    ran = credcheck(
        *("batch", str(roster), "--config", str(world / "credcheck.toml"), "-o", str(results)),
        *("--standard", "spine-surgeon-injections", "--as-of", "2026-11-01"),
    )
    assert ran.status == 0
    assert credcheck("replay", str(results)).status == 0
