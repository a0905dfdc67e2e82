"""License numbers: a number with its state is nearly as good as an NPI."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.license_number import LicenseNumber, is_same_number
from credcheck.identity.name_comparison import Agreement, is_one_slip

_SAME = 20.0
_SLIP = 8.0
_ANOTHER = -4.0
_LONG_ENOUGH = 5

_Licenses = frozenset[LicenseNumber]


def compare(row: _Licenses, person: _Licenses, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh licenses of the same state. One of another state says nothing: people hold several."""
    states = {x.state for x in row} & {x.state for x in person}
    if not states:
        return None
    ours = [x for x in row if x.state in states]
    theirs = [x for x in person if x.state in states]
    agreement, how, bits = Agreement.NONE, "another", _ANOTHER
    if is_same_license(row, person):
        agreement, how, bits = Agreement.SAME, "same", _SAME
    elif any(_is_misprint(a, b) for a in ours for b in theirs):
        agreement, how, bits = Agreement.SLIP, "one slip", _SLIP
    return FeatureScore(
        FeatureName.LICENSE, _spellings(ours), _spellings(theirs), agreement, how, bits
    )


def is_same_license(row: _Licenses, person: _Licenses) -> bool:
    """Tell whether two people share a license."""
    return any(is_same_number(ours, theirs) for ours in row for theirs in person)


def _is_misprint(one: LicenseNumber, other: LicenseNumber) -> bool:
    """Tell whether one digit parts two licenses of one state, and no letters do."""
    if one.state != other.state or min(len(one.digits), len(other.digits)) < _LONG_ENOUGH:
        return False
    letters = one.letters == other.letters or not one.letters or not other.letters
    return letters and one.digits != other.digits and is_one_slip(one.digits, other.digits)


def _spellings(licenses: list[LicenseNumber]) -> frozenset[tuple[str, str]]:
    return frozenset((each.state, each.written) for each in licenses)


LICENSE = Feature(attrgetter("licenses"), compare)
