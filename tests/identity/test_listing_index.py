"""Rows are found by the names on them, for everybody whose name agrees in any way."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credcheck.identity.alignment import align
from credcheck.identity.case import NeedsNamesakes
from credcheck.identity.decision import decide
from credcheck.identity.exclusion import decide_exclusion
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.listing_index import ExactIndex, ListingIndex
from credcheck.identity.name_words import name_words
from credcheck.identity.profile import Profile, profile_of
from credcheck.identity.scoring import Scorer
from credcheck.model import PersonName, Physician, Place
from credcheck.source import PersonRecord
from tests.support.build import physician

WORDS = st.text("abcdeghilmnorstuv", min_size=3, max_size=9)
FAMILIES = st.one_of(
    WORDS,
    st.sampled_from(["Garcia", "Garcia-Lopez", "Mohammed", "Muhammad", "De La Cruz", "MacGregor"]),
)
GIVENS = st.sampled_from(
    [
        *("Elena", "E", "Maria", "Robert", "Bob", "William", "Bill", "Jo", "\u00c9lena", "Robret"),
        *("Mary Ann", "Mary", "Mohammad", "Muhamed", "Garcia", "A.", "Elana"),
    ]
)
HERE = (Place(city="COLUMBUS", state="OH"),)
PLACES = [None, Place(state="OH"), Place(city="Columbus", state="OH"), Place(state="CA")]
MIDDLES = st.sampled_from(["", "E", "Robert", "Bob", "Elena", "Ann"])


def slipped(word: str, place: int, letter: str, kind: int) -> str:
    at = place % len(word)
    return (
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :] or letter,
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )[kind]


@st.composite
def two_writings(draw: st.DrawFn) -> tuple[PersonName, PersonName]:
    """A row's name and a person's, in which much may agree and something may not."""
    family = draw(FAMILIES)
    slip = slipped(
        family, draw(st.integers(0, 9)), draw(st.sampled_from("abcde")), draw(st.integers(0, 3))
    )
    row, own = draw(st.sampled_from([family, slip])), family
    given = draw(GIVENS), draw(GIVENS)
    if draw(st.booleans()):
        return PersonName(last=given[0], first=row), PersonName(last=own, first=given[1])
    middles = draw(MIDDLES), draw(MIDDLES)
    return (
        PersonName(last=row, first=given[0], middle=middles[0]),
        PersonName(last=own, first=given[1], middle=middles[1]),
    )


def found(names: tuple[PersonName, ...], me: Physician) -> bool:
    index = ListingIndex()
    index.add((PersonName(last="Other", first="Oda"),), 6)
    index.add(names, 7)
    return index.find(me) == {7}


def is_found(row: PersonName, own: PersonName) -> bool:
    return found((row,), physician(names=(own,), places=HERE))


@given(two_writings(), st.sampled_from(PLACES), st.sampled_from([(), ("pain", "207L")]))
def test_a_row_is_found_unless_it_is_of_another_person(
    names: tuple[PersonName, PersonName], where: Place | None, specialties: tuple[str, ...]
) -> None:
    """What is not found would not be tied to the person either, nor be a doubt of an exclusion."""
    row, own = names
    places = (where,) if where else ()
    about = PersonRecord(names=(row,), places=places, specialties=specialties)
    me = physician(names=(own,), places=HERE)
    assess = Scorer(Profile(about), default_frequencies())
    for decided in (x(assess, profile_of(me), None) for x in (decide, decide_exclusion)):
        if isinstance(decided, NeedsNamesakes) or decided.decision != "no_match":
            assert found((row,), me)


@given(FAMILIES, st.integers(0, 9), st.sampled_from("abcde"), st.integers(0, 3))
def test_a_slip_anywhere_in_the_family_name_is_bridged(
    family: str, place: int, letter: str, kind: int
) -> None:
    row = PersonName(last=slipped(family, place, letter, kind), first="Elena")
    own = PersonName(last=family, first="Elena")
    laid = align([name_words(row)], [name_words(own)])
    assume(laid is not None and laid.fits)
    assert is_found(row, own)


@pytest.mark.parametrize(
    ("row", "own"),
    [
        (("Garca", "Elena"), ("Garcia", "Elena")),
        (("Garcia", "Bob"), ("Garcia", "Robert")),
        (("Smythe", "Elena"), ("Smith", "Elena")),
        (("Elena", "Garcia"), ("Garcia", "Elena")),
        (("McGregor", "Elena"), ("MacGregor", "Elena")),
        (("Lopez", "Elena"), ("Garcia-Lopez", "Elena")),
        (("Garcia", "Ilena"), ("Garcia", "Elena")),
        (("Garcia", "E"), ("Garcia", "Elena")),
        (("Garcia", "Elena"), ("Garcia", "E.")),
    ],
)
def test_rows_written_otherwise_are_found(row: tuple[str, str], own: tuple[str, str]) -> None:
    one, other = (PersonName(last=last, first=first) for last, first in (row, own))
    assert is_found(one, other)


@pytest.mark.parametrize(("last", "first"), [("Garcia", "Robert"), ("Vega", "Elena")])
def test_others_are_not_found(last: str, first: str) -> None:
    assert not is_found(
        PersonName(last="Garcia", first="Elena"), PersonName(last=last, first=first)
    )


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        ("Garcia, Elena", True),
        ("GARC\u00cdA, ELENA", True),
        ("Garcia, Bob", False),
        ("Garcia, Helena", False),
        ("Lopez, Elena", False),
        ("Garc\ufffda, Elena", False),
    ],
)
def test_numbered_rows_are_found_by_the_name_as_it_stands(row: str, is_known: bool) -> None:
    last, _, first = row.partition(", ")
    index = ExactIndex()
    index.add((PersonName(last="Other", first="Oda"),), 6)
    index.add((PersonName(last=last, first=first),), 7)
    me = physician(names=(PersonName(last="GARCIA", first="ELENA"),))
    assert index.find(me) == ({7} if is_known else set())


def test_numbered_rows_are_found_by_usual_forms_of_the_given_name() -> None:
    index = ExactIndex()
    index.add((PersonName(last="Garcia", first="Bob"),), 7)
    assert index.find(physician(names=(PersonName(last="GARCIA", first="ROBERT"),))) == {7}
    assert index.find(physician(names=(PersonName(last="GARCIA", first="X", middle="BOB"),))) == {7}
