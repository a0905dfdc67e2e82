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

SPECIALTIES = {
    "anesthesiology": "anesthesiology",
    "physical_medicine_and_rehabilitation": "physical medicine and rehabilitation",
    "orthopaedic_surgery": "orthopaedic surgery",
    "neurological_surgery": "neurological surgery",
    "pain_medicine": "pain medicine",
}
"""The specialties that a standard may name, with their words for a sentence."""

TRAINEE_CODE = "390200000X"
_PHYSICIAN_CODE = re.compile(r"20[0-9A-Z]{7}X")


class TaxonomyMeaning(Model, kw_only=True):
    """A NUCC code's name and base.

    The base is a specialty, ``other``, ``none`` (the code says nothing of a base), ``trainee`` or
    ``not_physician``.
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
    """Return the specialty that a certificate's name means, or None for every other one."""
    return _certificates().get(normalize_phrase(name))


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
    return {normalize_phrase(row["name"]): row["specialty"] for row in rows}
