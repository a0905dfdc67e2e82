"""Rows are found by the names on them, for everybody whose name agrees in any way."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credcheck.identity.laying import lay
from credcheck.identity.person import name_words
from credcheck.identity.row_index import RowIndex
from credcheck.model import PersonName

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


def is_found(row: PersonName, own: PersonName) -> bool:
    index = RowIndex()
    index.add([PersonName(last="Other", first="Oda")], 6)
    index.add([row], 7)
    return index.rows_like([own]) == [7]


@given(two_writings())
def test_a_row_is_found_for_whoever_s_name_agrees(names: tuple[PersonName, PersonName]) -> None:
    row, own = names
    laid = lay([name_words(row)], [name_words(own)])
    assume(laid is not None and laid.fits)
    assert is_found(row, own)


@given(FAMILIES, st.integers(0, 9), st.sampled_from("abcde"), st.integers(0, 3))
def test_a_slip_anywhere_in_the_family_name_is_bridged(
    family: str, place: int, letter: str, kind: int
) -> None:
    row = PersonName(last=slipped(family, place, letter, kind), first="Elena")
    own = PersonName(last=family, first="Elena")
    laid = lay([name_words(row)], [name_words(own)])
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


def test_others_are_not_found() -> None:
    index = RowIndex()
    index.add([PersonName(last="Garcia", first="Elena")], 1)
    assert index.rows_like([PersonName(last="Garcia", first="Robert")]) == []
    assert index.rows_like([PersonName(last="Vega", first="Elena")]) == []
