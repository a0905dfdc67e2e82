from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.identity import name_keys, names_agree
from credcheck.identity.names import family_name, given_name, middle_name, state, suffix
from credcheck.model import PersonName

Agreement = Literal["full", "partial", "none", "not_given"]


def name(text: str, middle: str = "", suffix_: str = "", kind: str = "current") -> PersonName:
    first, _, last = text.partition(" ")
    return PersonName(last=last, first=first, middle=middle, suffix=suffix_, kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [
        ("Elena Garcia", "ELENA GARCIA", "full"),
        ("Elena Garcia-Lopez", "Elena Garcia", "partial"),
        ("Elena De La Cruz", "Elena Delacruz", "full"),
        ("Elena Garcia", "Elena Garca", "none"),
        ("John Smith", "Jon Smythe", "none"),
        ("Elena Garcia", "Elena ", "not_given"),
    ],
)
def test_family_names(ours: str, theirs: str, agreement: Agreement) -> None:
    assert family_name([name(ours)], [name(theirs)]).agreement == agreement


def test_a_former_name_is_as_good_as_the_current_one() -> None:
    ours = [name("June Jessamine"), name("June Juniper", kind="former")]
    assert family_name(ours, [name("June Juniper")]).agreement == "full"


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [
        (name("Elena G"), name("ELENA G"), "full"),
        (name("Elena G"), name("E G"), "partial"),
        (name("Elena G", middle="Maria"), name("Maria G"), "partial"),
        (name("Elena G"), name("Ellen G"), "none"),
        (name("Robert M"), name("Bob M"), "none"),
        (name("Elena G", middle="M"), name("M G"), "none"),
    ],
)
def test_given_names(ours: PersonName, theirs: PersonName, agreement: Agreement) -> None:
    assert given_name([ours], [theirs]).agreement == agreement


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [
        ("Maria", "MARIA", "full"),
        ("Maria", "M.", "partial"),
        ("Maria", "Ann", "none"),
        ("Maria", "", "not_given"),
    ],
)
def test_middle_names(ours: str, theirs: str, agreement: Agreement) -> None:
    both = [name("E G", middle=ours)], [name("E G", middle=theirs)]
    assert middle_name(*both).agreement == agreement


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [("Jr.", "Junior", "full"), ("Jr", "III", "none"), ("Jr", "", "not_given")],
)
def test_suffixes(ours: str, theirs: str, agreement: Agreement) -> None:
    both = [name("E G", suffix_=ours)], [name("E G", suffix_=theirs)]
    assert suffix(*both).agreement == agreement


def test_states() -> None:
    assert state({"OH", "KY"}, "ky").agreement == "full"
    assert state({"OH"}, "KY").agreement == "none"
    assert state({"OH"}, "").agreement == "not_given"


def test_a_feature_keeps_both_values() -> None:
    compared = family_name([name("Elena Garcia")], [name("Elena Lopez")])
    assert (compared.ours, compared.theirs) == ("Garcia", "Lopez")


NAMES = st.builds(
    PersonName,
    last=st.sampled_from(["Garcia", "GARCIA", "Garcia-Lopez", "Lopez", "De La Cruz", "Smith"]),
    first=st.sampled_from(["Elena", "E", "Maria", "ELENA", "Jo", "Élena"]),
    middle=st.sampled_from(["", "M", "Maria", "Elena", "Jo"]),
)


@given(NAMES, NAMES)
def test_names_that_agree_are_found_under_a_common_key(a: PersonName, b: PersonName) -> None:
    if names_agree([a], [b]):
        assert name_keys([a]) & name_keys([b])


@given(NAMES, NAMES)
def test_agreement_is_mutual(a: PersonName, b: PersonName) -> None:
    for feature in (family_name, given_name, middle_name, suffix):
        assert feature([a], [b]).agreement == feature([b], [a]).agreement
