"""Assessments as parts of a match, for people to read."""

from functools import lru_cache
from typing import Any, Literal

from credcheck.identity.features.base import Part
from credcheck.identity.profile import Whereabouts
from credcheck.identity.scoring import Assessment
from credcheck.model import Compared
from credcheck.reference.areas import field_name

_DISAGREES = -2.5


def compared(assessed: Assessment) -> tuple[Compared, ...]:
    """Return the parts of an assessment, the name's first."""
    return (*_names(assessed.names), *[_compared(part) for part in assessed.others])


@lru_cache(1 << 14)
def _names(parts: tuple[Part, ...]) -> tuple[Compared, ...]:
    return tuple(map(_compared, parts))


def _compared(part: Part) -> Compared:
    return Compared(
        feature=part.feature,
        ours=shown(part.person),
        theirs=shown(part.row),
        agreement=_agreement(part),
        how=str(part.how),
        bits=round(part.bits, 1) + 0.0,
    )


def _agreement(part: Part) -> Literal["full", "partial", "none"]:
    if part.how.startswith("same"):
        return "full"
    return "none" if part.bits <= _DISAGREES and not _alike(part) else "partial"


def _alike(part: Part) -> bool:
    """Tell whether words that were weighed low are still writings of one name."""
    names = ("family name", "given name", "middle name")
    return part.feature in names and not part.how.startswith("none")


def shown(value: Any) -> str:
    """Return a feature's value as text, the same at every run."""
    if isinstance(value, str):
        return value
    if isinstance(value, Whereabouts):
        return _places(value)
    if isinstance(value, tuple):
        return " / ".join(map(field_name, value))
    if isinstance(value, frozenset):
        return " / ".join(sorted(" ".join(each).upper() for each in value))
    return str(value)


@lru_cache(1 << 12)
def _places(value: Whereabouts) -> str:
    cities = sorted(f"{city.title()}, {state}" for city, state in value.cities)
    shown_states = {state for _, state in value.cities}
    return " / ".join([*cities, *sorted(value.states - shown_states)])
