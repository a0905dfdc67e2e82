"""Who is a physician: what NUCC's codes and the letters behind a name say of the profession.

Source of the groupings: NUCC Health Care Provider Taxonomy 25.1 (first characters of the codes). The
letters are common use. Both are self-reported in NPPES.
"""

import re
from enum import StrEnum
from functools import lru_cache

from credcheck.reference.specialties import is_physician_code, taxonomy
from credcheck.reference.vocabulary import list_words

_OTHER_PROFESSIONS = (
    *("101", "102", "103", "104", "106", "111", "122", "124", "125", "126", "132", "133", "136"),
    *("146", "152", "156", "163", "164", "167", "171", "172", "173", "175", "176", "183", "211"),
    *("213", "221", "222", "224", "225", "226", "227", "229", "231", "235", "237", "242", "246"),
    *("247", "363", "364", "367", "372", "373", "374", "376"),
)
"""Beginnings of the codes of other professions: behavioral health, chiropractic, dental, dietary,
emergency, eye, nursing, pharmacy, podiatric, rehabilitation, speech, technologists, physician
assistants and advanced practice nurses, aides, and practitioners among the other service providers.
Not here: 174400000X (specialist), 390200000X (student) and the codes of agencies, hospitals and
groups: these name no profession."""
_SHAPE = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")

_LETTERS = re.compile(r"[^a-z]")
_BETWEEN = re.compile(r"[,;/&\s]+|\band\b", re.IGNORECASE)


DEGREES = {
    "MD": frozenset({"md", "mbbs", "mbbch", "mbchb"}),  # foreign degrees that are licensed as an MD
    "DO": frozenset({"do"}),
}
"""The degrees that physicians are licensed with, and the letters for them."""


class Profession(StrEnum):
    """What a code or a credential says of the profession."""

    PHYSICIAN = "physician"
    OTHER = "other"
    UNSAID = "unsaid"


def code_profession(code: str) -> Profession:
    """Return what a taxonomy code says of the profession."""
    if is_physician_code(code):
        found = taxonomy(code)
        # Oral surgeons are dentists too, and "Ph.D. Medical Genetics" names no physician.
        return Profession.UNSAID if found and found.base == "unclear" else Profession.PHYSICIAN
    known = _SHAPE.fullmatch(code) is not None and code.startswith(_OTHER_PROFESSIONS)
    return Profession.OTHER if known else Profession.UNSAID


def list_degrees(credential: str) -> set[str]:
    """Return the degrees of a physician that the letters behind a name tell: MD, DO."""
    letters = {_LETTERS.sub("", word.casefold()) for word in _BETWEEN.split(credential)}
    return {degree for degree, words in DEGREES.items() if letters & words}


@lru_cache(1 << 12)
def credential_profession(credential: str) -> Profession:
    """Return what the letters behind a name say: who is an MD or a DO may be more beside."""
    letters = [_LETTERS.sub("", word.casefold()) for word in _BETWEEN.split(credential)]
    meant = {list_words("credential").get(each) for each in letters}
    for profession in (Profession.PHYSICIAN, Profession.OTHER):
        if profession in meant:
            return profession
    return Profession.UNSAID
