"""The National Provider Identifier as a value: ten ASCII digits with a check digit.

Rules: CMS, "NPI check digit": the Luhn formula
(ISO/IEC 7812-1) over the prefix 80840 followed by the NPI. The first digit is 1 or 2; all numbers
issued so far start with 1, so numbers that start with 2 are safe for invented people.
"""

import re
from typing import NewType

Npi = NewType("Npi", str)
"""An NPI that passed :func:`parse`: ten ASCII digits, first digit 1 or 2, right check digit."""

_LENGTH = 10
_SHAPE = re.compile(r"[0-9]{10}")
_ONLY_NUMBER_MARKS = re.compile(r"[\d\s.\-]+")
_PREFIX_SUM = 24  # what the constant prefix 80840 adds to the Luhn sum
_ZEROS = 9 * ord("0")
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")  # a digit doubled, its own digits added up
_SSN_DIGITS = 9


class NpiError(ValueError):
    """The text is not an NPI. The message is safe to show: what may be an SSN is masked in it."""


def check_digit(first_nine: str) -> str:
    """Return the check digit that completes nine ASCII digits to an NPI."""
    digits = first_nine.encode("ascii")
    summed = sum(digits[::2].translate(_DOUBLED)) + sum(digits[1::2]) - _ZEROS
    return str(-(_PREFIX_SUM + summed) % 10)


def is_valid(text: str) -> bool:
    """Tell whether the text, exactly as it stands, is a valid NPI."""
    if len(text) != _LENGTH or not (text.isascii() and text.isdigit()):
        return False
    return text[0] in "12" and check_digit(text[:9]) == text[9]


def parse(text: str) -> Npi:
    """Read an NPI that stands exactly as it should.

    Raises NpiError with what is wrong and, for a wrong check digit, the digit that was expected.
    """
    if _SHAPE.fullmatch(text) is None:
        raise NpiError(_shape_problem(text))
    if text[0] not in "12":
        raise NpiError(f"{text} is not an NPI: the first digit must be 1 or 2")
    expected = check_digit(text[:9])
    if expected != text[9]:
        raise NpiError(
            f"{text} is not an NPI: its check digit is {text[9]}, but the first nine digits"
            f" require {expected}; a digit is probably mistyped"
        )
    return Npi(text)


def read_cell(text: str) -> Npi:
    """Read an NPI from a spreadsheet's cell and undo what spreadsheets do to numbers, no more.

    Undone are spaces, hyphens, a leading apostrophe (text mark) or ``#``, and a trailing ``.0`` (number
    format). Raises NpiError for all else: digits lost to ``1.23457E+09`` cannot be brought back.
    """
    if is_valid(text):
        return Npi(text)
    bare = text.strip().lstrip("'#").strip()
    digits = re.sub(r"[\s\u2010-\u2015-]", "", bare.removesuffix(".0"))
    return parse(digits if _SHAPE.fullmatch(digits) else bare)


def masked(text: str) -> str:
    """Return the text with its digits hidden if it may be a Social Security number (nine digits)."""
    if len(re.findall(r"\d", text)) == _SSN_DIGITS and _ONLY_NUMBER_MARKS.fullmatch(text.strip()):
        return re.sub(r"\d", "*", text)
    return text


def _shape_problem(text: str) -> str:
    if re.fullmatch(r"[0-9.]+[eE]\+?[0-9]+", text):
        return (
            f"{text} is not an NPI: a spreadsheet rounded the number and lost digits;"
            " format the column as text and export again"
        )
    if text.isdigit() and not text.isascii():
        return "an NPI has only the digits 0 to 9; these are digits of another script"
    digits = len(re.findall(r"[0-9]", text))
    if digits == _SSN_DIGITS and _ONLY_NUMBER_MARKS.fullmatch(text):
        return (
            "an NPI has 10 digits, this has 9 (value not shown because it may be a Social Security"
            " number; a spreadsheet may have dropped a digit)"
        )
    if text.isascii() and text.isdigit():
        return f"an NPI has 10 digits, {text} has {digits}"
    return f"{text!r} is not an NPI: it must be exactly 10 digits"
