"""Who else bears a name: asked once, with its forms, and never guessed."""

from collections.abc import Sequence

import pytest

from credcheck.identity.case import CandidateSet
from credcheck.model import Authority, Coverage, EvidenceKind, PersonName, Provenance, Query
from credcheck.model.npi import Npi
from credcheck.source import (
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    PersonRecord,
    SourceFacts,
    SourceFailed,
    Subject,
    Unavailable,
)
from credcheck.source.source_set import SourceSet
from credcheck.verify.name_search import search_names
from credcheck.verify.namesakes import NamesakeCache
from tests.support.build import AS_OF, registration

BOB = PersonName(last="Doe", first="Bob")


class Played:
    """A registry that holds what it is told, and notes what it was asked for."""

    def __init__(
        self,
        *people: tuple[str, str, str],
        complete: bool = True,
        down: bool = False,
        takes_latin_only: bool = False,
        fails_near: bool = False,
    ) -> None:
        self.asked: list[str] = []
        self._people = people
        self._complete = complete
        self.down = down
        self._takes_latin_only = takes_latin_only
        self._fails_near = fails_near

    facts = SourceFacts(
        name="played",
        adapter="played",
        kinds=(EvidenceKind.REGISTRATION,),
        authority=Authority.PRIMARY,
        coverage=Coverage.PARTIAL,
        max_age_days=30,
    )

    def collect(self, subjects: Sequence[Subject]) -> Sequence[Answer]:
        return [Answer() for _ in subjects]

    def search(self, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
        if self.down:
            raise SourceFailed("the registry is down")
        names = (question.name for question in questions)
        self.asked += [f"{name.first} {name.last}".upper() for name in names]
        return [self._answer(question) for question in questions]

    def _answer(self, question: NameQuestion) -> Candidates:
        if self._takes_latin_only and not question.name.last.isascii():
            return Candidates(failure="it takes no such name", permanent=True)
        if self._fails_near and question.near:
            return Candidates(failure="it is down", claims=(_claim(*ROBERT),))
        wanted = (question.name.last.upper(), question.name.first.upper())
        claims = tuple(_claim(*each) for each in self._people if each[1:] == wanted)
        return Candidates(claims=claims, complete=self._complete)


def _claim(npi: str, last: str, first: str) -> Claim:
    record = registration(npi=Npi(npi), names=(PersonName(last=last, first=first),))
    about = PersonRecord(npi=record.npi, names=record.names)
    return Claim(
        kind=EvidenceKind.REGISTRATION,
        about=about,
        record=record,
        provenance=Provenance(sha256="0" * 64),
    )


ROBERT = ("2345000014", "DOE", "ROBERT")
ROB = ("2345000022", "DOE", "ROB")
BOBBY = ("2345000030", "DOE", "BOB")


def source_set(registry: Played) -> SourceSet:
    return SourceSet([registry])


def bearers(
    registry: Played, name: PersonName = BOB, book: NamesakeCache | None = None
) -> list[str] | str:
    book = book or NamesakeCache(source_set(registry), AS_OF)
    book.load([name])
    found = book.get([name])
    return found.detail if isinstance(found, Unavailable) else numbers(found)


def numbers(found: CandidateSet | Unavailable) -> list[str]:
    assert isinstance(found, CandidateSet)
    return [str(person.npi) for person in found.people]


class TestRivals:
    def test_short_and_familiar_forms_are_asked_for_too(self) -> None:
        assert bearers(Played(ROBERT, BOBBY)) == ["2345000030", "2345000014"]

    def test_no_name_is_asked_for_twice(self) -> None:
        registry = Played(ROBERT)
        bearers(registry)
        assert len(registry.asked) == len(set(registry.asked)) < 15

    def test_a_name_of_which_not_all_are_told_is_not_known(self) -> None:
        registry = Played(BOBBY, complete=False)
        assert "more people with this name than it lists" in bearers(registry)
        assert registry.asked == ["BOB DOE"]

    def test_a_registry_that_is_down_is_no_empty_answer(self) -> None:
        assert "the registry is down" in bearers(Played(down=True))

    def test_what_could_not_be_answered_is_asked_for_again(self) -> None:
        registry = Played(BOBBY, down=True)
        book = NamesakeCache(source_set(registry), AS_OF)
        assert "the registry is down" in bearers(registry, book=book)
        registry.down = False
        assert bearers(registry, book=book) == ["2345000030"]

    def test_each_writing_is_asked_for_since_a_registry_may_answer_otherwise_to_it(self) -> None:
        registry = Played(("2345000048", "OBRIEN", "PAT"))
        book = NamesakeCache(source_set(registry), AS_OF)
        names = [PersonName(last="O'Brien", first="Pat"), PersonName(last="Obrien", first="Pat")]
        book.load(names)
        assert [len(numbers(book.get([name]))) for name in names] == [0, 1]

    def test_somebody_found_by_two_names_is_told_once(self) -> None:
        book = NamesakeCache(source_set(Played(ROBERT, BOBBY)), AS_OF)
        names = [BOB, PersonName(last="Doe", first="Robert")]
        book.load(names)
        assert len(numbers(book.get(names))) == 2

    def test_names_that_nobody_bears_do_not_pile_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("credcheck.verify.namesakes._NAMES", 10)
        registry = Played()
        book = NamesakeCache(source_set(registry), AS_OF)
        for place in range(20):
            book.load([PersonName(last=f"Nobody{place}", first="Zyx")])
        book.load([PersonName(last="Nobody0", first="Zyx")])
        assert registry.asked.count("ZYX NOBODY0") == 2

    def test_what_was_answered_is_at_hand_when_the_registry_is_down(self) -> None:
        registry = Played(BOBBY)
        book = NamesakeCache(source_set(registry), AS_OF)
        bearers(registry, book=book)
        registry.down = True
        assert bearers(registry, book=book) == ["2345000030"]


class TestSearchByName:
    def found(self, registry: Played, name: PersonName = BOB) -> tuple[str | None, list[str]]:
        (search,) = search_names([Query(person=name)], source_set(registry))
        return search.npi, [str(person.npi) for person in search.people]

    def test_one_person_of_the_very_name(self) -> None:
        assert self.found(Played(BOBBY)) == ("2345000030", ["2345000030"])

    def test_a_form_of_the_name_makes_it_several(self) -> None:
        """Who asks for Bob Doe may mean Robert: nobody is picked, and the best is first."""
        assert self.found(Played(ROBERT, BOBBY)) == (None, ["2345000030", "2345000014"])

    def test_a_form_alone_is_listed_and_not_picked(self) -> None:
        assert self.found(Played(ROBERT)) == (None, ["2345000014"])

    def test_a_name_that_it_never_takes_is_not_for_another_time(self) -> None:
        """Nobody is told to run again for what will not change."""
        ivanov = PersonName(last="\u0418\u0432\u0430\u043d\u043e\u0432", first="Ivan")
        registry = Played(takes_latin_only=True)
        (search,) = search_names([Query(person=ivanov)], source_set(registry))
        assert [reason.code for reason in search.resolution.reasons] == ["record_unreadable"]
        assert search.resolution.next_step == "Give the NPI."
        book = NamesakeCache(source_set(registry), AS_OF)
        book.load([ivanov])
        found = book.get([ivanov])
        assert isinstance(found, Unavailable)
        assert found.permanent

    def test_near_names_that_could_not_be_asked_for_are_told(self) -> None:
        registry = Played(fails_near=True)
        (search,) = search_names([Query(person=BOB)], source_set(registry))
        codes = [reason.code for reason in search.resolution.reasons]
        assert codes == ["name_not_found", "source_failed"]

    def test_more_than_it_lists_picks_nobody(self) -> None:
        assert self.found(Played(BOBBY, complete=False)) == (None, ["2345000030"])

    def test_another_middle_name_is_another_person(self) -> None:
        class Middle(Played):
            def _answer(self, question: NameQuestion) -> Candidates:
                if question.near:
                    return Candidates()
                name = PersonName(last="DOE", first="BOB", middle="A")
                record = registration(npi=Npi("2345000030"), names=(name,))
                about = PersonRecord(npi=record.npi, names=record.names)
                claim = Claim(
                    kind=EvidenceKind.REGISTRATION,
                    about=about,
                    record=record,
                    provenance=Provenance(sha256="0" * 64),
                )
                return Candidates(claims=(claim,))

        other = PersonName(last="Doe", first="Bob", middle="B")
        assert self.found(Middle(), other) == (None, [])

    def test_who_ask_the_same_together_are_answered_as_if_alone(self) -> None:
        queries = [
            Query(person=name, state=state, city=city, row=place)
            for place, (name, state, city) in enumerate(
                (name, state, city)
                for name in (BOB, PersonName(last="Doe", first="Robert"), BOB)
                for state in (None, "OH", "KY")
                for city in (None, "Columbus", "Boise")
            )
        ]
        registry = Played(ROBERT, BOBBY)
        together = search_names(queries, source_set(registry))
        alone = [search_names([each], source_set(Played(ROBERT, BOBBY)))[0] for each in queries]
        assert together == alone
