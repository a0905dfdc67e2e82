"""What is compared beside the name, feature by feature: both values, how they agree, the weight."""

from typing import Any

import pytest

from credcheck.identity.features.base import AGAINST
from credcheck.identity.frequencies import count_frequencies, default_frequencies
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import License, PersonName, Place
from credcheck.reference.specialty_groups import (
    group_name,
    groups_of_certificate,
    groups_of_taxonomies,
    groups_of_training,
)
from credcheck.source import PersonRecord

NAME = (PersonName(last="Doe", first="Jane"),)


def person(**more: Any) -> Profile:
    return Profile(PersonRecord(**({"names": NAME} | more)))


def assessed(row: dict[str, Any], of: dict[str, Any]) -> PairScore:
    return Scorer(person(**row), default_frequencies())(person(**of))


def found(feature: str, row: dict[str, Any], of: dict[str, Any]) -> tuple[str, float] | None:
    result = assessed(row, of)
    parts = [x for x in (*result.names, *result.others) if x.feature == feature]
    return (str(parts[0].how), parts[0].bits) if parts else None


def how(feature: str, row: dict[str, Any], of: dict[str, Any]) -> str:
    result = found(feature, row, of)
    return result[0] if result else ""


def weight(feature: str, row: dict[str, Any], of: dict[str, Any]) -> float:
    result = found(feature, row, of)
    assert result is not None
    return result[1]


def named(last: str = "Doe", first: str = "Jane", **more: str) -> dict[str, Any]:
    return {"names": (PersonName(last=last, first=first, **more),)}  # type: ignore[arg-type]


class TestNames:
    def test_a_rare_name_is_worth_more_than_a_common_one(self) -> None:
        rare = weight("family name", named("Xenakis"), named("Xenakis"))
        assert rare > weight("family name", named("Smith"), named("Smith")) + 5

    def test_another_writing_is_worth_less_than_the_name_itself(self) -> None:
        same = weight("family name", named("Smith"), named("Smith"))
        assert weight("family name", named("Smiht"), named("Smith")) < same

    def test_a_former_name_counts_and_is_called_so(self) -> None:
        row = named("Juniper")
        of = {
            "names": (
                PersonName(last="Jessamine", first="Jane"),
                PersonName(last="Juniper", first="Jane", kind="former"),
            )
        }
        assert how("family name", row, of) == "same, former name"

    @pytest.mark.parametrize(
        ("row", "of", "expected"),
        [
            ("Maria", "MARIA", "same"),
            ("M", "MARIA", "initial"),
            ("M", "M", "initial"),
            ("M", "A", "none"),
        ],
    )
    def test_middle_names(self, row: str, of: str, expected: str) -> None:
        assert how("middle name", named(middle=row), named(middle=of)) == expected

    def test_two_whole_middle_names_that_differ_speak_decisively_against(self) -> None:
        assert weight("middle name", named(middle="Jane"), named(middle="Ruth")) <= AGAINST
        assert weight("middle name", named(middle="J"), named(middle="R")) > AGAINST

    @pytest.mark.parametrize(
        ("row", "of", "expected", "against"),
        [
            ("Jr", "JR.", "same", False),
            ("Junior", "JR", "same", False),
            ("Jr", "III", "another", True),
            ("", "JR", "not on the row", False),
            ("Jr", "", "only on the row", False),
        ],
    )
    def test_suffixes(self, row: str, of: str, expected: str, against: bool) -> None:
        assert how("suffix", named(suffix=row), named(suffix=of)) == expected
        assert (weight("suffix", named(suffix=row), named(suffix=of)) <= AGAINST) is against


class TestNumbers:
    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ("2000001075", "same"),
            ("2000001057", "one slip"),
            ("2000007075", "one slip"),
            ("2000001141", "another"),
        ],
    )
    def test_the_npi(self, row: str, expected: str) -> None:
        assert how("NPI", {"npi": row}, {"npi": "2000001075"}) == expected

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            (License(number="35-1234", state="OH"), "same"),
            (License(number="MD351234", state="OH"), "same"),
            (License(number="351243", state="OH"), "one slip"),
            (License(number="998877", state="OH"), "another"),
            (License(number="351234", state="KY"), ""),
        ],
    )
    def test_licences_of_one_state(self, row: License, expected: str) -> None:
        own = {"licenses": (License(number="351234", state="OH"),)}
        assert how("license", {"licenses": (row,)}, own) == expected


def test_one_slip_in_a_short_licence_number_is_another_licence() -> None:
    row = {"licenses": (License(number="123", state="OH"),)}
    assert how("license", row, {"licenses": (License(number="124", state="OH"),)}) == "another"


class TestPlaces:
    OWN: dict[str, Any] = {
        "places": (Place(city="Columbus", state="OH"),),
        "licenses": (License(number="1", state="KY"),),
    }

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            (Place(city="COLUMBUS", state="OH"), "same city"),
            (Place(city="Toledo", state="OH"), "same state"),
            (Place(state="OH"), "same state"),
            (Place(city="columbus", state="Ohio"), "same city"),
            (Place(state="KY"), "same state"),
            (Place(city="Columbus", state="GA"), "another state"),
            (Place(), ""),
        ],
    )
    def test_city_state_and_states_of_licence(self, place: Place, expected: str) -> None:
        assert how("place", {"places": (place,)}, self.OWN) == expected

    def test_another_state_speaks_against_but_not_decisively(self) -> None:
        """Physicians move, and listings lag behind."""
        bits = weight("place", {"places": (Place(state="CA"),)}, self.OWN)
        assert AGAINST < bits < 0


class TestDegreeAndSchool:
    @pytest.mark.parametrize(
        ("row", "of", "expected"),
        [
            ("MD", "M.D.", "same"),
            ("DO, FAAPMR", "D.O.", "same"),
            ("MD", "DO", "another"),
            ("PhD", "MD", ""),
            ("MD DO", "MD", ""),
        ],
    )
    def test_degrees(self, row: str, of: str, expected: str) -> None:
        assert how("degree", {"credential": row}, {"credential": of}) == expected

    @pytest.mark.parametrize(
        ("row", "of", "expected"),
        [
            ("MUSC", "MEDICAL UNIVERSITY OF SOUTH CAROLINA", "same"),
            ("Univ of Pittsburgh", "UNIVERSITY OF PITTSBURGH SCHOOL OF MEDICINE", "same"),
            ("Yale", "HARVARD MEDICAL SCHOOL", "another"),
            ("Damascus University", "OTHER", "neither is on CMS's list"),
            ("Yale", "OTHER", "another"),
            ("Damascus University", "HARVARD MEDICAL SCHOOL", ""),
            ("University of Lagos", "LAGOS UNIVERSITY", "same"),
        ],
    )
    def test_schools(self, row: str, of: str, expected: str) -> None:
        assert how("school", {"school": row}, {"school": of}) == expected


class TestYears:
    def test_the_year_of_the_degree(self) -> None:
        assert how("degree year", {"graduated": 2004}, {"graduated": 2004}) == "same"
        assert weight("degree year", {"graduated": 2004}, {"graduated": 2011}) <= AGAINST

    def test_the_year_of_birth(self) -> None:
        assert how("birth year", {"born": 1975}, {"born": 1975}) == "same"
        assert weight("birth year", {"born": 1975}, {"born": 1981}) <= AGAINST

    def test_the_age_at_the_degree(self) -> None:
        assert weight("age", {"born": 1975}, {"graduated": 2001}) > 0
        assert weight("age", {"born": 1995}, {"graduated": 2001}) <= AGAINST

    @pytest.mark.parametrize(
        ("year", "possible"), [(2003, False), (2009, True), (2015, True), (1999, False)]
    )
    def test_a_career_that_is_impossible_is_another_persons(
        self, year: int, possible: bool
    ) -> None:
        row, of = {"certified": year}, {"graduated": 2004}
        assert (weight("career", row, of) > AGAINST) is possible

    def test_training_that_ends_when_it_usually_does_speaks_for(self) -> None:
        usual = weight("career", {"trained": 2009}, {"graduated": 2004})
        assert usual > weight("career", {"trained": 2017}, {"graduated": 2004})


class TestSpecialties:
    def test_the_subspecialty_itself_then_its_field_then_another(self) -> None:
        row = {"specialties": groups_of_certificate("ABA", "Pain Medicine")}
        own = [{"specialties": groups_of_taxonomies([code])} for code in CODES]
        assert [how("specialty", row, of) for of in own] == ["same", "its field", "another", ""]

    def test_fields_are_shown_in_words(self) -> None:
        assert group_name("207L") == "anesthesiology"
        assert group_name("pain") == "pain medicine"
        assert group_name("9999") == "9999"

    def test_training_in_another_specialty_goes_with_no_field(self) -> None:
        assert groups_of_training("Spine Surgery") == ()
        assert groups_of_training("Pain Medicine")[0] == "pain"


CODES = ("207LP2900X", "207L00000X", "208000000X", "390200000X")


class TestShares:
    def test_values_are_counted_in_the_registry_at_hand(self) -> None:
        many = [person(**named("Smith", f"N{i}")) for i in range(8)]
        shares = count_frequencies([*many, person(**named("Rare", "Jane"))])
        assert shares.size == 9
        assert shares.family("rare") - shares.family("smith") == pytest.approx(3)

    def test_a_value_that_nobody_bears_is_as_rare_as_one_that_one_bears(self) -> None:
        shares = count_frequencies([person(**named("Rare", "Jane"))])
        assert shares.family("unseen") == shares.family("rare")

    def test_where_nothing_can_be_counted_a_shipped_table_serves(self) -> None:
        assert 6 < default_frequencies().family("smith") < 7
        assert default_frequencies().family("xenakis") == default_frequencies().family("zzz")
        assert not default_frequencies().is_counted
