"""Taxonomy sets: which codes find the physicians of a specialty."""

import pytest

from credcheck.reference.taxonomy_sets import codes_of_physicians, codes_of_specialty


@pytest.mark.parametrize(
    ("specialty", "code", "belongs"),
    [
        ("pain_medicine", "208VP0014X", True),
        ("pain_medicine", "208VP0000X", True),
        ("pain_medicine", "207LP2900X", True),
        ("pain_medicine", "2081P2900X", True),
        ("pain_medicine", "2084P2900X", True),
        ("pain_medicine", "207L00000X", False),
        ("pain_medicine", "2084A2900X", False),
        ("anesthesiology", "207L00000X", True),
        ("anesthesiology", "207LP2900X", True),
        ("anesthesiology", "367500000X", False),
        ("spine_surgery", "207XS0117X", True),
        ("spine_surgery", "207X00000X", False),
        ("hospice_and_palliative_medicine", "207RH0002X", True),
        ("hospice_and_palliative_medicine", "207QH0002X", True),
    ],
)
def test_a_code_belongs_to_a_specialty_or_not(specialty: str, code: str, *, belongs: bool) -> None:
    assert (code in codes_of_specialty(specialty)) is belongs


def test_every_set_holds_codes_of_physicians_alone() -> None:
    for specialty in ("pain_medicine", "anesthesiology", "neurology", "psychiatry"):
        assert codes_of_specialty(specialty) <= codes_of_physicians()


def test_what_is_no_specialty_has_no_codes() -> None:
    assert codes_of_specialty("astrology") == frozenset()
