"""Whether somebody who signs or answers is the physician: nobody verifies themselves. Pure.

A last name with the first name, or with its initial, is taken for the physician's. Staff who bear both
are rare, and then somebody else can sign.
"""

import re
import unicodedata
from collections.abc import Iterable

from credcheck.model import PersonName

_WORD = re.compile(r"[^\W\d_]+")


def is_own_name(text: str, names: Iterable[PersonName]) -> bool:
    """Tell whether a text names the person that has these names."""
    words = _split(text)
    return any(_fits(words, name) for name in names)


def _fits(words: frozenset[str], name: PersonName) -> bool:
    last, first = _split(name.last), _split(name.first)
    if not last or not first or not last <= words:
        return False
    rest = words - last
    return any(each in rest or each[0] in rest for each in first)


def _split(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
