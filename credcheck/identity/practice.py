"""Whether an organization on a list of exclusions may be a person's own practice: by name and place.

It is no tie: an organization's exclusion is not a person's. It is a remark, for a person to look at.
"""

from collections.abc import Iterable

from credcheck.identity.normalize import normalize
from credcheck.model import PersonName, Place

_SHORTEST = 4  # letters: "Lee" and "Ng" stand in too many names of organizations


def list_practice_words(business: str) -> set[str]:
    """Return the words of an organization's name that may be a family name."""
    return {word for word in normalize(business).split() if len(word) >= _SHORTEST}


def list_family_words(names: Iterable[PersonName]) -> set[str]:
    """Return the family names by which an organization may be called."""
    return {word for name in names for word in list_practice_words(name.last)}


def is_own_practice(
    business: str, where: Iterable[Place], names: Iterable[PersonName], places: Iterable[Place]
) -> bool:
    """Tell whether an organization bears a family name of a person and is in one of their cities."""
    if list_practice_words(business).isdisjoint(list_family_words(names)):
        return False
    return not _list_cities(where).isdisjoint(_list_cities(places))


def _list_cities(places: Iterable[Place]) -> set[tuple[str, str]]:
    return {(normalize(x.city), x.state.upper()) for x in places if x.city and x.state}
