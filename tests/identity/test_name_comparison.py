"""Two words of a name: the same, a form of it, spelled otherwise, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.identity.name_comparison import family_names_agree, given_names_agree, is_one_slip
from credcheck.identity.name_words import NameWords, name_words
from credcheck.identity.spelling import spelling_key
from credcheck.model import PersonName

LETTERS = st.text("abcdefghilmnorstu", min_size=1, max_size=9)


def family(*parts: str) -> NameWords:
    return name_words(PersonName(last="-".join(parts), first="Orla"))


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("elena", "elena", "same"),
        ("elena", "e", "initial"),
        ("elena", "m", "none"),
        ("robert", "bob", "short form"),
        ("rob", "bob", "short form"),
        ("william", "bill", "short form"),
        ("mohammed", "muhammad", "one slip or other spelling"),
        ("mohamad", "muhammed", "other spelling"),
        ("yousef", "yusuf", "other spelling"),
        ("sreenivas", "srinivas", "other spelling"),
        ("hassan", "hussein", "none"),
        ("elena", "elana", "one slip"),
        ("gergory", "gregory", "one slip"),
        ("may", "mary", "one slip"),
        ("lee", "lew", "none"),
        ("elena", "maria", "none"),
    ],
)
def test_given_names(one: str, other: str, agreement: str) -> None:
    assert given_names_agree(one, other) in agreement
    assert given_names_agree(other, one) in agreement


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (("garcia",), ("garcia",), "same"),
        (("garcia", "lopez"), ("garcialopez",), "same"),
        (("mcgregor",), ("macgregor",), "same"),
        (("mack",), ("mck",), "one slip"),
        (("garcia", "lopez"), ("lopez",), "part"),
        (("garcia", "lopez"), ("garcia", "vega"), "part"),
        (("garcia",), ("garca",), "one slip"),
        (("smith",), ("smythe",), "other spelling"),
        (("garcia",), ("lopez",), "none"),
    ],
)
def test_family_names(one: tuple[str, ...], other: tuple[str, ...], agreement: str) -> None:
    assert family_names_agree(family(*one), family(*other)) == agreement
    assert family_names_agree(family(*other), family(*one)) == agreement


def test_a_word_of_another_script_agrees_with_nothing() -> None:
    """A Cyrillic letter that looks Latin is one slip away, and another word all the same."""
    assert given_names_agree("elena", "\u0435lena") == "none"
    assert family_names_agree(family("munoz"), family("\u043cunoz")) == "none"


@given(LETTERS, LETTERS)
def test_agreement_is_mutual(one: str, other: str) -> None:
    assert given_names_agree(one, other) == given_names_agree(other, one)
    ours, theirs = family(one), family(other)
    assert family_names_agree(ours, theirs) == family_names_agree(theirs, ours)


@given(LETTERS, st.integers(0, 8), st.sampled_from("abcdefgh"))
def test_one_letter_wrong_more_or_less_is_one_slip(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    assert is_one_slip(word, word[:at] + letter + word[at + 1 :])
    assert is_one_slip(word, word[:at] + letter + word[at:])
    assert is_one_slip(word, word[:at] + word[at + 1 :])


@given(LETTERS)
def test_a_skeleton_is_the_same_at_every_run_and_never_empty(word: str) -> None:
    assert spelling_key(word)
    assert spelling_key(word) == spelling_key(word)


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhammad mohamad mohamed",
        "yousef yusuf youssef",
        "khaled khalid",
        "fatima fatemeh fatma",
        "mahmoud mahmood",
        "chowdhury choudhury",
        "hussein hussain",
    ],
)
def test_spellings_of_one_name_have_one_skeleton(spellings: str) -> None:
    assert len({spelling_key(word) for word in spellings.split()}) == 1
