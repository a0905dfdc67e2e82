import pytest

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import PersonName


@pytest.mark.parametrize(
    ("typed", "last", "first", "middle", "suffix"),
    [
        ("Jane Q. Doe", "Doe", "Jane", "Q.", ""),
        ("Doe, Jane", "Doe", "Jane", "", ""),
        ("Dr. Jane Doe, MD", "Doe", "Jane", "", ""),
        ("Doe, Jane Q., M.D.", "Doe", "Jane", "Q.", ""),
        ("DE LA CRUZ, MARIA", "DE LA CRUZ", "MARIA", "", ""),
        ("Jean van der Berg Jr.", "van der Berg", "Jean", "", "Jr."),
        ("Doe III, John, MD, PhD, FIPP", "Doe", "John", "", "III"),
    ],
)
def test_names_as_people_type_them(
    typed: str, last: str, first: str, middle: str, suffix: str
) -> None:
    assert parse_name(typed) == PersonName(last=last, first=first, middle=middle, suffix=suffix)


@pytest.mark.parametrize("typed", ["O'Brien", "", "  ", "Dr."])
def test_one_part_is_not_enough(typed: str) -> None:
    with pytest.raises(NameParseError, match="first and a last name"):
        parse_name(typed)


@pytest.mark.parametrize("typed", ["J* Smith", "Ann *", "Smith, J?"])
def test_wildcards_are_refused(typed: str) -> None:
    with pytest.raises(NameParseError, match="wildcards"):
        parse_name(typed)
