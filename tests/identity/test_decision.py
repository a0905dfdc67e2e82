"""Whose is a row, of a registry at hand? Match, ambiguous, conflict or nobody."""

from typing import Any

import pytest

from credcheck.identity.case import MatchDecision
from credcheck.identity.decision import decide
from credcheck.identity.frequencies import count_frequencies
from credcheck.identity.person_index import PersonIndex
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import Scorer
from credcheck.model import License, PersonName, Place
from credcheck.reference.specialty_groups import groups_of_certificate, groups_of_taxonomies
from credcheck.source import PersonRecord

CERTIFICATE = groups_of_certificate("ABA", "Pain Medicine")
ANESTHESIOLOGIST = groups_of_taxonomies(["207LP2900X"])
PEDIATRICIAN = groups_of_taxonomies(["208000000X"])


def person(npi: str, last: str, first: str, **more: Any) -> PersonRecord:
    middle, suffix = more.pop("middle", ""), more.pop("suffix", "")
    former = more.pop("former", "")
    names = [PersonName(last=last, first=first, middle=middle, suffix=suffix)]
    if former:
        names.append(PersonName(last=former, first=first, middle=middle, kind="former"))
    city, state = more.pop("at", ("", ""))
    usual = {"npi": npi, "names": tuple(names), "places": (Place(city=city, state=state),)}
    return PersonRecord(**(usual | more))


STRANGERS = [
    person(f"21{number:08}", f"LAST{number:03}", f"FIRST{number % 40:02}", at=("DAYTON", "OH"))
    for number in range(400)
]
BOISE, RENO = ("BOISE", "ID"), ("RENO", "NV")


def decide_scored(row: PersonRecord, *people: PersonRecord) -> MatchDecision:
    everybody = [Profile(each) for each in (*people, *STRANGERS)]
    profile = Profile(row)
    assess = Scorer(profile, count_frequencies(everybody))
    decided = decide(assess, None, PersonIndex(everybody).find_candidates(profile))
    assert isinstance(decided, MatchDecision)  # everybody is at hand
    return decided


def decision(row: PersonRecord, *people: PersonRecord) -> str:
    return decide_scored(row, *people).decision


DOE_NPI = "2000000001"
DOE = person(DOE_NPI, "DOE", "JANE", at=BOISE, specialties=ANESTHESIOLOGIST)


class TestByName:
    def test_name_and_city(self) -> None:
        ruling = decide_scored(person("", "Doe", "Jane", at=("Boise", "ID")), DOE)
        assert (ruling.decision, ruling.by, ruling.npi) == ("match", "name", DOE.npi)
        assert "place" in ruling.why

    def test_the_same_name_and_nothing_to_disagree_is_no_match(self) -> None:
        ruling = decide_scored(person("", "Doe", "Jane"), DOE)
        assert ruling.decision == "ambiguous"
        assert "a name alone is not proof" in ruling.why

    def test_a_namesake_in_the_same_city_makes_it_ambiguous(self) -> None:
        other = person("2000000002", "DOE", "JANE", at=BOISE)
        ruling = decide_scored(person("", "Doe", "Jane", at=BOISE), DOE, other)
        assert ruling.decision == "ambiguous"
        assert {each.person.npi for each in ruling.near} == {DOE.npi, other.npi}

    def test_what_tells_two_namesakes_apart_decides(self) -> None:
        other = person(
            "2000000002", "DOE", "JANE", at=BOISE, specialties=PEDIATRICIAN, graduated=1971
        )
        own = person(DOE_NPI, "DOE", "JANE", at=BOISE, specialties=ANESTHESIOLOGIST, graduated=2004)
        row = person("", "Doe", "Jane", at=BOISE, specialties=CERTIFICATE, graduated=2004)
        assert decide_scored(row, own, other).npi == DOE.npi

    def test_a_nicknamed_namesake_is_a_rival(self) -> None:
        bob = person("2000000003", "DOE", "BOB", at=BOISE)
        robert = person("2000000004", "DOE", "ROBERT", at=BOISE)
        assert decision(person("", "Doe", "Bob", at=BOISE), bob, robert) == "ambiguous"
        assert decision(person("", "Doe", "Bob", at=BOISE), bob) == "match"

    def test_father_and_son_are_two(self) -> None:
        father = person("2000000005", "DOE", "JOHN", at=BOISE, suffix="SR")
        son = person("2000000006", "DOE", "JOHN", at=BOISE, suffix="JR")
        assert decision(person("", "Doe", "John", at=BOISE), father, son) == "ambiguous"
        named = person("", "Doe", "John", at=BOISE, suffix="Jr.")
        assert decide_scored(named, father, son).npi == son.npi
        assert decision(named, father) == "no_match"

    def test_initials_that_differ_are_not_decided_by_name(self) -> None:
        own = person(DOE_NPI, "DOE", "JANE", middle="A", at=BOISE)
        assert decision(person("", "Doe", "Jane", middle="B", at=BOISE), own) == "ambiguous"

    @pytest.mark.parametrize(
        "contradiction",
        [{"graduated": 1990}, {"certified": 2000}, {"credential": "DO"}, {"born": 1950}],
    )
    def test_what_cannot_be_is_nobodys(self, contradiction: dict[str, Any]) -> None:
        own = person(DOE_NPI, "DOE", "JANE", at=BOISE, graduated=2004, born=1978, credential="MD")
        assert decision(person("", "Doe", "Jane", at=BOISE, **contradiction), own) == "no_match"

    def test_one_sign_among_much_that_does_not_fit_is_too_little(self) -> None:
        own = person(DOE_NPI, "DOE", "JANE", at=BOISE, specialties=PEDIATRICIAN, graduated=2004)
        row = person("", "Doe", "Jane", at=RENO, specialties=CERTIFICATE, trained=2009)
        ruling = decide_scored(row, own)
        assert ruling.decision == "ambiguous"
        assert "too little else does" in ruling.why
        assert decision(person("", "Doe", "Jane", trained=2009), own) == "match"

    def test_a_former_name_and_the_city(self) -> None:
        own = person(DOE_NPI, "ROE", "JANE", at=BOISE, former="DOE")
        assert decide_scored(person("", "Doe", "Jane", at=BOISE), own).npi == own.npi

    def test_nobody_of_that_name(self) -> None:
        assert decision(person("", "Garcia", "Elena", at=BOISE), DOE) == "no_match"


class TestByNumber:
    def test_the_number_and_the_name(self) -> None:
        ruling = decide_scored(person(DOE_NPI, "Doe", "Jane"), DOE)
        assert (ruling.decision, ruling.by) == ("match", "npi")

    def test_the_number_alone(self) -> None:
        assert decide_scored(PersonRecord(npi=DOE.npi), DOE).npi == DOE.npi
        assert decision(PersonRecord(npi="2999999990"), DOE) == "no_match"

    def test_the_number_of_somebody_of_another_name(self) -> None:
        other = person("2345000002", "ROE", "MARY", at=RENO)
        ruling = decide_scored(person(str(other.npi), "Doe", "Jane", at=BOISE), DOE, other)
        assert ruling.decision == "conflict"
        assert ruling.npi == ""

    def test_the_number_of_a_namesake_where_another_fits_the_rest(self) -> None:
        namesake = person("2000000002", "DOE", "JANE", at=RENO, specialties=PEDIATRICIAN)
        row = person(str(namesake.npi), "Doe", "Jane", at=BOISE, specialties=CERTIFICATE)
        assert decision(row, DOE, namesake) == "conflict"

    def test_a_misprinted_number(self) -> None:
        ruling = decide_scored(person("2000000010", "Doe", "Jane", at=BOISE), DOE)
        assert ruling.npi == DOE.npi
        assert "NPI" in ruling.why

    def test_a_misprinted_number_that_is_somebody_elses(self) -> None:
        """It contradicts the name, so the row is nobody's, and both are shown."""
        other = person("2000000010", "ROE", "MARY", at=RENO)
        ruling = decide_scored(person(str(other.npi), "Doe", "Jane", at=BOISE), DOE, other)
        assert (ruling.decision, ruling.reasons) == ("ambiguous", ("npi_misprint",))
        assert [each.person.npi for each in ruling.near] == [DOE.npi, other.npi]

    def test_a_number_that_nobody_has_makes_the_name_doubtful(self) -> None:
        """It does not show that the row is of somebody else: it may be a mangled one."""
        ruling = decide_scored(person("2999999999", "Doe", "Jane", at=BOISE), DOE)
        assert (ruling.decision, ruling.reasons) == ("ambiguous", ("npi_of_nobody",))

    def test_a_replaced_number_is_followed(self) -> None:
        old = person("2000000002", "DOE", "JANE", at=RENO, replaced_by=DOE.npi, deactivated=True)
        assert decide_scored(person(str(old.npi), "Doe", "Jane"), DOE, old).npi == DOE.npi
        by_name = decide_scored(person("", "Doe", "Jane", at=BOISE), DOE, old)
        assert (by_name.decision, by_name.npi) == ("match", DOE.npi)


class TestByLicence:
    OWN = person(DOE_NPI, "DOE", "JANE", at=BOISE, licenses=(License(number="M-77", state="ID"),))

    def test_licence_and_name(self) -> None:
        row = person("", "Doe", "Jane", licenses=(License(number="M77", state="ID"),))
        ruling = decide_scored(row, self.OWN)
        assert (ruling.decision, ruling.by) == ("match", "license")

    def test_a_licence_that_two_people_of_the_name_bear_decides_nothing(self) -> None:
        twin = person("2345000002", "DOE", "JANE", at=BOISE, licenses=self.OWN.licenses)
        row = person("", "Doe", "Jane", at=BOISE, licenses=self.OWN.licenses)
        assert decision(row, self.OWN, twin) == "ambiguous"

    def test_the_licence_of_somebody_of_another_name(self) -> None:
        row = person("", "Garcia", "Elena", licenses=(License(number="M77", state="ID"),))
        assert decision(row, self.OWN) == "no_match"


class TestCrowds:
    """Of a common name, those who share nothing else are counted, not looked at."""

    CROWD = tuple(
        person(f"22{number:08}", "MUHAMMAD", f"AL{number:03}"[:2] + "I", at=RENO)
        for number in range(300)
    )

    def test_the_very_name_and_the_very_place_are_always_looked_at(self) -> None:
        own = person(DOE_NPI, "MUHAMMAD", "ALI", at=BOISE)
        profile = Profile(person("", "Muhammad", "Ali", at=BOISE))
        crowd = PersonIndex([Profile(each) for each in (own, *self.CROWD)]).find_candidates(profile)
        assert own in [each.record for each in crowd.people]
        assert len(crowd.people) + crowd.others == 301

    def test_who_bears_the_number_is_always_looked_at(self) -> None:
        holder = person("2345000002", "MOHAMED", "ALI", at=RENO)
        row = Profile(person(str(holder.npi), "Muhammad", "Ali", at=BOISE))
        others = [person(f"23{number:08}", "MOHAMED", "ALI", at=RENO) for number in range(150)]
        crowd = PersonIndex([Profile(each) for each in (holder, *others)]).find_candidates(row)
        assert [each.npi for each in crowd.people] == [holder.npi]

    def test_a_crowd_weighs_against_who_stands_out_of_it(self) -> None:
        own = person(DOE_NPI, "MUHAMMAD", "ALI", at=BOISE)
        others = [person(f"23{number:08}", "MOHAMED", "ALI", at=RENO) for number in range(1500)]
        row = person("", "Muhammad", "Ali", at=("", "ID"))
        assert decision(row, own) == "match"
        assert decision(row, own, *others) == "ambiguous"

    def test_a_crowd_of_other_spellings_is_counted(self) -> None:
        own = person(DOE_NPI, "MUHAMMAD", "ALI", at=BOISE)
        others = [person(f"23{number:08}", "MOHAMED", "ALI", at=RENO) for number in range(150)]
        profile = Profile(person("", "Muhammad", "Ali", at=BOISE))
        crowd = PersonIndex([Profile(each) for each in (own, *others)]).find_candidates(profile)
        assert crowd.others == 150
