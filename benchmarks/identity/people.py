"""Invented physicians, with as many namesakes as in the nation, and what a registry has of them.

A nation of 1.1 million is drawn first; then whole families are taken from it, some of every rank, and
with each family all who bear it. So a James Smith has as many namesakes here as there, though the file
holds 20,000 people.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.identity import pools
from credcheck.model.npi import check_digit
from credcheck.reference import table

NATION = 1_100_000
_RELATIVES = 0.008
_SUFFIXES = (("JR", 0.022), ("III", 0.010), ("II", 0.004), ("SR", 0.002))
_FOREIGN = {"white": 0.07, "black": 0.3, "hispanic": 0.35, "south_asian": 0.5, "arab": 0.6,
            "chinese": 0.35, "korean": 0.25, "vietnamese": 0.2}  # fmt: skip
_FOREIGN_SCHOOLS = [
    "Madras Medical College",
    "Osmania Medical College",
    "Cairo University",
    "Damascus University",
    "King Edward Medical College",
    "Aga Khan University",
    "Peking Union Medical College",
    "Seoul National University",
    "University of the Philippines",
    "University of Ibadan",
    "Universidad de Buenos Aires",
    "McGill University",
    "Trinity College Dublin",
]
_PAIN = {
    "208VP0014X": 24, "207LP2900X": 27, "207L00000X": 20, "2081P2900X": 9, "208100000X": 7,
    "208VP0000X": 4, "2084N0400X": 3, "390200000X": 2, "207R00000X": 2, "207Q00000X": 2,
}  # fmt: skip
_OTHERS = {
    "207R00000X": 22, "207Q00000X": 16, "208000000X": 9, "207P00000X": 7, "207V00000X": 5,
    "2084P0800X": 5, "207L00000X": 5, "2085R0202X": 5, "208600000X": 4, "207X00000X": 4,
    "207RC0000X": 4, "208M00000X": 4, "2084N0400X": 2, "208100000X": 2, "390200000X": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """An invented physician. ``second`` is the second part of a double name, with its sign before."""

    npi: str
    group: str
    sex: str
    born: int
    family: str
    given: str
    middle: str
    suffix: str
    former: str
    second: str
    state: str
    city: str
    school: str
    degree: str
    graduated: int
    trained: int
    taxonomy: str
    licenses: tuple[tuple[str, str], ...]
    is_listed: bool = False
    has_relative: bool = False
    replaced: tuple[str, ...] = field(default=())

    @property
    def last(self) -> str:
        """The whole family name."""
        return self.family + self.second


def draw_people(chance: random.Random, count: int, listed: int) -> list[Person]:
    """Draw so many physicians, of whom so many stand in the listings."""
    drawn = list(_draw_families(chance, count))
    people = [_draw_person(chance, *each) for each in drawn]
    people += [
        _draw_father(chance, person)
        for person in people
        if person.sex == "M" and person.born > 1962 and chance.random() < _RELATIVES
    ]
    fathers = {(x.family, x.given, x.city) for x in people if x.has_relative}
    people = [replace(x, has_relative=(x.family, x.given, x.city) in fathers) for x in people]
    chance.shuffle(people)
    places = [place for place, x in enumerate(people) if 1948 <= x.born <= 1992]
    places.sort(key=lambda place: not people[place].has_relative)
    kin = [place for place in places if people[place].has_relative][: listed // 30]
    rest = [place for place in places if not people[place].has_relative]
    for place in [*kin, *rest[: listed - len(kin)]]:
        taxonomy = pools.weigh(_PAIN).draw(chance)[0]
        people[place] = replace(people[place], is_listed=True, taxonomy=taxonomy)
    return people


def _draw_families(chance: random.Random, count: int) -> Iterator[tuple[str, str]]:
    """Yield the group and the family name of everybody who bears one of the families taken."""
    nation: list[tuple[str, str]] = []
    for group, share in pools.GROUPS.items():
        names = pools.draw_families(chance, group, int(NATION * share))
        nation += [(group, name) for name in names]
    bearers = Counter(name for _, name in nation)
    ranked = sorted(bearers, key=lambda name: (-bearers[name], name))
    step = NATION / count
    start = chance.random() * step
    taken = {
        ranked[int(start + place * step)] for place in range(int((len(ranked) - start) / step))
    }
    total = sum(bearers[name] for name in taken)
    for name in sorted(taken, key=lambda name: -bearers[name]):
        if total <= count * 1.02:
            break
        taken.discard(name)  # the very biggest families, where they would be all there is
        total -= bearers[name]
    yield from (each for each in nation if each[1] in taken)


def _draw_person(chance: random.Random, group: str, family: str) -> Person:
    born = int(chance.triangular(1940, 1997, 1976))
    sex = "F" if chance.random() < min(0.52, 0.1 + (born - 1940) * 0.008) else "M"
    state = pools.states().draw(chance)[0]
    foreign = chance.random() < _FOREIGN[group]
    school = chance.choice(_FOREIGN_SCHOOLS) if foreign else _draw_school(chance)
    graduated = born + 26 + min(8, int(chance.expovariate(0.7)))
    middle = pools.draw_given(chance, group, sex, born) if chance.random() < 0.8 else ""
    former, second = _draw_marriage(chance, group, sex)
    return Person(
        npi=draw_npi(chance),
        group=group,
        sex=sex,
        born=born,
        family=family,
        given=pools.draw_given(chance, group, sex, born),
        middle=former if former and chance.random() < 0.3 else middle,
        suffix=_draw_suffix(chance) if sex == "M" else "",
        former=former,
        second=second,
        state=state,
        city=pools.cities()[state].draw(chance)[0],
        school=school,
        degree="DO" if "OSTEOPATHIC" in school else "MD",
        graduated=graduated,
        trained=graduated + 5 + (chance.random() < 0.35) + int(chance.expovariate(1.2)),
        taxonomy=pools.weigh(_OTHERS).draw(chance)[0],
        licenses=_draw_licenses(chance, state),
    )


def _draw_father(chance: random.Random, son: Person) -> Person:
    """Draw a father of the same name and city, who is a physician too."""
    father = _draw_person(chance, son.group, son.family)
    born = son.born - chance.randint(24, 36)
    return replace(
        father,
        sex="M",
        born=born,
        given=son.given,
        middle=son.middle if chance.random() < 0.6 else father.middle,
        suffix="SR" if chance.random() < 0.3 else "",
        former="",
        second=son.second,
        state=son.state,
        city=son.city,
        graduated=born + 27,
        trained=born + 33,
        has_relative=True,
    )


def _draw_marriage(chance: random.Random, group: str, sex: str) -> tuple[str, str]:
    """Return a former family name, and the second part of a double one."""
    other = pools.draw_families(chance, group, 1)[0]
    if sex == "F" and chance.random() < 0.45:
        return (other, "") if chance.random() < 0.75 else ("", chance.choice("-- ") + other)
    if group == "hispanic" and chance.random() < 0.3:
        return "", chance.choice("- ") + other
    return "", ""


def _draw_suffix(chance: random.Random) -> str:
    number = chance.random()
    for suffix, share in _SUFFIXES:
        number -= share
        if number < 0:
            return suffix
    return ""


def _draw_school(chance: random.Random) -> str:
    return chance.choice(_schools())


def _schools(known: list[str] = []) -> Sequence[str]:  # noqa: B006 - filled once
    if not known:
        known.extend(line.split(",")[0] for line in table("schools.csv").splitlines()[1:])
    return known


def _draw_licenses(chance: random.Random, state: str) -> tuple[tuple[str, str], ...]:
    first = (state, draw_license(chance, state))
    if chance.random() < 0.2:
        other = pools.states().draw(chance)[0]
        return first, (other, draw_license(chance, other))
    return (first,)


def draw_license(chance: random.Random, state: str) -> str:
    """Draw a license number in the manner of a state."""
    forms = {"FL": "ME######", "CA": "A######", "TX": "K####", "PA": "MD######L", "OH": "35.######",
             "NJ": "25MA########", "WA": "MD00######", "MI": "4301######"}  # fmt: skip
    form = forms.get(state, "#####" if state > "M" else "######")
    return "".join(str(chance.randrange(10)) if sign == "#" else sign for sign in form)


def draw_npi(chance: random.Random) -> str:
    """Draw a number that was never issued: it begins with 2."""
    first = f"2{chance.randrange(10**8):08d}"
    return first + check_digit(first)
