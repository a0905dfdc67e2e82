import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.identity.normalize import name_parts, normalize, squash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MUÑOZ", "munoz"),
        (unicodedata.normalize("NFD", "MUÑOZ"), unicodedata.normalize("NFC", "MUÑOZ")),
        ("O’BRIEN", "O'Brien"),
        ("OBRIEN", "O'Brien"),
        ("GARCIA\u00a0LOPEZ", "Garcia Lopez"),
        ("ELE\u00adNA", "Elena"),
        ("O\ufb01OR", "ofior"),
        ("ＧＡＲＣＩＡ", "garcia"),
        ("St. John", "ST JOHN"),
        ("Sørensen", "SORENSEN"),
        ("Łukasz", "LUKASZ"),
    ],
)
def test_what_is_written_differently_but_means_the_same_is_folded(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("М\u0423\u00d1OZ", "MUÑOZ"), ("G\u0410RCIA", "GARCIA"), ("SMITH", "SMYTHE")],
)
def test_look_alikes_of_other_scripts_and_other_names_are_not(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


def test_spaces_within_a_name_do_not_matter_when_packed() -> None:
    assert squash("De La Cruz") == squash("DELACRUZ") == squash("de-la-cruz")


def test_the_parts_of_a_double_name() -> None:
    assert name_parts("Garcia-Lopez") == ("garcia", "lopez")
    assert name_parts("Garcia") == ("garcia",)
    assert name_parts("-") == ()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
