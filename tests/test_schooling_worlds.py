"""What the national file of clinicians says of schools and years, from files to verdicts."""

import csv
from pathlib import Path
from typing import Any

import msgspec
import pytest

from credcheck.audit.keys import describe_question
from credcheck.audit.recall import recall_dossier
from credcheck.checker import check
from credcheck.model import (
    PersonName,
    Query,
    plain,
    to_json,
    verdict_from_json,
)
from credcheck.model.npi import parse
from credcheck.runs.journal import query_key
from credcheck.runs.roster import open_roster
from credcheck.tables import ReadOptions
from tests.support.build import (
    NPI,
    STANDARD,
)
from tests.support.world import codes, findings, judge, record, write_records

OTHER = parse("2100000019")
NAME = PersonName(last="Abernathy", first="Alma")
HARVARD, YALE = "Harvard Medical School", "Yale University School of Medicine"
CONFIG = """
[sources.nppes]
adapter = "nppes-api"
recorded = "nppes.json"
as_of = 2026-11-01

[sources.programs]
adapter = "training-programs"
path = "programs.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01

[sources.fellowships]
adapter = "fellowships"
path = "fellowships.csv"
authority = "primary"
coverage = "partial"
as_of = 2026-11-01
"""
CLINICIANS = """
[sources.clinicians]
adapter = "listing"
preset = "doctors-and-clinicians"
path = "clinicians.csv"
as_of = 2026-11-01
"""
SAMPLE = Path(__file__).parent / "presets" / "samples" / "doctors-and-clinicians.csv"
PAIN = "fellowship"
OPEN = {"identity_ambiguous", "not_found_in_partial_source"}


def write_world(folder: Path, fellow: dict[str, str], *clinicians: dict[str, str]) -> None:
    """Write a world with two people of one name, one fellowship and what Care Compare has."""
    people = [record(NPI, "ABERNATHY", "ALMA"), record(OTHER, "ABERNATHY", "ALMA")]
    write_records(folder, people)
    (folder / "programs.csv").write_text(
        "program_code,name,specialty,accreditor,status,accredited_from\n"
        "5303812001,Columbus Pain Medicine Program,Pain Medicine,ACGME,Continued Accreditation,"
        "1995-07-01\n",
        encoding="utf-8",
    )
    row = {
        "last_name": "Abernathy",
        "first_name": "Alma",
        "state": "OH",
        "program_code": "5303812001",
        "specialty": "Pain Medicine",
        "start_date": "2014-07-01",
        "end_date": "2015-06-30",
        "status": "Completed",
    }
    _write(folder / "fellowships.csv", [*row, *fellow], [row | fellow])
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        header, usual = list(csv.reader(file))[:2]
    rows = [dict(zip(header, usual, strict=True)) | each for each in clinicians]
    _write(folder / "clinicians.csv", header, rows)
    (folder / "credcheck.toml").write_text(CONFIG + CLINICIANS, encoding="utf-8")
    (folder / "without.toml").write_text(CONFIG, encoding="utf-8")


def _write(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


HERS = {"NPI": NPI, "Med_sch": "HARVARD MEDICAL SCHOOL", "Grd_yr": "2009"}
ANOTHERS = {"NPI": OTHER, "Med_sch": "YALE UNIVERSITY SCHOOL OF MEDICINE", "Grd_yr": "1988"}
FELLOW = {"medical_school": HARVARD, "graduation_year": "2009"}


def test_the_national_file_tells_two_people_of_one_name_apart(tmp_path: Path) -> None:
    write_world(tmp_path, FELLOW, HERS, ANOTHERS)
    (without,) = judge(tmp_path, NPI, config="without.toml")
    assert codes(without, PAIN) == OPEN
    hers, anothers = judge(tmp_path, NPI, OTHER)
    assert findings(hers)[PAIN] == "met"
    assert findings(anothers)[PAIN] == "unverified"


def test_it_is_no_credential(tmp_path: Path) -> None:
    write_world(tmp_path, {"npi": OTHER}, HERS)
    (hers,) = judge(tmp_path, NPI)
    assert "met" not in {findings(hers)[x] for x in (PAIN, "board_certification")}


@pytest.mark.parametrize(
    "clinicians",
    [
        [],
        [HERS | {"Med_sch": "", "Grd_yr": ""}],
        [HERS | {"Med_sch": "OTHER", "Grd_yr": "0"}],
        [HERS, HERS | {"Med_sch": "YALE UNIVERSITY SCHOOL OF MEDICINE", "Grd_yr": "1999"}],
        [HERS | {"Provider Last Name": "GARCIA", "Provider First Name": "ZOE"}],
        [HERS | {"Grd_yr": "2031", "Med_sch": ""}],
        [ANOTHERS],
    ],
)
def test_what_the_list_does_not_say_of_her_changes_nothing(
    tmp_path: Path, clinicians: list[dict[str, str]]
) -> None:
    """Not in it, empty, contradicted by itself, under another name, to come, or of a rival alone."""
    write_world(tmp_path, FELLOW, *clinicians)
    (hers,) = judge(tmp_path, NPI)
    assert codes(hers, PAIN) == OPEN


def test_a_year_that_is_far_casts_doubt_on_a_number(tmp_path: Path) -> None:
    write_world(tmp_path, {"npi": NPI, "graduation_year": "1979"}, HERS)
    (before,) = judge(tmp_path, NPI, config="without.toml")
    (after,) = judge(tmp_path, NPI)
    assert (findings(before)[PAIN], findings(after)[PAIN]) == ("met", "unverified")
    assert codes(after, PAIN) == OPEN


def test_a_list_that_was_left_out_or_is_old_confirms_nobody(tmp_path: Path) -> None:
    write_world(tmp_path, FELLOW, HERS, ANOTHERS)
    (left_out,) = judge(tmp_path, NPI, without=["clinicians"])
    assert codes(left_out, PAIN) == OPEN
    text = (CONFIG + CLINICIANS).replace(
        'clinicians.csv"\nas_of = 2026', 'clinicians.csv"\nas_of = 2025'
    )
    (tmp_path / "credcheck.toml").write_text(text, encoding="utf-8")
    (stale,) = judge(tmp_path, NPI)
    assert codes(stale, PAIN) == OPEN


NAMED = Query(name="Alma Abernathy", person=NAME)
ASKED = msgspec.structs.replace(NAMED, medical_school=HARVARD, graduation_year=2009)


def ask(folder: Path, query: Query, **more: Any) -> tuple[str, str | None]:
    (found,) = judge(folder, query, **more)
    return found.resolution.decision, found.physician.npi if found.physician else None


class TestQuery:
    """A query by name with a medical school and a year."""

    def test_it_leads_to_the_one_of_several_who_is_confirmed(self, tmp_path: Path) -> None:
        write_world(tmp_path, FELLOW, HERS, ANOTHERS)
        assert ask(tmp_path, NAMED) == ("ambiguous", None)
        assert ask(tmp_path, ASKED, config="without.toml") == ("ambiguous", None)
        assert ask(tmp_path, ASKED) == ("match", NPI)
        theirs = msgspec.structs.replace(ASKED, medical_school=YALE, graduation_year=1988)
        assert ask(tmp_path, theirs) == ("match", OTHER)

    @pytest.mark.parametrize(
        "clinicians",
        [
            [],
            [ANOTHERS],
            [HERS, HERS | {"NPI": OTHER}],
            [HERS | {"Med_sch": "", "Grd_yr": "2008"}],
            [HERS | {"Grd_yr": "1999"}, ANOTHERS],
            [HERS | {"Provider Last Name": "GARCIA"}],
        ],
    )
    def test_it_leads_to_nobody_else(
        self, tmp_path: Path, clinicians: list[dict[str, str]]
    ) -> None:
        """Not listed, only a rival is, both of one class, near it, another year, another name."""
        write_world(tmp_path, FELLOW, *clinicians)
        assert ask(tmp_path, ASKED) == ("ambiguous", None)

    def test_another_year_makes_the_only_one_doubtful(self, tmp_path: Path) -> None:
        write_world(tmp_path, FELLOW, HERS)
        write_records(tmp_path, [record(NPI, "ABERNATHY", "ALMA")])
        assert ask(tmp_path, ASKED) == ("match", NPI)
        year = msgspec.structs.replace(ASKED, graduation_year=1979)
        school = msgspec.structs.replace(NAMED, medical_school=YALE)
        for changed in (year, school):
            assert ask(tmp_path, changed, config="without.toml") == ("match", NPI)
            (found,) = judge(tmp_path, changed)
            assert (found.resolution.decision, found.outcome) == ("ambiguous", "unverified")
            assert "another medical school" in found.resolution.reasons[0].message

    def test_a_verdict_is_replayed_to_the_byte(self, tmp_path: Path) -> None:
        write_world(tmp_path, FELLOW, HERS, ANOTHERS)
        for query in (NAMED, ASKED):
            (found,) = judge(tmp_path, query)
            assert to_json(check(recall_dossier(found), STANDARD, found.as_of)) == to_json(found)
            assert verdict_from_json(to_json(found)) == found

    def test_rows_with_other_schools_ask_other_things(self) -> None:
        school = msgspec.structs.replace(NAMED, medical_school=HARVARD)
        asked = [NAMED, ASKED, school, msgspec.structs.replace(NAMED, row=2, id="A")]
        assert len({query_key(each) for each in asked}) == 3
        assert describe_question(ASKED) == f"Alma Abernathy {HARVARD} 2009"

    def test_it_is_no_part_of_a_query_without_it(self) -> None:
        assert "medical_school" not in plain(NAMED)
        assert plain(ASKED)["graduation_year"] == 2009

    def test_a_roster_gives_it_and_hands_it_on(self, tmp_path: Path) -> None:
        file = tmp_path / "roster.csv"
        file.write_text("Name,Med School,Grad Yr\nAlma Abernathy,Harvard,06/2009\nAl Ash,,\n")
        one, other = open_roster(file, ReadOptions(), {}).queries()
        assert (one.medical_school, one.graduation_year) == ("Harvard", 2009)
        assert one.other == {"Med School": "Harvard", "Grad Yr": "06/2009"}
        assert (other.medical_school, other.graduation_year) == (msgspec.UNSET, msgspec.UNSET)
