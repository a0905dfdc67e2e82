"""Medical school and year of degree, known by NPI: they confirm or cast doubt, and no more."""

import csv
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.audit.keys import describe_question
from credcheck.audit.recall import recall_dossier
from credcheck.checker import check
from credcheck.identity.case import CandidateSet, NeedsNamesakes
from credcheck.identity.profile import Profile, profile_of
from credcheck.identity.schooling import Schooling
from credcheck.model import (
    Certificate,
    Decision,
    Evidence,
    EvidenceKind,
    Fellowship,
    License,
    Match,
    MatchReason,
    PersonName,
    Place,
    Provenance,
    Query,
    Record,
    Taxonomy,
    Verdict,
    plain,
    to_json,
    verdict_from_json,
)
from credcheck.model.npi import parse
from credcheck.runs.journal import query_key
from credcheck.runs.roster import open_roster
from credcheck.source import Claim, PersonRecord, Unavailable
from credcheck.tables import ReadOptions
from credcheck.verify.tie import tie_claim
from tests.support.build import (
    NPI,
    STANDARD,
    certificate,
    dossier,
    evidence,
    fellowship,
    match,
    physician,
    program,
    verdict,
)
from tests.support.world import codes, findings, judge, record, write_records

OTHER = parse("2100000019")
ME = profile_of(physician())
RIVAL = profile_of(physician(npi=OTHER, places=(Place(city="AKRON", state="OH"),)))
NAME = PersonName(last="Abernathy", first="Alma")
HARVARD, YALE = "Harvard Medical School", "Yale University School of Medicine"
MINE = Schooling(HARVARD, 2009)
HERE: dict[str, Any] = {
    "school": HARVARD,
    "graduated": 2009,
    "places": (Place(state="OH"),),
}


def tie(
    known: Mapping[Any, Schooling],
    *rivals: Profile,
    row: Record | None = None,
    registry: bool = True,
    **about: Any,
) -> Match:
    """Tie a row that bears the name, with no more than is said."""
    made = Claim(
        kind=EvidenceKind.CERTIFICATE,
        about=PersonRecord(**{"names": (NAME,), **about}),
        record=row,
        provenance=Provenance(sha256="0" * 64),
    )
    answer: CandidateSet | Unavailable = CandidateSet((ME, *rivals))
    if not registry:
        answer = Unavailable(detail="it is down")
    found = tie_claim(ME, made, None, known)
    if isinstance(found, NeedsNamesakes):
        found = tie_claim(ME, made, answer, known)
    assert isinstance(found, Match)
    return found


class TestConfirming:
    """A row's own school and year, the same as those that a list has for the person."""

    def test_they_tell_this_person_from_a_namesake(self) -> None:
        said = HERE
        assert tie({}, RIVAL, **said).decision == "ambiguous"
        found = tie({NPI: MINE}, RIVAL, **said)
        assert (found.decision, found.by) == ("match", "name")
        assert {"school", "degree year"} <= {part.feature for part in found.compared}

    def test_a_namesake_of_the_same_class_is_a_rival_still(self) -> None:
        said = HERE
        assert tie({NPI: MINE, OTHER: MINE}, RIVAL, **said).decision == "ambiguous"

    def test_a_namesake_of_another_class_is_not_ruled_out_by_it(self) -> None:
        """What is known of a rival speaks for them or not at all: nobody is left over."""
        for rival in (Schooling(YALE, 1980), Schooling("", 1980), Schooling(YALE, None)):
            known = {OTHER: rival}
            assert tie(known, RIVAL, places=(Place(state="OH"),)).decision == "ambiguous"
            said = HERE
            assert tie(known, RIVAL, **said).decision == "ambiguous"

    def test_a_stale_list_confirms_nobody(self) -> None:
        said = HERE
        assert tie({NPI: MINE._replace(proves=False)}, RIVAL, **said).decision == "ambiguous"

    @pytest.mark.parametrize("school", [YALE, "Other"])
    def test_one_that_agrees_beside_one_that_does_not_is_no_agreement(self, school: str) -> None:
        rare = (PersonName(last="Abernathy", first="Alma"),)
        for places in ((), (Place(state="OH"),)):
            found = tie(
                {NPI: MINE}, RIVAL, names=rare, places=places, school=school, graduated=2009
            )
            assert found.decision == "ambiguous"
            alone = tie({NPI: MINE}, names=rare, places=places, school=school, graduated=2009)
            before = tie({}, names=rare, places=places, school=school, graduated=2009)
            assert alone.decision == before.decision

    def test_a_likely_career_is_no_agreement(self) -> None:
        """A certificate some years after the degree fits thousands: the row itself must say it."""
        for issued in ("2014", "2015-09-10"):
            row = certificate(issued=issued)
            assert tie({NPI: MINE}, row=row).decision == tie({}, row=row).decision == "ambiguous"

    def test_it_makes_no_other_name_this_persons(self) -> None:
        said: dict[str, Any] = {"school": HARVARD, "graduated": 2009}
        for last, first in (("Garcia", "Alma"), ("Abernathy", "Zoe"), ("Abernathy", "A")):
            names = (PersonName(last=last, first=first),)
            assert tie({NPI: MINE}, names=names, **said).decision != "match"

    def test_a_misprinted_number_stays_a_doubt(self) -> None:
        found = tie({NPI: MINE}, npi="2000001076", school=HARVARD, graduated=2009)
        assert found.decision != "match"

    def test_a_registry_that_is_down_leaves_it_open(self) -> None:
        found = tie({NPI: MINE}, registry=False, school=HARVARD, graduated=2009)
        assert found.decision == "ambiguous"


class TestDoubting:
    """What does not fit makes a row doubtful, and takes it from nobody."""

    PLACES = (Place(city="Columbus", state="OH"),)

    def test_another_year_makes_a_name_doubtful(self) -> None:
        assert tie({}, places=self.PLACES, graduated=1980).decision == "match"
        found = tie({NPI: MINE}, places=self.PLACES, graduated=1980)
        assert (found.decision, found.reasons) == ("ambiguous", ("schooling_differs",))

    def test_a_namesake_whose_school_and_year_it_has_makes_a_name_doubtful(self) -> None:
        """Whether or not this person's own are known."""
        licensed = Taxonomy(code="207L00000X", license=License(number="M-1", state="ID"))
        boise = (Place(city="BOISE", state="ID"),)
        rival = profile_of(physician(npi=OTHER, places=boise, taxonomies=(licensed,)))
        said: dict[str, Any] = {"school": YALE, "graduated": 1988, "places": self.PLACES}
        theirs = Schooling(YALE, 1988)
        assert tie({}, rival, **said).decision == "match"
        assert tie({OTHER: theirs}, rival, **said).decision == "ambiguous"
        assert tie({OTHER: theirs, NPI: MINE}, rival, **said).decision == "ambiguous"
        assert tie({OTHER: Schooling(YALE, 1999)}, rival, **said).decision == "match"

    def test_training_that_ended_before_the_degree_makes_a_name_doubtful(self) -> None:
        row = certificate(issued="1996-09-10")
        assert tie({}, places=self.PLACES, row=row).decision == "match"
        found = tie({NPI: MINE}, places=self.PLACES, row=row)
        assert (found.decision, found.reasons) == ("ambiguous", ("schooling_differs",))

    def test_a_stale_list_casts_doubt(self) -> None:
        known = {NPI: MINE._replace(proves=False)}
        assert tie(known, places=self.PLACES, graduated=1980).decision == "ambiguous"

    @pytest.mark.parametrize(("year", "decision"), [(1980, "ambiguous"), (2005, "match")])
    def test_a_number_is_doubted_for_a_year_that_is_far_alone(
        self, year: int, decision: str
    ) -> None:
        assert tie({NPI: MINE}, npi=NPI, graduated=year).decision == decision
        assert tie({NPI: MINE}, npi=NPI, school=YALE).decision == "match"
        assert tie({NPI: MINE}, npi=NPI, row=certificate(issued="1996")).decision == "match"

    def test_what_is_not_known_changes_nothing(self) -> None:
        said: list[dict[str, Any]] = [{"graduated": 1980}, {"school": YALE}]
        for about, places in product(said, ((), self.PLACES)):
            without = tie({}, RIVAL, places=places, **about)
            assert tie({NPI: Schooling()}, RIVAL, places=places, **about) == without
            known = {NPI: Schooling("Other", None)}
            assert tie(known, RIVAL, places=places, graduated=1980) == tie(
                {}, RIVAL, places=places, graduated=1980
            )


SCHOOLS = st.sampled_from(["", HARVARD, YALE, "Other", "Harvard", "Example School"])
YEARS = st.sampled_from([None, 1975, 1998, 2007, 2008, 2009, 2010, 2019, 2031])
SCHOOLINGS = st.builds(Schooling, SCHOOLS, YEARS, st.booleans())
ROWS = st.fixed_dictionaries(
    {
        "npi": st.sampled_from([None, None, None, NPI, OTHER, "2000001076"]),
        "names": st.sampled_from(
            [
                (PersonName(last=last, first=first, middle=middle),)
                for last in ("Abernathy", "Abernathi", "Garcia")
                for first in ("Alma", "A", "Zoe")
                for middle in ("", "Q")
            ]
        ),
        "places": st.sampled_from(
            [(), (Place(city="Columbus", state="OH"),), (Place(state="OH"),), (Place(state="ID"),)]
        ),
        "school": SCHOOLS,
        "graduated": YEARS,
        "specialties": st.sampled_from([(), ("pain", "anesthesiology")]),
    }
)


@given(ROWS, st.dictionaries(st.sampled_from([NPI, OTHER]), SCHOOLINGS), st.booleans(), YEARS)
def test_it_does_nothing_but_confirm_and_doubt(
    about: dict[str, Any], known: dict[str, Schooling], rival: bool, issued: int | None
) -> None:
    row = certificate(issued=str(issued) if issued else None)
    rivals = (RIVAL,) if rival else ()
    before, after = tie({}, *rivals, row=row, **about), tie(known, *rivals, row=row, **about)
    if before.decision is not after.decision:
        assert (before.decision, after.decision) in {("match", "ambiguous"), ("ambiguous", "match")}
    if after.decision is Decision.MATCH and before.decision is not Decision.MATCH:
        mine = known[NPI]
        is_same_year = about["graduated"] is not None and about["graduated"] == mine.graduated
        assert mine.proves
        assert is_same_year or (about["school"] and mine.school)
        assert about["names"][0].last == "Abernathy"
        assert about["names"][0].first == "Alma"


CERTIFICATES = st.builds(
    lambda status, issued, expires, board: certificate(
        status=status, issued=issued, expires=expires, board=board
    ),
    st.sampled_from(["Certified", "Revoked", "Expired", "Xyz", ""]),
    st.sampled_from([None, "2016-09-10", "2006-09-10", "2027"]),
    st.sampled_from([None, "2027-12-31", "2020-12-31"]),
    st.sampled_from(["American Board of Anesthesiology", "American Board of Nothing"]),
)
FELLOWSHIPS = st.builds(
    lambda status, end, code, specialty: fellowship(
        status=status, end_date=end, program_code=code, specialty=specialty
    ),
    st.sampled_from(["Completed", "Withdrew", "In progress", "Xyz", ""]),
    st.sampled_from([None, "2015-06-30", "2014-12-31"]),
    st.sampled_from(["5303812001", "5303812009", ""]),
    st.sampled_from(["Pain Medicine", "Cardiology", ""]),
)
TIES = st.sampled_from([match(), match(by="name"), match(Decision.AMBIGUOUS, by="name")])
LISTED = st.lists(
    st.tuples(CERTIFICATES | FELLOWSHIPS, TIES, st.booleans(), st.booleans()),
    min_size=1,
    max_size=5,
)


def _lower(tied: Match) -> Match:
    reasons = (MatchReason.SCHOOLING_DIFFERS,)
    return msgspec.structs.replace(tied, decision=Decision.AMBIGUOUS, reasons=reasons)


def _judge(rows: list[tuple[Certificate | Fellowship, Match, bool]]) -> Verdict:
    items: list[Evidence | Record] = [program()]
    for number, (row, tied, readable) in enumerate(rows, 2):
        kind = EvidenceKind.CERTIFICATE if isinstance(row, Certificate) else EvidenceKind.FELLOWSHIP
        held, problem = (row, None) if readable else (None, "it is cut off")
        items.append(evidence(held, kind=kind, tied=tied, problem=problem, row=number))
    return verdict(dossier(*items))


@given(LISTED)
def test_a_row_that_is_doubted_never_makes_anybody_meet(
    rows: list[tuple[Certificate | Fellowship, Match, bool, bool]],
) -> None:
    """Nor does it make a requirement met: a doubtful row silences no other."""
    before = _judge([(row, tied, readable) for row, tied, _, readable in rows])
    after = _judge(
        [
            (row, _lower(tied) if doubted and tied.decision == "match" else tied, readable)
            for row, tied, doubted, readable in rows
        ]
    )
    for one, other in zip(before.findings, after.findings, strict=True):
        assert other.outcome != "met" or one.outcome == "met", other.requirement


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
