"""Which word of a row's name stands against which of the person's."""

import pytest

from credcheck.identity.alignment import align
from credcheck.identity.name_words import name_words
from credcheck.model import PersonName


def laid(row: str, *people: str) -> tuple[str, str, str] | None:
    found = align([name_words(name(row))], [name_words(name(person)) for person in people])
    return (found.order, found.family, found.given) if found else None


def name(text: str) -> PersonName:
    last, first, middle = (part.strip() for part in (text + ",,").split(",")[:3])
    return PersonName(last=last, first=first, middle=middle)


@pytest.mark.parametrize(
    ("row", "person", "order", "family", "given_"),
    [
        ("Doe, Jane", "DOE, JANE", "in order", "same", "same"),
        ("Doe, Jane", "DOE, MARY, JANE", "goes by the middle name", "same", "same"),
        ("Doe, Jane, Mary", "DOE, MARY, J", "goes by the middle name", "same", "initial"),
        ("Doe, Jane, Mary", "DOE, MARY", "the row's middle name", "same", "same"),
        ("Jane, Doe", "DOE, JANE", "family and given name swapped", "same", "same"),
        ("Doe, J", "DOE, JANE", "in order", "same", "initial"),
        ("Doe, Jean Luc", "DOE, JEAN-LUC", "in order", "same", "same"),
        ("Doe, Jean", "DOE, JEAN-LUC", "in order", "same", "part"),
        ("Delacruz, Ana", "DE LA CRUZ, ANA", "in order", "same", "same"),
        ("Cruz-Vega, Ana", "VEGA, ANA", "in order", "part", "same"),
    ],
)
def test_names_are_laid_in_the_way_that_costs_least(
    row: str, person: str, order: str, family: str, given_: str
) -> None:
    assert laid(row, person) == (order, family, given_)


def test_the_name_that_fits_best_is_taken_of_several() -> None:
    assert laid("Roe, Jane", "DOE, JANE", "ROE, JANE") == ("in order", "same", "same")


def test_a_goes_by_that_nothing_supports_does_not_fit() -> None:
    """Jane Doe is not Mary J Doe, unless the row's own middle name says so."""
    assert laid("Doe, Jane", "DOE, MARY, J") == ("in order", "same", "none")


def test_a_row_without_a_name_is_laid_against_nobody() -> None:
    assert align([], [name_words(name("Doe, Jane"))]) is None
