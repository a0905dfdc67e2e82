"""How dates are written: forms such as ``MM/DD/YYYY``, as a listing declares them.

A form is made of YYYY or YY, MM, MON or MONTH (names of months), DD, and a time that is read over:
HH, MM after HH, SS, AM. Everything else stands for itself. Forms of ``strptime`` (``%m/%d/%Y``) are
taken too. No form is guessed here: which one a listing has, it declares or shows in all its rows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

DEFAULT_FORMS = ("YYYY-MM-DD", "MM/DD/YYYY", "YYYYMMDD", "YYYY-MM", "YYYY")
"""The forms that are read unless a listing declares others."""

EXAMPLES = (
    *("MM/DD/YYYY", "DD/MM/YYYY", "MM/DD/YY", "YYYY/MM/DD", "MM-DD-YYYY", "DD.MM.YYYY", "MM.DD.YY"),
    *("MM/YYYY", "DD-MON-YYYY", "MON DD, YYYY", "MONTH DD, YYYY", "MONTH YYYY"),
    *(
        "YYYY-MM-DD HH:MM:SS",
        "YYYY-MM-DDTHH:MM:SS",
        "MM/DD/YYYY HH:MM:SS",
        "MM/DD/YYYY HH:MM:SS AM",
    ),
    *("MM/DD/YYYY HH:MM", "MM/DD/YYYY HH:MM AM"),
)
"""Forms that files were seen to have beside the default ones; tried where one is to be proposed."""

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_NAME = "|".join(sorted({*MONTHS, *(month[:3] for month in MONTHS), "sept"}, key=len, reverse=True))
_PARTS = re.compile(
    r"YYYY|YY|MONTH|MMMM|MON|MMM|MM|M|DD|D|HH|H|SS|S|AM|PM|TT|A|T(?=H)|[^A-Z0-9%]+", re.IGNORECASE
)
_STRPTIME = {
    "%Y": "YYYY", "%y": "YY", "%m": "MM", "%b": "MON", "%B": "MON", "%d": "DD", "%e": "DD",
    "%H": "HH", "%I": "HH", "%M": "MM", "%S": "SS", "%p": "AM",
}  # fmt: skip
_ALIASES = {
    "MMMM": "MON", "MONTH": "MON", "MMM": "MON", "M": "MM", "D": "DD", "H": "HH", "S": "SS",
    "PM": "AM", "TT": "AM", "A": "AM",
}  # fmt: skip
_CACHE_SIZE = 256
_PIVOT = 69  # two digits from here on are of the last century, as POSIX has it


class FormError(ValueError):
    """The text is no form of a date."""


@lru_cache(_CACHE_SIZE)
def compile_form(form: str) -> re.Pattern[str]:
    """Return the pattern of a form. Raises FormError with the part that is not understood."""
    parts = _split_form(form)
    dates = [each for each in parts if each in {"YYYY", "YY", "MM", "MON", "DD"}]
    if len(set(dates)) != len(dates) or {"YYYY", "YY"} <= set(dates) or {"MM", "MON"} <= set(dates):
        raise FormError(f"date format {form!r} names one part twice")
    if not {"YYYY", "YY"} & set(dates) or ("DD" in dates and not {"MM", "MON"} & set(dates)):
        raise FormError(f"date format {form!r} needs a year, and a month if it has a day")
    is_fixed = parts[0] == "YYYY" or all(each.isalpha() for each in parts)
    return re.compile("".join(_pattern(each, is_fixed=is_fixed) for each in parts), re.IGNORECASE)


def check_forms(forms: Sequence[str]) -> None:
    """Check declared forms. Raises FormError where one is none, or two read a text differently."""
    seen: dict[str, str] = {}
    for form in forms:
        compile_form(form)
        shape = _shape(form)
        other = seen.setdefault(shape, form)
        if _split_form(other) != _split_form(form):
            raise FormError(
                f"date formats {other!r} and {form!r} read the same text as two different days;"
                " declare only one of them"
            )


def month_number(text: str) -> int:
    """Return the number of a month by its name or the first three letters of it."""
    return next(at for at, name in enumerate(MONTHS, 1) if name[:3] == text[:3].lower())


def full_year(two_digits: int) -> int:
    """Return the year that two digits stand for: 69 to 99 are of the last century."""
    return two_digits + (1900 if two_digits >= _PIVOT else 2000)


def _split_form(form: str) -> list[str]:
    """Return the parts of a form in capitals; minutes are told from months by the hour before them."""
    for directive, ours in _STRPTIME.items():
        form = form.replace(directive, ours)
    parts: list[str] = []
    at = 0
    while at < len(form):
        found = _PARTS.match(form, at)
        if found is None:
            raise FormError(
                f"date format {form!r}: {form[at:]!r} is not recognized; build it from YYYY, YY,"
                " MM, MON,"
                " MONTH, DD, HH, SS and AM, such as 'MM/DD/YYYY' or 'DD-MON-YYYY HH:MM:SS'"
            )
        part = found.group().upper()
        part = _ALIASES.get(part, part)
        if part == "MM" and next((x for x in reversed(parts) if x.isalpha()), "") == "HH":
            part = "MINUTE"
        parts.append(part)
        at = found.end()
    if not parts:
        raise FormError("a date format is empty")
    return parts


def _pattern(part: str, *, is_fixed: bool) -> str:
    digits = "{2}" if is_fixed else "{1,2}"
    known = {
        "YYYY": "(?P<y>[0-9]{4})",
        "YY": "(?P<yy>[0-9]{2})",
        "MM": f"(?P<m>[0-9]{digits})",
        "MON": rf"(?P<mon>{_NAME})\.?",
        "DD": f"(?P<d>[0-9]{digits})",
        "HH": "(?:[01]?[0-9]|2[0-3])",
        "MINUTE": "[0-5][0-9]",
        "SS": r"[0-5][0-9](?:\.[0-9]{1,9})?",
        "AM": "[AP]M",
        "T": "T",
    }
    return known.get(part) or re.escape(part).replace(r"\ ", r"\s+")


def _shape(form: str) -> str:
    """Return what two forms have in common that may read one text: digits where digits stand."""
    digits = {"YYYY": "00", "YY": "0", "MM": "0", "DD": "0"}
    return "".join(digits.get(each, each) for each in _split_form(form))
