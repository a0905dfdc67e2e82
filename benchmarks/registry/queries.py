"""Name queries as people write them, made from people of a snapshot, with a seed of their own.

Classes: as written, one or two misprints, spelled by ear, short form, former name, family and given
name swapped, half of a double name, a double name joined or parted, an initial.
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from credcheck.model import PersonName
from credcheck.model.npi import Npi
from credcheck.reference.nicknames import nickname_forms
from credcheck_sources.nppes.raw_record import RawRecord
from credcheck_sources.nppes_file.encoding import decode_record
from credcheck_sources.nppes_file.registry import StoredRegistry

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BY_EAR = (("ph", "f"), ("ck", "k"), ("ee", "i"), ("ou", "u"), ("y", "i"), ("z", "s"), ("c", "k"))
_CLASSES = {
    "exact": 10,
    "typo in last": 18,
    "typo in first": 14,
    "typo in both": 8,
    "two typos in last": 6,
    "by ear": 8,
    "nickname": 10,
    "former": 8,
    "swapped": 6,
    "half": 6,
    "hyphen": 3,
    "initial": 3,
}


class NameQuery(NamedTuple):
    """A name as somebody writes it, and who is meant."""

    kind: str
    name: PersonName
    state: str
    npi: Npi


def queries(registry: StoredRegistry, count: int, seed: int) -> list[NameQuery]:
    """Return so many queries about individuals of the snapshot."""
    chance = random.Random(seed)
    (last,) = registry.connection.execute("SELECT max(npi) FROM record").fetchone()
    kinds = chance.choices(list(_CLASSES), weights=list(_CLASSES.values()), k=count)
    found = []
    for kind in kinds:
        while (query := _query(registry, kind, chance, last)) is None:
            pass
        found.append(query)
    return found


def _query(
    registry: StoredRegistry, kind: str, chance: random.Random, last: int
) -> NameQuery | None:
    """Return a query about somebody by chance, or None if it cannot be made of their name."""
    row = registry.connection.execute(
        "SELECT npi, body FROM record WHERE npi >= ? AND entity = '1' LIMIT 1",
        (chance.randrange(2_000_000_000, last),),
    ).fetchone()
    if row is None:
        return None
    person = decode_record(row[0], row[1])
    made = _MAKERS[kind](person, chance)
    if made is None or not all(made):
        return None
    name = PersonName(last=made[0], first=made[1])
    return NameQuery(kind, name, person.places[0][1], Npi(str(row[0])))


def _typo(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    kind = chance.randrange(4)
    if kind == 0 and len(word) > 3:
        return word[:place] + word[place + 1 :]
    if kind == 1 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    letter = chance.choice(_LETTERS).upper()
    return word[:place] + letter + word[place + (kind == 2) :]


def _by_ear(word: str, chance: random.Random) -> str | None:
    able = [(a.upper(), b.upper()) for a, b in _BY_EAR if a.upper() in word]
    if not able:
        return None
    heard, written = chance.choice(able)
    return word.replace(heard, written, 1)


def _nickname(person: RawRecord, chance: random.Random) -> tuple[str, str] | None:
    forms = sorted(nickname_forms(person.first.lower()))
    return (person.last, chance.choice(forms).upper()) if forms else None


def _former(person: RawRecord, chance: random.Random) -> tuple[str, str] | None:
    del chance
    return person.others[0][:2] if person.others else None


def _half(person: RawRecord, chance: random.Random) -> tuple[str, str] | None:
    halves = person.last.split("-")
    return (chance.choice(halves), person.first) if len(halves) > 1 else None


def _hyphen(person: RawRecord, chance: random.Random) -> tuple[str, str] | None:
    return (person.last.replace("-", chance.choice((" ", ""))), person.first)


def _heard(person: RawRecord, chance: random.Random) -> tuple[str, str] | None:
    last = _by_ear(person.last, chance)
    return (last, person.first) if last else None


_MAKERS: dict[str, Callable[[RawRecord, random.Random], tuple[str, str] | None]] = {
    "exact": lambda x, _: (x.last, x.first),
    "typo in last": lambda x, chance: (_typo(x.last, chance), x.first),
    "typo in first": lambda x, chance: (x.last, _typo(x.first, chance)),
    "typo in both": lambda x, chance: (_typo(x.last, chance), _typo(x.first, chance)),
    "two typos in last": lambda x, chance: (_typo(_typo(x.last, chance), chance), x.first),
    "by ear": _heard,
    "nickname": _nickname,
    "former": _former,
    "swapped": lambda x, _: (x.first, x.last),
    "half": _half,
    "hyphen": lambda x, chance: _hyphen(x, chance) if "-" in x.last else None,
    "initial": lambda x, _: (x.last, x.first[:1]),
}
