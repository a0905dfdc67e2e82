"""What happens to a name, a number or a place on its way into a listing, one kind a function.

Each takes the row and returns it damaged, or None where the person gives no occasion for it.
"""

import random
import re
from collections.abc import Callable, Mapping

from benchmarks.identity import pools
from benchmarks.identity.people import Person
from credcheck.reference.nicknames import nickname_forms
from credcheck.reference.romanizations import other_spellings

Row = Mapping[str, str]
Damage = Callable[[random.Random, Row, Person], dict[str, str] | None]

_ACCENTS = {"GARCIA": "GARCÍA", "MARTINEZ": "MARTÍNEZ", "RODRIGUEZ": "RODRÍGUEZ", "LOPEZ": "LÓPEZ",
            "HERNANDEZ": "HERNÁNDEZ", "GONZALEZ": "GONZÁLEZ", "PEREZ": "PÉREZ", "SANCHEZ": "SÁNCHEZ",
            "RAMIREZ": "RAMÍREZ", "DIAZ": "DÍAZ", "NUNEZ": "NÚÑEZ", "JOSE": "JOSÉ", "MARIA": "MARÍA",
            "ANDRE": "ANDRÉ", "RENE": "RENÉ", "MULLER": "MÜLLER", "SCHAFER": "SCHÄFER"}  # fmt: skip
_SLIPS = {"A": "E", "E": "A", "I": "Y", "O": "U", "U": "O", "S": "Z", "C": "K", "N": "M", "M": "N",
          "T": "D", "D": "T", "B": "P", "L": "I", "R": "T"}  # fmt: skip
_MISREAD = (("RN", "M"), ("M", "RN"), ("I", "L"), ("O", "0"), ("CL", "D"), ("L", "1"), ("S", "5"))


def short_form(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """Bob for Robert."""
    forms = sorted(nickname_forms(row["first"].lower()))
    return dict(row) | {"first": chance.choice(forms).upper()} if forms else None


def first_initial(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """R for Robert."""
    return dict(row) | {"first": row["first"][0]} if len(row["first"]) > 1 else None


def no_middle(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """The middle name left out."""
    return dict(row) | {"middle": ""} if row["middle"] else None


def slip_family(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """One letter of the family name wrong."""
    return _with(row, "last", _slip(chance, row["last"]))


def slip_given(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """One letter of the given name wrong."""
    return _with(row, "first", _slip(chance, row["first"]))


def goes_by_middle(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """The middle name in the place of the given one."""
    if len(person.middle) < 3:
        return None
    rest = chance.choice(["", person.given[0], person.given])
    return dict(row) | {"first": person.middle, "middle": rest}


def one_part(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """One part of a double name."""
    if not person.second:
        return None
    return _with(row, "last", chance.choice([person.family, person.family, person.second[1:]]))


def former_name(_: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """The name before a marriage."""
    return _with(row, "last", person.former) if person.former else None


def accents(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """Accents that the registry has not."""
    return _respelled(row, lambda word: _ACCENTS.get(word, word))


def misread_bytes(_: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """UTF-8 read as Windows-1252."""
    accented = accents(_, row, person)
    if accented is None:
        return None
    return {
        name: cell.title().encode().decode("cp1252", "replace")
        if name in {"first", "last"}
        else cell
        for name, cell in accented.items()
    }


def joined(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """Signs within a name changed or left out: O'Brien, El-Sayed, Garcia-Lopez."""
    sign = chance.choice(["", " "])
    family = re.sub(r"[ '\-]", sign, row["last"])
    if family == row["last"] and family.startswith("MC") and len(family) > 4:
        family = "MC " + family[2:]
    return _with(row, "last", family)


def no_suffix(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """Jr left out."""
    return dict(row) | {"suffix": ""} if row["suffix"] else None


def moved(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """An address in another state."""
    state = pools.states().draw(chance)[0]
    if not row["state"] or state == person.state:
        return None
    city = pools.cities()[state].draw(chance)[0]
    return dict(row) | {"state": state, "city": city, "license_state": "", "license_number": ""}


def other_spelling(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """Another romanization of the family name."""
    spellings = sorted(other_spellings(row["last"].lower()))
    return _with(row, "last", chance.choice(spellings).upper()) if spellings else None


def swapped(_: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """Family and given name changed over."""
    if person.group in {"white", "black"} or len(row["first"]) < 2:
        return None
    return dict(row) | {"first": row["last"], "last": row["first"]}


def misread_letters(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """Letters that a scanner took for others."""
    for seen, written in _MISREAD:
        if seen in row["last"][1:]:
            return _with(row, "last", row["last"][0] + row["last"][1:].replace(seen, written, 1))
    return None


def joined_given(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """Given and middle name in one cell."""
    if len(person.middle) < 3:
        return None
    first = person.given + chance.choice(["", " ", "-"]) + person.middle
    return dict(row) | {"first": first, "middle": ""}


def cut(_: random.Random, row: Row, _person: Person) -> dict[str, str] | None:
    """Names cut to the width of a field."""
    shorter = {name: row[name][:9].strip(" -'") for name in ("first", "last")}
    return dict(row) | shorter if any(row[name] != shorter[name] for name in shorter) else None


def degree_in_name(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """A degree behind the family name."""
    degree = chance.choice([" MD", ", M.D.", " MD PHD"]) if person.degree == "MD" else ", D.O."
    return _with(row, "last", row["last"] + degree)


def slip_npi(chance: random.Random, row: Row, person: Person) -> dict[str, str] | None:
    """Two digits of the NPI changed over."""
    npi = person.npi
    places = [place for place in range(1, 9) if npi[place] != npi[place + 1]]
    at = chance.choice(places)
    return dict(row) | {"npi": npi[:at] + npi[at + 1] + npi[at] + npi[at + 2 :]}


def slip_license(chance: random.Random, row: Row, _: Person) -> dict[str, str] | None:
    """One digit of the license number wrong."""
    number = row["license_number"]
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    if not digits:
        return None
    at = chance.choice(digits)
    other = str((int(number[at]) + chance.randint(1, 9)) % 10)
    return dict(row) | {"license_number": number[:at] + other + number[at + 1 :]}


def _with(row: Row, column: str, value: str) -> dict[str, str] | None:
    return dict(row) | {column: value} if value and value != row[column] else None


def _respelled(row: Row, spell: Callable[[str], str]) -> dict[str, str] | None:
    changed = {
        name: re.sub(r"[A-Z]+", lambda found: spell(found.group()), row[name])
        for name in ("first", "last")
    }
    return dict(row) | changed if any(row[name] != changed[name] for name in changed) else None


def _slip(chance: random.Random, word: str) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + _SLIPS.get(word[at], "E") + word[at + 1 :],
        ]
    )


KINDS: dict[str, Damage] = {
    each.__name__: each
    for each in (
        *(short_form, first_initial, no_middle, slip_family, slip_given, goes_by_middle, one_part),
        *(former_name, accents, misread_bytes, joined, no_suffix, moved, other_spelling, swapped),
        *(misread_letters, joined_given, cut, degree_in_name, slip_npi, slip_license),
    )
}
