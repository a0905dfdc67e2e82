"""License numbers: a number with its state is nearly as good as an NPI."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement, is_one_slip

_SAME = 20.0
_SLIP = 8.0
_ANOTHER = -4.0
_LONG_ENOUGH = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_License = tuple[str, str]


def compare(
    row: frozenset[_License], person: frozenset[_License], _shares: TermFrequencies
) -> FeatureScore | None:
    """Weigh licenses of the same state. One of another state says nothing: people hold several."""
    states = {state for state, _ in row} & {state for state, _ in person}
    ours = [license_ for license_ in row if license_[0] in states]
    theirs = [license_ for license_ in person if license_[0] in states]
    if not states:
        return None
    agreement, how, bits = Agreement.NONE, "another", _ANOTHER
    if is_same_license(row, person):
        agreement, how, bits = Agreement.SAME, "same", _SAME
    elif any(_misprint(a, b) for a in ours for b in theirs):
        agreement, how, bits = Agreement.SLIP, "one slip", _SLIP
    return FeatureScore(
        FeatureName.LICENSE, frozenset(ours), frozenset(theirs), agreement, how, bits
    )


def is_same_license(row: frozenset[_License], person: frozenset[_License]) -> bool:
    """Tell whether two people share a license.

    Letters before the number do not count: boards print MD300332L as 300332L, or the other way.
    """
    return not row.isdisjoint(person) or not set(map(_core, row)).isdisjoint(map(_core, person))


def _core(license_: _License) -> _License:
    state, number = license_
    return state, number.lstrip(_LETTERS) or number


def _misprint(one: _License, other: _License) -> bool:
    longest = max(len(one[1]), len(other[1]))
    return one[0] == other[0] and longest >= _LONG_ENOUGH and is_one_slip(one[1], other[1])


LICENSE = Feature(attrgetter("licenses"), compare)
