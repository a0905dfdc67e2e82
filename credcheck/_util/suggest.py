"""The nearest known name to a mistyped one, for error messages."""

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)``, or `` (known are: ...)`` where none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.5)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (known are: {', '.join(names)})" if names else ""
