"""Specialties: what a taxonomy code and a certificate's name say about them.

Taxonomy codes and names are the NUCC Health Care Provider Taxonomy's, unaltered (see NOTICE); the
``base`` column is credcheck's reading. Codes are compared whole: 2084A2900X ends like a pain code
and is neurocritical care.
"""

import csv
import re
from functools import cache

from credcheck.model.base import Model
from credcheck.reference import table
from credcheck.reference.vocabulary import normalize_phrase


def _read_specialties() -> dict[str, str]:
    rows = csv.DictReader(table("specialties.csv").splitlines())
    return {row["id"]: row["words"] for row in rows}


SPECIALTIES = _read_specialties()
"""The specialties that a standard may name, with their words for a sentence (specialties.csv). NUCC's
classification "Psychiatry & Neurology" does not say which of the two it is."""

OTHER = "other"
"""A specialty that is known and is none of these."""

ANY = "any"
"""In a standard: whichever specialty, as long as it is understood."""

TRAINEE_CODE = "390200000X"
_PHYSICIAN_CODE = re.compile(r"20[0-9A-Z]{7}X")


class TaxonomyMeaning(Model, kw_only=True):
    """A NUCC code's name and base.

    The base is a specialty, ``other``, ``none`` (the code says nothing of a base), ``unclear`` (others
    than physicians bear it too), ``trainee`` or ``not_physician``.
    """

    code: str
    name: str
    base: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


def taxonomy(code: str) -> TaxonomyMeaning | None:
    """Return what a taxonomy code means, or None if it is not in the table."""
    return _taxonomies().get(code)


def taxonomy_name(code: str) -> str:
    """Return ``Anesthesiology (207L00000X)``, or the bare code if it is not in the table."""
    found = taxonomy(code)
    return str(found) if found else code


def is_physician_code(code: str) -> bool:
    """Tell whether a code is of NUCC's grouping Allopathic & Osteopathic Physicians."""
    return _PHYSICIAN_CODE.fullmatch(code) is not None


def certificate_specialty(name: str) -> str | None:
    """Return the specialty that a certificate's name means, ``other`` for a known other one.

    None for a name that is not understood: it may be anything, in other words. The known others are
    NUCC's names of the specialties of physicians.
    """
    wanted = normalize_phrase(name)
    return _certificates().get(wanted) or (OTHER if wanted in _other_names() else None)


@cache
def _taxonomies() -> dict[str, TaxonomyMeaning]:
    rows = csv.DictReader(table("taxonomies.csv").splitlines())
    return {row["code"]: _meaning(row) for row in rows}


def _meaning(row: dict[str, str]) -> TaxonomyMeaning:
    parts = (row["classification"], row["specialization"])
    return TaxonomyMeaning(code=row["code"], name=", ".join(filter(None, parts)), base=row["base"])


@cache
def _certificates() -> dict[str, str]:
    rows = csv.DictReader(table("certificates.csv").splitlines())
    return {
        normalize_phrase(row["name"]): row["specialty"] for row in rows if row["basis"] == "seen"
    }


@cache
def _other_names() -> frozenset[str]:
    """Return NUCC's names of physicians' specialties, without those that speak of pain."""
    rows = csv.DictReader(table("taxonomies.csv").splitlines())
    names = {
        normalize_phrase(name)
        for row in rows
        if is_physician_code(row["code"])
        for name in (row["classification"], row["specialization"])
        if name
    }
    return frozenset(name for name in names if "pain" not in name.split())
