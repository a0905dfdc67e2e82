"""Medical school and year of degree, known by NPI: they confirm or cast doubt, and no more."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Record,
    Taxonomy,
    Verdict,
)
from credcheck.model.npi import parse
from credcheck.source import Claim, PersonRecord, Unavailable
from credcheck.verify.tie import tie_claim
from tests.support.build import (
    NPI,
    certificate,
    dossier,
    evidence,
    fellowship,
    match,
    physician,
    program,
    verdict,
)

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
