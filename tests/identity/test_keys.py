"""Rows are found under keys: whoever agrees by name shares one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credcheck.identity.keys import person_keys, row_keys
from credcheck.identity.laying import lay
from credcheck.identity.neighbours import Neighbours
from credcheck.identity.person import name_words
from credcheck.model import PersonName

WORDS = st.text("abcdeghilmnorstuv", min_size=3, max_size=9)
FAMILIES = st.one_of(
    WORDS,
    st.sampled_from(["Garcia", "Garcia-Lopez", "Mohammed", "Muhammad", "De La Cruz", "MacGregor"]),
)
GIVENS = st.sampled_from(["Elena", "E", "Maria", "Robert", "Bob", "William", "Bill", "Jo", "Élena"])


def slipped(word: str, place: int, letter: str, kind: int) -> str:
    at = place % len(word)
    return (
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :] or letter,
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )[kind]


def share_a_key(row: PersonName, own: PersonName) -> bool:
    keys = row_keys([row])
    return bool(keys & person_keys([own], Neighbours({family for family, _ in keys})))


@given(FAMILIES, GIVENS, GIVENS, st.integers(0, 9), st.sampled_from("abcde"), st.integers(0, 3))
def test_names_that_agree_are_found_under_a_common_key(
    family: str, row_given: str, own_given: str, place: int, letter: str, kind: int
) -> None:
    row = PersonName(last=slipped(family, place, letter, kind), first=row_given)
    own = PersonName(last=family, first=own_given)
    laid = lay([name_words(row)], [name_words(own)])
    assume(laid is not None and laid.fits)
    assert share_a_key(row, own)


@pytest.mark.parametrize(
    ("row", "own"),
    [
        (("Garca", "Elena"), ("Garcia", "Elena")),
        (("Garcia", "Bob"), ("Garcia", "Robert")),
        (("Smythe", "Elena"), ("Smith", "Elena")),
        (("Elena", "Garcia"), ("Garcia", "Elena")),
        (("McGregor", "Elena"), ("MacGregor", "Elena")),
        (("Lopez", "Elena"), ("Garcia-Lopez", "Elena")),
    ],
)
def test_rows_written_otherwise_are_found(row: tuple[str, str], own: tuple[str, str]) -> None:
    one, other = (PersonName(last=last, first=first) for last, first in (row, own))
    assert share_a_key(one, other)
