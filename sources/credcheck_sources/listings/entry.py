"""A row of a listing that was read, and what it mentions."""

import re
from typing import NamedTuple

from credcheck.identity.license_number import read_license
from credcheck.identity.normalize import normalize
from credcheck.model import License, Record
from credcheck.model.npi import Npi
from credcheck.source import PersonRecord
from credcheck.tables import RejectedRow, Row

ODD_CODE = "\0"
"""The key of all programs whose number is not understood as one: it may have lost digits."""

_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")


class Entry(NamedTuple):
    """A row of the listing. ``record`` and ``problem`` are as in a Claim.

    ``npis`` are all numbers of a row that has several: it says what it says of each.
    """

    row: Row | RejectedRow
    about: PersonRecord
    record: Record | None
    problem: str | None
    npis: tuple[Npi, ...] = ()


def list_words(entry: Entry) -> set[str]:
    """Return the words in a row, wherever they stand."""
    return {word for cell in entry.row.cells for word in normalize(cell).split()}


def list_numbers(entry: Entry) -> set[str]:
    """Return the ten-digit numbers in a row, wherever they stand."""
    return {number for cell in entry.row.cells for number in _TEN_DIGITS.findall(cell)}


def license_keys(license_: License) -> tuple[str, ...]:
    """Return the key under which a license is found, or nothing for a placeholder."""
    read = read_license(license_)
    return () if read is None else ("\0".join(read.key),)
