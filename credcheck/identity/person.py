"""Somebody, as a registry or a row of a listing describes them; and the same made ready to compare."""

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from credcheck.identity.fold import fold, packed, parts
from credcheck.model import License, Model, PersonName, Place
from credcheck.reference.states import usps

_GENERATIONS = {"junior": "jr", "2nd": "ii", "senior": "sr", "3rd": "iii", "4th": "iv"}
_LETTERS = re.compile(r"[^a-z]")
_GAPS = re.compile(r"[,;/\s]+")
_DEGREES = frozenset({"md", "do"})


class Described(Model, kw_only=True):
    """What is said of a person. Nothing is known of what is empty or None.

    ``npi`` is as written, so that a misprint can be recognized. ``specialties`` are areas of
    reference.areas, the most telling first: of a registry's person those of the taxonomies, of a row
    those that its certificate or training goes with. ``graduated`` is the year of the medical degree,
    ``certified`` that of the certificate, ``trained`` that in which the fellowship ended.
    ``replaced_by`` is the number that a deactivated one was replaced by.
    """

    npi: str = ""
    names: tuple[PersonName, ...] = ()
    credential: str = ""
    places: tuple[Place, ...] = ()
    licenses: tuple[License, ...] = ()
    specialties: tuple[str, ...] = ()
    school: str = ""
    graduated: int | None = None
    born: int | None = None
    certified: int | None = None
    trained: int | None = None
    replaced_by: str = ""
    deactivated: bool = False


class NameWords(NamedTuple):
    """A name, folded into the words that are compared. ``name`` is as it was written.

    ``last`` is the whole family name, ``family`` its parts.
    """

    last: str
    family: tuple[str, ...]
    first: str
    first_parts: tuple[str, ...]
    middle: str
    suffix: str
    name: PersonName


class Whereabouts(NamedTuple):
    """States of practice and of licence, and cities with their states, folded."""

    states: frozenset[str]
    cities: frozenset[tuple[str, str]]


class Years(NamedTuple):
    """The years of a life, None where they are not known."""

    born: int | None
    graduated: int | None
    certified: int | None
    trained: int | None


class Profile:
    """A described person, made ready. Each view is made when it is first looked at, and kept."""

    def __init__(self, described: Described) -> None:
        """Keep the description."""
        self.described = described
        self.npi = described.npi
        self.live_npi = described.replaced_by or described.npi
        self.specialties = described.specialties
        self.school = described.school
        self.years = Years(
            described.born, described.graduated, described.certified, described.trained
        )

    @cached_property
    def names(self) -> tuple[NameWords, ...]:
        """The names, folded, without those that lack a family or a given name."""
        folded = map(name_words, self.described.names)
        return tuple(words for words in folded if words.last and words.first)

    @cached_property
    def name_key(self) -> str:
        """One text for all the names: two people with the same are compared alike by name."""
        return "\n".join(
            f"{n.name.last}\t{n.name.first}\t{n.name.middle}\t{n.name.suffix}\t{n.name.kind}"
            for n in self.names
        )

    @cached_property
    def degree(self) -> str:
        """``md``, ``do`` or nothing."""
        words = {_LETTERS.sub("", word) for word in _GAPS.split(self.described.credential.lower())}
        found = words & _DEGREES
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Where the person practises or is licensed."""
        described = self.described
        states = {usps(place.state) for place in described.places}
        states |= {usps(license_.state) for license_ in described.licenses}
        cities = (
            (fold(place.city), usps(place.state))
            for place in described.places
            if place.city and place.state
        )
        return Whereabouts(frozenset(states - {""}), frozenset(cities))

    @cached_property
    def licenses(self) -> frozenset[tuple[str, str]]:
        """Licences as state and folded number."""
        return frozenset(
            (usps(license_.state), packed(license_.number))
            for license_ in self.described.licenses
            if license_.state and license_.number
        )


@lru_cache(1 << 14)
def name_words(name: PersonName) -> NameWords:
    """Fold a name into its words."""
    family = parts(name.last)
    return NameWords(
        last="".join(family),
        family=family,
        first=packed(name.first),
        first_parts=parts(name.first),
        middle=packed(name.middle),
        suffix=generation(name.suffix),
        name=name,
    )


def generation(suffix: str) -> str:
    """Return a generational suffix in one form: Junior, JR. and jr are ``jr``."""
    folded = packed(suffix)
    return _GENERATIONS.get(folded, folded)
