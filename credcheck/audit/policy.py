"""What an audit fails on: the words of --fail-on."""

import re
from collections.abc import Collection

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Model

DEFAULT = "does_not_meet,unverified"
_EXPIRING = re.compile(r"expiring:([0-9]{1,4})d")
_WORDS = ("does_not_meet", "unverified", "changed", "expiring:90d", "none")


class FailOnError(UsageError):
    """The words cannot be read. The message says which, and what they may be."""


class FailOn(Model, kw_only=True):
    """What gates. ``expiring`` is a number of days: a certificate that ends within them gates."""

    does_not_meet: bool = False
    unverified: bool = False
    changed: bool = False
    expiring: int | None = None


def parse_fail_on(text: str) -> FailOn:
    """Read a comma list of does_not_meet, unverified, changed, expiring:90d, or none."""
    words = [word.strip() for word in text.split(",")]
    if words == ["none"]:
        return FailOn()
    days = [int(found.group(1)) for word in words if (found := _EXPIRING.fullmatch(word))]
    for word in words:
        if word not in _WORDS[:3] and not _EXPIRING.fullmatch(word):
            raise FailOnError(_explain_unknown(word, words))
    return FailOn(
        does_not_meet="does_not_meet" in words,
        unverified="unverified" in words,
        changed="changed" in words,
        expiring=max(days, default=None),
    )


def _explain_unknown(word: str, words: Collection[str]) -> str:
    if word == "none" and len(words) > 1:
        return "--fail-on: 'none' cannot be combined with other words"
    near, known = did_you_mean(word, _WORDS), ", ".join(_WORDS)
    return f"--fail-on: unknown word {word!r}{near}; use {known}"
