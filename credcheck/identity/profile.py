"""Somebody, as a registry or a row of a listing describes them; and the same made ready to compare."""

import re
from typing import NamedTuple

from credcheck._util.lazy import lazy
from credcheck.identity.normalize import name_parts, normalize, squash
from credcheck.model import License, Model, PersonName, Physician, Place, Rival
from credcheck.reference.specialty_groups import groups_of_taxonomies
from credcheck.reference.states import usps
from credcheck.source import PersonRecord

_GENERATIONS = {"junior": "jr", "2nd": "ii", "senior": "sr", "3rd": "iii", "4th": "iv"}
_LETTERS = re.compile(r"[^a-z]")
_GAPS = re.compile(r"[,;/\s]+")
_DEGREES = frozenset({"md", "do"})
_NONE: frozenset[tuple[str, str]] = frozenset()


class Described(Model, kw_only=True):
    """What is said of a person. Nothing is known of what is empty or None.

    ``npi`` is as written, so that a misprint can be recognized. ``specialties`` are groups of
    reference.specialty_groups, the most telling first: of a registry's person those of the taxonomies,
    of a row those that its certificate or training goes with. ``graduated`` is the year of the medical
    degree, ``certified`` that of the certificate, ``trained`` that in which the fellowship ended.
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
    """States of practice and of license, and cities with their states, folded."""

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
        self.described = described
        self.npi = described.npi
        self.live_npi = described.replaced_by or described.npi
        self.specialties = described.specialties
        self.school = described.school

    @lazy
    def names(self) -> tuple[NameWords, ...]:
        """The names, folded, without those that lack a family or a given name."""
        folded = map(name_words, self.described.names)
        return tuple([words for words in folded if words.last and words.first])

    @lazy
    def years(self) -> Years | None:
        """The years that are known, or None if none is."""
        said = self.described
        if not (said.born or said.graduated or said.certified or said.trained):
            return None
        return Years(said.born, said.graduated, said.certified, said.trained)

    @lazy
    def name_key(self) -> tuple[PersonName, ...]:
        """All the names: two people with the same are compared alike by name."""
        return tuple([words.name for words in self.names])

    @lazy
    def degree(self) -> str:
        """``md``, ``do`` or nothing."""
        if not self.described.credential:
            return ""
        words = {_LETTERS.sub("", word) for word in _GAPS.split(self.described.credential.lower())}
        found = words & _DEGREES
        return found.pop() if len(found) == 1 else ""

    @lazy
    def whereabouts(self) -> Whereabouts:
        """Where the person practices or is licensed."""
        places = [(normalize(place.city), usps(place.state)) for place in self.described.places]
        states = {usps(license_.state) for license_ in self.described.licenses}
        states.update([state for _, state in places])
        states.discard("")
        cities = [place for place in places if place[0] and place[1]]
        return Whereabouts(frozenset(states), frozenset(cities) if cities else _NONE)

    @lazy
    def licenses(self) -> frozenset[tuple[str, str]]:
        """Licenses as state and folded number."""
        licenses = self.described.licenses
        numbered = [(usps(x.state), squash(x.number)) for x in licenses if x.state and x.number]
        return frozenset(numbered) if numbered else _NONE


def name_words(name: PersonName) -> NameWords:
    """Fold a name into its words."""
    family, first, middle, suffix = (
        name_parts(name.last),
        name_parts(name.first),
        name.middle,
        name.suffix,
    )
    return NameWords(
        family[0] if len(family) == 1 else "".join(family),
        family,
        first[0] if len(first) == 1 else "".join(first),
        first,
        squash(middle) if middle else "",
        generation(suffix) if suffix else "",
        name,
    )


def generation(suffix: str) -> str:
    """Return a generational suffix in one form: Junior, JR. and jr are ``jr``."""
    folded = squash(suffix)
    return _GENERATIONS.get(folded, folded)


class Known(Profile):
    """A physician of the registry, ready to be compared with rows."""

    def __init__(self, physician: Physician) -> None:
        super().__init__(of_physician(physician))
        self.physician = physician


_CACHE_SIZE = 1 << 12
_KNOWN: dict[int, Known] = {}


def known(physician: Physician) -> Known:
    """Return a physician ready to be compared; of one who is at hand, what was made before."""
    found = _KNOWN.get(id(physician))
    if found is None:
        if len(_KNOWN) > _CACHE_SIZE:
            _KNOWN.clear()
        found = _KNOWN[id(physician)] = Known(physician)  # which holds it, so its id is its own
    return found


def of_physician(physician: Physician) -> Described:
    """Describe a physician by the registry's record."""
    return Described(
        npi=physician.npi,
        names=physician.names,
        credential=physician.credential or "",
        places=physician.places,
        licenses=physician.licenses,
        specialties=groups_of_taxonomies(taxonomy.code for taxonomy in physician.taxonomies),
    )


def of_row(about: PersonRecord) -> Described:
    """Describe whom a row is about."""
    return Described(
        npi=about.npi or "",
        names=about.names,
        places=(about.place,) if about.place else (),
        licenses=(about.license,) if about.license else (),
        specialties=about.fields,
    )


def make_rival(physician: Physician) -> Rival:
    """Return a physician as one of several to choose from."""
    return Rival(
        npi=physician.npi,
        name=physician.name,
        city=physician.city,
        state=physician.state,
        taxonomies=tuple(taxonomy.code for taxonomy in physician.taxonomies),
        former_names=tuple(str(name) for name in physician.names[1:]),
    )
