"""Accreditors of training programs that a standard may name."""

from credcheck.reference.understanding import understand_program_number, understand_word
from credcheck.reference.vocabulary import normalize_phrase

ACGME = "ACGME"
ACCREDITORS = {
    "ACGME": "Accreditation Council for Graduate Medical Education",
    "AOA": "American Osteopathic Association",
    "CAST": "Committee on Advanced Subspecialty Training",
}
"""Their abbreviations, as standards write them, with their names. The words of listings for them are in
``words.toml``."""

OLDER_PAIN_CODES = ("048", "341", "181", "402", "403")
"""First digits of the numbers of pain programs before 530, under anesthesiology, PM&R, neurology and
psychiatry. From memory: they excuse a number from contradicting the specialty, and prove nothing."""

OLDER_PAIN_CODES_UNTIL = 2007
"""The last year of the older codes: joint requirements came into force in July 2007."""

_STATES = frozenset(
    {
        *range(1, 6), *range(7, 13), *range(14, 44), *range(45, 52), 54, 55, 56, 57,
    }
)  # fmt: skip
"""What digits 4 and 5 of the ACGME's numbers may be: the sponsor's state.

Seen in 1,368 numbers of 2016 to 2019.
"""

_OWN_WORD = "accreditation"


def is_acgmes(number: str, status: str) -> bool:
    """Tell whether a program's number and status are the ACGME's own.

    The number has ten digits with a state in its place, and the status is one of the ACGME's own words,
    such as "Continued Accreditation"; "Accredited" alone may be anybody's.
    """
    digits = understand_program_number(number).value
    if digits is None or int(digits[3:5]) not in _STATES:
        return False
    is_own = _OWN_WORD in normalize_phrase(status).split()
    return is_own and understand_word("accreditation", status).value is not None
