"""License numbers, and whether two of them are one."""

import re
from functools import lru_cache
from typing import NamedTuple

from credcheck.identity.normalize import is_damaged, squash
from credcheck.model import License
from credcheck.reference.states import usps

_RUNS = re.compile(r"[0-9]+|[a-z]+")
_SHORTEST_MARK = 4  # of the same digit: 0000 and 99999 are written for "none", 7 and 11 are numbers
_PROFESSIONS = frozenset({"MD", "PA"})  # Maryland's letters are those of a degree, too
_CACHE_SIZE = 1 << 14


class LicenseNumber(NamedTuple):
    """A license: its state, the digits of its number without zeros before them, and its letters.

    ``written`` is the whole number as it was written, folded.
    """

    state: str
    digits: str
    letters: str
    written: str

    @property
    def key(self) -> tuple[str, str]:
        """What all writings of one license share."""
        return self.state, self.digits


@lru_cache(_CACHE_SIZE)
def read_license(license_: License) -> LicenseNumber | None:
    """Read a license, or return None where the cell holds a placeholder.

    PENDING, TEMP, the state's letters alone, 00000 and 99999 are no licenses. The state's own letters
    before the number are not of it: ``OH-35.1234`` is ``35.1234``.
    """
    state, written = usps(license_.state), squash(license_.number)
    if not state or is_damaged(license_.number):
        return None
    runs = _RUNS.findall(written)
    digits = "".join(filter(str.isdigit, runs)).lstrip("0")
    letters = _drop_state("".join(filter(str.isalpha, runs)), state)
    marks = len(set(digits)) == 1 and len(digits) >= _SHORTEST_MARK
    return None if not digits or marks else LicenseNumber(state, digits, letters, written)


def _drop_state(letters: str, state: str) -> str:
    rest = letters.removeprefix(state.lower())
    return rest if rest or state not in _PROFESSIONS else letters


def is_same_number(one: LicenseNumber, other: LicenseNumber) -> bool:
    """Tell whether two licenses are one.

    Letters count unless one side has none: boards print MD300332L as 300332, or the other way, but
    DO1234 is not MD1234, where a state's two boards number on their own.
    """
    if one.key != other.key:
        return False
    return one.letters == other.letters or not one.letters or not other.letters
