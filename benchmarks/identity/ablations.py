"""The matcher without one thing that it knows, to see what that is worth."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from credcheck.identity import blocking, decision, name_comparison, scoring
from credcheck.identity.features import NAME_FEATURES, OTHER_FEATURES
from credcheck.identity.features.degree import DEGREE
from credcheck.identity.features.license import LICENSE
from credcheck.identity.features.npi import NUMBER
from credcheck.identity.features.place import PLACE
from credcheck.identity.features.school import SCHOOL
from credcheck.identity.features.specialty import SPECIALTY
from credcheck.identity.features.years import CAREER
from credcheck.identity.frequencies import TermFrequencies

Patches = Callable[[], list[Any]]


def _without(*gone: Any) -> Patches:
    kept = tuple(feature for feature in OTHER_FEATURES if feature not in gone)
    return lambda: [patch.object(scoring, "OTHER_FEATURES", kept)]


def _name_feature(name: str) -> Patches:
    kept = tuple(each for each in NAME_FEATURES if each.__name__ != name)
    return lambda: [patch.object(scoring, "NAME_FEATURES", kept)]


def _none(_: str) -> frozenset[str]:
    return frozenset()


def _no_forms() -> list[Any]:
    return [patch.object(each, "nickname_forms", _none) for each in (name_comparison, blocking)]


def _no_spellings() -> list[Any]:
    return [
        patch.object(name_comparison, "spelling_key", lambda word: word),
        patch.object(name_comparison, "other_spellings", _none),
    ]


def _no_slips() -> list[Any]:
    return [patch.object(name_comparison, "is_one_slip", lambda one, other: one == other)]


def _no_rivals() -> list[Any]:
    return [patch.object(decision, "decides", lambda *_: True)]


def _no_rarity() -> list[Any]:
    kinds = ("family", "given", "given_form", "given_spelling")
    return [patch.object(TermFrequencies, kind, lambda *_: 9.0) for kind in kinds]


WITHOUT: dict[str, Patches] = {
    "misprinted NPIs": _without(NUMBER),
    "licenses": _without(LICENSE),
    "places": _without(PLACE),
    "specialties": _without(SPECIALTY),
    "years": _without(*CAREER),
    "schools": _without(SCHOOL),
    "degrees": _without(DEGREE),
    "middle names": _name_feature("middle_name"),
    "suffixes": _name_feature("suffix"),
    "short forms": _no_forms,
    "other spellings": _no_spellings,
    "slips": _no_slips,
    "the rarity of names": _no_rarity,
    "rivals and outsiders": _no_rivals,
}
"""What is left out -> how."""


_REMEMBERED = (
    name_comparison.given_names_agree,
    name_comparison._families_agree,  # noqa: SLF001 - only the ablations need it forgotten
    blocking.lookups,
)


@contextmanager
def without(patches: Patches, shares: TermFrequencies) -> Iterator[None]:
    """Leave something out for a while. What was remembered of words and names is forgotten."""
    _forget(shares)
    started = patches()
    for each in started:
        each.start()
    try:
        yield
    finally:
        for each in started:
            each.stop()
        _forget(shares)


def _forget(shares: TermFrequencies) -> None:
    shares.at_hand_by_name.clear()
    for function in _REMEMBERED:
        function.cache_clear()
