"""Whose is a row? The decision, from its parts and from uniqueness."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from credcheck.identity.case import CandidateSet, NeedsNamesakes
from credcheck.identity.profile import profile_of
from credcheck.model import (
    EvidenceKind,
    License,
    Match,
    PersonName,
    Physician,
    Place,
    Provenance,
    Taxonomy,
)
from credcheck.model.npi import Npi, is_valid, parse
from credcheck.source import Claim, PersonRecord, Unavailable
from credcheck.verify.tie import tie_claim
from tests.support.build import NPI, physician

OTHER = parse("2100000019")
ME = physician()
RIVAL = physician(npi=OTHER, places=(Place(city="TOLEDO", state="OH"),))


def row(**changes: Any) -> PersonRecord:
    usual: dict[str, Any] = {
        "names": (PersonName(last="Abernathy", first="Alma"),),
        "places": (Place(state="OH"),),
    }
    return PersonRecord(**(usual | changes))


def made_claim(about: PersonRecord) -> Claim:
    provenance = Provenance(sha256="0" * 64)
    return Claim(kind=EvidenceKind.CERTIFICATE, about=about, record=None, provenance=provenance)


def decide(
    person: Physician,
    about: PersonRecord,
    rivals_for: Callable[[Sequence[PersonName]], tuple[Physician, ...] | str],
) -> Match:
    """Tie a row, and answer for the rivals as often as they are asked for."""
    own, claim = profile_of(person), made_claim(about)
    found = tie_claim(own, claim, None)
    while isinstance(found, NeedsNamesakes):
        rivals = rivals_for(found.names)
        if isinstance(rivals, str):
            found = tie_claim(own, claim, Unavailable(detail=rivals))
        else:
            crowd = CandidateSet(tuple(map(profile_of, rivals)), named=bool(found.names))
            found = tie_claim(own, claim, crowd)
    return found


def decided(about: PersonRecord, *rivals: Physician, why_not: str = "") -> Match:
    def rivals_for(names: Sequence[PersonName]) -> tuple[Physician, ...] | str:
        return why_not or (ME, *rivals)

    return decide(physician(), about, rivals_for)


def named(last: str, first: str, **more: Any) -> tuple[PersonName, ...]:
    return (PersonName(last=last, first=first, **more),)


def test_what_one_pair_of_names_was_found_to_say_is_not_said_of_another() -> None:
    """Any sign can stand in a cell, so no sign can keep the parts of a name apart."""
    person = physician(names=named("Abernathy", "Alma", suffix="Jr"))
    rows = [named("Abernathy", "Alma\tJr"), named("Abernathy\tAlma", "Jr")]
    found = [decide(person, row(npi=NPI, names=each), lambda _: ()).decision for each in rows]
    assert found == ["match", "conflict"]


class TestByNumber:
    """The NPI decides, unless the row bears another person's name."""

    def test_the_number_and_the_name(self) -> None:
        match = decided(row(npi=NPI))
        assert (match.by, match.decision) == ("npi", "match")
        features = [part.feature for part in match.compared]
        assert features == ["family name", "given name", "NPI", "place"]

    def test_the_number_without_a_name(self) -> None:
        assert decided(PersonRecord(npi=NPI)).decision == "match"

    @pytest.mark.parametrize("names", [named("Garcia", "Alma"), named("Abernathy", "Zoe")])
    def test_the_number_with_another_name_is_a_conflict(self, names: Any) -> None:
        match = decided(row(npi=NPI, names=names))
        assert (match.by, match.decision) == ("npi", "conflict")

    def test_the_number_of_somebody_else_of_that_name_is_another_persons(self) -> None:
        assert decided(row(npi=OTHER, places=()), RIVAL).decision == "no_match"
        assert decided(row(npi=OTHER, names=named("Garcia", "Alma"))).decision == "no_match"

    def test_another_number_that_leads_to_nobody_of_the_name_is_a_doubt(self) -> None:
        """It may be a mangled one: it neither is this person's, nor shows that the row is not."""
        assert decided(row(npi=OTHER)).reasons == ("npi_of_nobody",)
        stranger = physician(npi=OTHER, names=named("GARCIA", "ZOE"))
        assert decided(row(npi=OTHER), stranger).decision == "conflict"

    def test_a_number_with_one_slip_is_for_a_person_to_look_at(self) -> None:
        misprint = parse("2090001075") if is_valid("2090001075") else Npi("2000001057")
        match = decided(row(npi=misprint))
        assert (match.decision, match.reasons) == ("ambiguous", ("npi_misprint",))
        other_name = row(npi=misprint, names=named("Garcia", "Elena"))
        assert decided(other_name).decision == "no_match"

    def test_one_slip_in_the_name_beside_the_number_is_let_pass(self) -> None:
        assert decided(row(npi=NPI, names=named("Abernathi", "Alma"))).decision == "match"
        assert decided(row(npi=NPI, names=named("Abernathi", "Elma"))).decision == "conflict"

    def test_a_namesake_who_fits_the_rest_better_makes_the_number_doubtful(self) -> None:
        """A number may have been copied from the line of another person of that name."""
        about = row(npi=NPI, places=(Place(city="Boise", state="ID"),))
        namesake = physician(npi=OTHER, places=(Place(city="BOISE", state="ID"),), taxonomies=())
        match = decided(about, namesake)
        assert (match.by, match.decision) == ("npi", "conflict")
        assert [rival.npi for rival in match.rivals] == [OTHER]
        assert decided(about).decision == "match"
        assert decided(about, why_not="the registry is down").decision == "match"


class TestByLicence:
    """Number and state together, and the name must not disagree."""

    LICENSE = License(number="35-1", state="oh")

    def test_licence_and_name(self) -> None:
        match = decided(row(licenses=(self.LICENSE,), places=()))
        assert (match.by, match.decision) == ("license", "match")

    def test_the_same_number_of_another_state_is_another_licence(self) -> None:
        elsewhere = row(licenses=(License(number="35.1", state="KY"),), places=())
        assert decided(elsewhere).decision != "match"

    def test_the_licence_with_another_name_is_another_person(self) -> None:
        """Boards of different professions use the same numbers."""
        other = row(licenses=(self.LICENSE,), names=named("Garcia", "Elena"))
        assert decided(other).decision == "no_match"

    def test_the_licence_without_a_name_is_not_enough(self) -> None:
        assert decided(row(licenses=(self.LICENSE,), names=())).decision == "no_match"


class TestByName:
    """Full agreement, a state that agrees, and nobody else who bears the name."""

    def test_name_state_and_no_rival(self) -> None:
        match = decided(row())
        assert (match.by, match.decision) == ("name", "match")

    def test_a_rival_makes_it_ambiguous_and_is_listed(self) -> None:
        match = decided(row(), RIVAL)
        assert match.decision == "ambiguous"
        assert [rival.npi for rival in match.rivals] == [OTHER]
        assert match.rivals[0].compared == ()

    def test_a_city_alone_does_not_tell_namesakes_of_one_state_apart(self) -> None:
        """A listing may have the home or an old address; within a state that is common."""
        here = row(places=(Place(city="Columbus", state="OH"),))
        assert decided(here, RIVAL).decision == "ambiguous"
        elsewhere = physician(npi=OTHER, places=(Place(city="BOISE", state="ID"),), taxonomies=())
        assert decided(here, elsewhere).decision == "match"

    def test_rivals_that_cannot_be_known_make_it_ambiguous(self) -> None:
        match = decided(row(), why_not="the registry is down")
        assert match.decision == "ambiguous"
        assert "the registry is down" in match.why

    def test_the_name_alone_is_not_proof(self) -> None:
        assert decided(row(places=())).decision == "ambiguous"

    @pytest.mark.parametrize("names", [named("Abernathy", "Jane"), named("Alma", "Abernathy")])
    def test_names_out_of_their_places_are_ambiguous(self, names: Any) -> None:
        """Nobody was asked whether another Jane Abernathy, or Abernathy Alma, is there."""
        me = physician(names=named("ABERNATHY", "ALMA", middle="JANE"))
        assert decide(me, row(names=names), lambda _: ()).decision == "ambiguous"

    def test_a_like_name_with_nothing_else_is_not_held_against_anybody(self) -> None:
        """Else every Anna Lee would answer for what a list says of an Ann Lee in another state."""
        anna = physician(names=named("LEE", "ANNA"))
        about = row(names=named("Lee", "Ann"), places=(Place(state="CA"),))
        assert decide(anna, about, lambda _: ()).decision == "no_match"
        rare = row(names=named("Abernathi", "Alma"), places=(Place(state="CA"),))
        assert decided(rare).decision == "ambiguous"
        exact = row(names=named("Lee", "Anna"), places=(Place(state="CA"),))
        assert decide(anna, exact, lambda _: ()).decision == "ambiguous"

    def test_a_like_name_in_the_same_state_is_a_doubt(self) -> None:
        anna = physician(names=named("LEE", "ANNA"))
        assert decide(anna, row(names=named("Lee", "Ann")), lambda _: ()).decision == "ambiguous"

    def test_a_shared_specialty_is_no_second_sign(self) -> None:
        about = row(places=(), specialties=("pain", "207L"))
        assert decided(about).decision == "ambiguous"

    def test_a_row_that_is_decisively_a_rivals_is_not_this_persons(self) -> None:
        here = License(number="7", state="OH")
        rival = physician(
            npi=OTHER, places=RIVAL.places, taxonomies=(Taxonomy(code="207L00000X", license=here),)
        )
        moved = physician(taxonomies=(), places=(Place(city="BOISE", state="OH"),))
        about = row(places=(Place(city="Toledo", state="OH"),), licenses=(here,))
        match = decide(moved, about, lambda _: (rival,))
        assert match.decision == "no_match"
        assert OTHER in match.why

    def test_another_state_is_ambiguous(self) -> None:
        assert decided(row(places=(Place(state="CA"),))).decision == "ambiguous"

    @pytest.mark.parametrize("names", [named("Abernathy", "A"), named("Abernathy-Gray", "Alma")])
    def test_partial_agreement_is_ambiguous(self, names: Any) -> None:
        assert decided(row(names=names)).decision == "ambiguous"
        here = row(names=names, places=(Place(city="Columbus", state="OH"),), specialties=("207L",))
        assert decided(here).decision == "ambiguous"

    @pytest.mark.parametrize("names", [named("Garcia", "Alma"), named("Abernathy", "Zoe"), ()])
    def test_another_name_is_another_person(self, names: Any) -> None:
        assert decided(row(names=names)).decision == "no_match"

    @pytest.mark.parametrize(
        ("ours", "theirs"),
        [({"middle": "Jane"}, {"middle": "Ruth"}), ({"suffix": "Jr"}, {"suffix": "III"})],
    )
    def test_a_middle_name_or_a_suffix_can_tell_two_people_apart(
        self, ours: Any, theirs: Any
    ) -> None:
        person = physician(names=named("ABERNATHY", "ALMA", **ours))
        about = row(names=named("Abernathy", "Alma", **theirs))
        assert decide(person, about, lambda _: (ME,)).decision == "no_match"

    def test_the_registry_is_asked_only_where_the_decision_hangs_on_it(self) -> None:
        def never(names: Sequence[PersonName]) -> str:
            raise AssertionError("asked without need")

        for about in (row(npi=NPI), row(places=()), row(names=named("Garcia", "Elena"))):
            decide(physician(), about, never)


def test_a_name_of_mixed_scripts_agrees_with_nothing() -> None:
    mixed = row(npi=NPI, names=named("\u0410bernathy", "Alma"))
    assert decided(mixed).decision == "conflict"


class TestACrowd:
    """A name that hundreds bear: the same decision for each, and only the best of them are shown."""

    CROWD = tuple(physician(npi=Npi(f"29{place:08d}")) for place in range(60))

    def test_only_the_best_rivals_are_listed(self) -> None:
        match = decided(row(), *self.CROWD)
        assert match.decision == "ambiguous"
        assert match.why.startswith("61 people fit")
        assert len(match.rivals) == 20

    def test_each_of_them_is_decided_on_as_if_nobody_had_been_asked_about_before(self) -> None:
        for place in (0, 30, 59):
            others = [each for each in (ME, *self.CROWD) if each is not self.CROWD[place]]
            match = decide(self.CROWD[place], row(), lambda _, people=tuple(others): people)  # type: ignore[misc]
            assert match.decision == "ambiguous"
            assert self.CROWD[place].npi not in {rival.npi for rival in match.rivals}
