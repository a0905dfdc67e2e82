"""On how many physicians does a list of exclusions cast doubt?

``python -m benchmarks.identity.exclusions`` draws three times by default and prints what it counts.

An invented list of the LEIE's size (83,000 rows, nine in ten without a number) holds nobody of the
10,000 physicians, so every doubt is about a namesake. Doubts are counted without birth dates and
with them.
"""

import argparse
import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.identity import pools
from benchmarks.identity.people import Person, draw_npi, draw_people
from credcheck.identity.case import CandidateSet, NeedsNamesakes
from credcheck.identity.exclusion import decide_exclusion
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.listing_index import ListingIndex
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import Scorer
from credcheck.model import Decision, License, PersonName, Physician, Place, Taxonomy
from credcheck.model.npi import Npi
from credcheck.source import PersonRecord

_ROWS, _PHYSICIANS, _NUMBERED = 83_000, 10_000, 0.1
_GROUPS = {"white": 0.62, "black": 0.17, "hispanic": 0.16, "south_asian": 0.02, "arab": 0.01,
           "chinese": 0.01, "vietnamese": 0.01}  # fmt: skip
"""Groups of those who are excluded: mostly nurses, aides and owners of firms (an estimate)."""


class Doubts(NamedTuple):
    """How many physicians there are, and how many of them a row casts doubt on."""

    physicians: int
    without_dates: int
    with_dates: int


def draw_excluded(chance: random.Random, count: int) -> Iterator[PersonRecord]:
    """Yield so many excluded people, with a middle name in two of three rows, as the LEIE has."""
    groups = pools.weigh(_GROUPS).draw(chance, count)
    drawn = {
        group: iter(pools.draw_families(chance, group, number))
        for group, number in Counter(groups).items()
    }
    for group in groups:
        sex, state = chance.choice("MFF"), pools.states().draw(chance)[0]
        born = _draw_date(chance, int(chance.triangular(1940, 2000, 1968)))
        middle = pools.draw_given(chance, group, sex, born.year) if chance.random() < 0.66 else ""
        name = PersonName(
            last=next(drawn[group]),
            first=pools.draw_given(chance, group, sex, born.year),
            middle=middle[:1] if chance.random() < 0.5 else middle,
        )
        yield PersonRecord(
            npi=Npi(draw_npi(chance)) if chance.random() < _NUMBERED else None,
            names=(name,),
            places=(Place(city=pools.cities()[state].draw(chance)[0], state=state),),
            birth_date=born,
        )


def count_doubts(seed: int, rows: int = _ROWS, physicians: int = _PHYSICIANS) -> Doubts:
    """Draw both, and count the physicians on whom a row casts doubt."""
    chance = random.Random(f"exclusions/{seed}")
    excluded = list(draw_excluded(chance, rows))
    index = ListingIndex()
    for number, record in enumerate(excluded):
        index.add(record.names, number)
    people = draw_people(chance, physicians, 1)[:physicians]
    without = with_dates = 0
    for person in people:
        near = [excluded[number] for number in index.find(_register(person))]
        own = _describe(person)
        dated = replace(own, birth_date=_draw_date(chance, person.born))
        without += _casts_doubt(near, Profile(own))
        with_dates += _casts_doubt(near, Profile(dated))
    return Doubts(len(people), without, with_dates)


def _casts_doubt(rows: Sequence[PersonRecord], own: Profile) -> bool:
    return any(_may_be(row, own) for row in rows)


def _may_be(row: PersonRecord, own: Profile) -> bool:
    """Tell whether a row may be of somebody, where its number leads to nobody."""
    assess = Scorer(Profile(row), default_frequencies())
    found = decide_exclusion(assess, own, None)
    if isinstance(found, NeedsNamesakes):
        found = decide_exclusion(assess, own, CandidateSet((), named=bool(found.names)))
    return not isinstance(found, NeedsNamesakes) and found.decision is not Decision.NO_MATCH


def _names(person: Person) -> tuple[PersonName, ...]:
    own = PersonName(
        last=person.last, first=person.given, middle=person.middle, suffix=person.suffix
    )
    former = (PersonName(last=person.former, first=person.given),) if person.former else ()
    return (own, *former)


def _licenses(person: Person) -> tuple[License, ...]:
    return tuple(License(state=state, number=number) for state, number in person.licenses)


def _describe(person: Person) -> PersonRecord:
    return PersonRecord(
        npi=Npi(person.npi),
        names=_names(person),
        credential=person.degree,
        places=(Place(city=person.city, state=person.state),),
        licenses=_licenses(person),
    )


def _register(person: Person) -> Physician:
    licenses = (Taxonomy(code=person.taxonomy, license=each) for each in _licenses(person))
    return Physician(
        npi=Npi(person.npi),
        name=str(_names(person)[0]),
        names=_names(person),
        places=(Place(city=person.city, state=person.state),),
        taxonomies=tuple(licenses),
    )


def _draw_date(chance: random.Random, year: int) -> dt.date:
    return dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(365))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--physicians", type=int, default=_PHYSICIANS)
    options = parser.parse_args()
    for seed in options.seeds:
        found = count_doubts(seed, physicians=options.physicians)
        print(
            f"seed {seed}: of {found.physicians:,} physicians beside {_ROWS:,} rows,"
            f" {found.without_dates / found.physicians:.2%} are possibly excluded without birth"
            f" dates, {found.with_dates / found.physicians:.2%} with them"
        )


if __name__ == "__main__":
    main()
