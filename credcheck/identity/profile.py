"""Somebody, as a row of a listing or a registry describes them, made ready to be compared."""

import itertools
import re
from typing import NamedTuple

from credcheck._util.lazy import lazy
from credcheck.identity.license_number import LicenseNumber, read_license
from credcheck.identity.name_words import NameWords, name_words, read_generation
from credcheck.identity.normalize import is_damaged, normalize_city
from credcheck.model import Physician, Registration, Rival
from credcheck.reference.specialty_groups import groups_of_taxonomies
from credcheck.reference.states import usps
from credcheck.source import PersonRecord

_LETTERS = re.compile(r"[^a-z]")
_GAPS = re.compile(r"[,;/\s]+")
_DEGREES = frozenset({"md", "do"})
_NO_CITIES: frozenset[tuple[str, str]] = frozenset()
_NO_LICENSES: frozenset[LicenseNumber] = frozenset()
_KEYS: dict[tuple[NameWords, ...], int] = {}
_NEXT_KEY = itertools.count()
_MOST_KEYS = 1 << 20


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
    enumerated: int | None


class Profile:
    """A described person, made ready. Each view is made when it is first looked at, and kept.

    ``physician`` is the same person as a verdict shows them, where the registry's record was read.
    """

    def __init__(self, record: PersonRecord, physician: Physician | None = None) -> None:
        self.record = record
        self.physician = physician
        self.npi = record.npi or ""
        self.live_npi = record.replaced_by or self.npi
        self.specialties = record.specialties
        self.school = record.school
        self.birth_date = record.birth_date

    @property
    def is_in_service(self) -> bool:
        """Whether this is an individual whose number was neither deactivated nor replaced."""
        said = self.record
        return not (said.deactivated or said.replaced_by or said.organization)

    @lazy
    def names(self) -> tuple[NameWords, ...]:
        """The names, folded, without those that lack a family or a given name."""
        folded = [name_words(name) for name in self.record.names]
        readable = [words for words in folded if words.last and words.first]
        generation = read_generation(self.record.credential) if self.record.credential else ""
        if generation:  # somebody wrote Jr., MD into the cell of the degree
            readable = [x if x.suffix else x._replace(suffix=generation) for x in readable]
        return tuple(readable)

    @lazy
    def has_damaged_name(self) -> bool:
        """Whether a character of every name was lost, so that none can be compared."""
        names = self.record.names
        return bool(names) and all(is_damaged(name.last + name.first) for name in names)

    @lazy
    def years(self) -> Years | None:
        """The years that are known, or None if none is."""
        said = self.record
        years = Years(said.born, said.graduated, said.certified, said.trained, said.enumerated)
        return years if any(years) else None

    @lazy
    def name_key(self) -> int:
        """A number for all the names: two people with the same one are compared alike by name."""
        if len(_KEYS) > _MOST_KEYS:
            _KEYS.clear()  # the numbers go on: none is given twice
        return _KEYS.setdefault(self.names, next(_NEXT_KEY))

    @lazy
    def degree(self) -> str:
        """``md``, ``do`` or nothing."""
        cells = [self.record.credential, *(name.suffix for name in self.record.names[:1])]
        words = {_LETTERS.sub("", x) for cell in cells if cell for x in _GAPS.split(cell.lower())}
        found = words & _DEGREES
        return found.pop() if len(found) == 1 else ""

    @lazy
    def whereabouts(self) -> Whereabouts:
        """Where the person practices or is licensed."""
        places = [(normalize_city(place.city), usps(place.state)) for place in self.record.places]
        states = {usps(license_.state) for license_ in self.record.licenses}
        states.update([state for _, state in places])
        states.discard("")
        cities = [place for place in places if place[0] and place[1]]
        return Whereabouts(frozenset(states), frozenset(cities) if cities else _NO_CITIES)

    @lazy
    def licenses(self) -> frozenset[LicenseNumber]:
        """Licenses that were read; placeholders are none."""
        read = [read_license(license_) for license_ in self.record.licenses if license_.number]
        numbers = [number for number in read if number is not None]
        return frozenset(numbers) if numbers else _NO_LICENSES


_CACHE_SIZE = 1 << 12
_PROFILES: dict[int, Profile] = {}


def profile_of(physician: Physician) -> Profile:
    """Return a physician's profile; of one who is at hand, what was made before."""
    found = _PROFILES.get(id(physician))
    if found is None:
        if len(_PROFILES) > _CACHE_SIZE:
            _PROFILES.clear()
        found = Profile(_describe_physician(physician), physician)
        _PROFILES[id(physician)] = found  # which holds it, so its id is its own
    return found


def _describe_physician(physician: Physician) -> PersonRecord:
    return PersonRecord(
        npi=physician.npi,
        names=physician.names,
        credential=physician.credential or "",
        places=physician.places,
        licenses=physician.licenses,
        specialties=groups_of_taxonomies(taxonomy.code for taxonomy in physician.taxonomies),
    )


def describe_registration(record: Registration) -> PersonRecord:
    """Describe whom or what a registry's record is about."""
    issued = record.enumeration_date
    return PersonRecord(
        npi=record.npi,
        names=record.names,
        credential=record.credential or "",
        places=record.places,
        licenses=tuple([x.license for x in record.taxonomies if x.license]),
        specialties=groups_of_taxonomies(taxonomy.code for taxonomy in record.taxonomies),
        enumerated=issued.earliest.year if issued else None,
        replaced_by=record.replacement_npi or "",
        former_npis=record.former_npis,
        deactivated=record.status == "deactivated",
        organization=record.entity_type == "organization",
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
