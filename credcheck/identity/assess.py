"""One row and many people: all that speaks for and against each being the one on the row."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from credcheck.identity.feature import AGAINST, Part
from credcheck.identity.features import NAME_FEATURES, OTHER_FEATURES
from credcheck.identity.features.license import same_license
from credcheck.identity.laying import Laid, lay
from credcheck.identity.person import Profile
from credcheck.identity.shares import Shares


class Assessment(NamedTuple):
    """What the features found of one person, and their sums in bits.

    ``others`` are the parts beside the name's. ``contradicted`` says that some part speaks decisively
    against; of somebody whose name does not fit, nothing else is looked at.
    """

    person: Profile
    names: tuple[Part, ...]
    others: tuple[Part, ...]
    name_bits: float
    other_bits: float
    laid: Laid | None
    contradicted: bool

    @property
    def bits(self) -> float:
        """All that speaks for and against, together."""
        return self.name_bits + self.other_bits

    @property
    def name_fits(self) -> bool:
        """Whether the family and the given name both agree, in whatever way."""
        return self.laid is not None and self.laid.fits

    @property
    def fits(self) -> bool:
        """Whether the name fits and nothing speaks decisively against."""
        return self.name_fits and not self.contradicted

    def how(self, feature: str) -> str:
        """Return how a feature agrees, or nothing if it was not compared."""
        found = (part.how for part in (*self.names, *self.others) if part.feature == feature)
        return next(found, "")

    def bits_without(self, feature: str) -> float:
        """Return what all other features are worth together."""
        return self.bits - sum(part.bits for part in self.others if part.feature == feature)


class _ByName(NamedTuple):
    laid: Laid | None
    parts: tuple[Part, ...]
    bits: float
    contradicted: bool


class Assessor:
    """Assesses many people against one row. What two of them share is compared once."""

    def __init__(self, row: Profile, shares: Shares) -> None:
        """Take the row, and how common values are."""
        self._row = row
        self._shares = shares
        self._by_name: dict[str, _ByName] = {}
        self._features = [
            (feature.view, feature.compare, value, dict[Hashable, Part | None]())
            for feature in OTHER_FEATURES
            if (value := feature.view(row))
        ]

    def __call__(self, person: Profile) -> Assessment:
        """Assess one person."""
        names = self._names(person)
        fits = names.laid is not None and names.laid.fits
        if not fits and not self._shares_a_number(person):
            return Assessment(
                person, names.parts, (), names.bits, 0.0, names.laid, contradicted=False
            )
        others = tuple(self._others(person))
        bits, against = _summed(others)
        against = against or names.contradicted
        return Assessment(person, names.parts, others, names.bits, bits, names.laid, against)

    def _names(self, person: Profile) -> _ByName:
        known = self._by_name.get(person.name_key)
        if known is None:
            laid = lay(self._row.names, person.names)
            found = [compare(laid, self._shares) for compare in NAME_FEATURES] if laid else []
            parts = tuple(filter(None, found))
            known = self._by_name[person.name_key] = _ByName(laid, parts, *_summed(parts))
        return known

    def _others(self, person: Profile) -> list[Part]:
        parts = []
        for view, compare, ours, seen in self._features:
            theirs = view(person)
            if not theirs:
                continue
            try:
                part = seen[theirs]
            except KeyError:
                part = seen[theirs] = compare(ours, theirs, self._shares)
            if part is not None:
                parts.append(part)
        return parts

    def _shares_a_number(self, person: Profile) -> bool:
        row = self._row
        same = bool(row.npi) and row.npi == person.npi
        return same or (bool(row.licenses) and same_license(row.licenses, person.licenses))


def _summed(parts: Sequence[Part]) -> tuple[float, bool]:
    """Return the sum of the weights, and whether one of them speaks decisively against."""
    bits, against = 0.0, False
    for part in parts:
        bits += part.bits
        against = against or part.bits <= AGAINST
    return bits, against
