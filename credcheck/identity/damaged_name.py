"""Names in which characters were lost: they agree with nothing, but may be somebody's all the same."""

import re
from collections.abc import Iterable
from functools import lru_cache

from credcheck.identity.normalize import LOST, is_damaged, squash
from credcheck.model import PersonName

_CACHE_SIZE = 1 << 12


def may_be_named(damaged: Iterable[PersonName], names: Iterable[PersonName]) -> bool:
    """Tell whether a name with lost characters may have been one of somebody's names."""
    own = list(names)
    return any(
        _may_be(name.last, each.last) and _may_be(name.first, each.first)
        for name in damaged
        for each in own
    )


def _may_be(damaged: str, text: str) -> bool:
    word = squash(text)
    if not is_damaged(damaged):
        return squash(damaged) == word
    return _pattern(damaged).fullmatch(word) is not None


@lru_cache(_CACHE_SIZE)
def _pattern(damaged: str) -> re.Pattern[str]:
    """Return what fits a damaged word: for each lost sign there may have been up to two letters."""
    return re.compile(".{0,2}".join(map(squash, LOST.split(damaged))))
