"""People as registries describe them."""

from typing import Literal

from credcheck.model.base import Model, Sparse
from credcheck.model.npi import Npi

NameKind = Literal["current", "former", "professional", "other"]


class PersonName(Sparse, kw_only=True):
    """A person's name in its parts, as the source writes it. Empty text where there is no part."""

    last: str
    first: str
    middle: str = ""
    suffix: str = ""
    kind: NameKind = "current"

    def __str__(self) -> str:
        parts = (self.first, self.middle, self.last, self.suffix)
        return " ".join([part for part in parts if part])


class Place(Sparse, kw_only=True):
    """A city and a state (USPS code). Streets are not kept: they may be homes."""

    city: str = ""
    state: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.city, self.state) if part)


class License(Sparse, kw_only=True):
    """A license number and the state that issued it. In NPPES both are self-reported."""

    number: str
    state: str


class Taxonomy(Model, kw_only=True):
    """One NUCC taxonomy code of an NPPES record. Self-reported, as is its license."""

    code: str
    primary: bool = False
    license: License | None = None


class Physician(Model, kw_only=True):
    """The resolved individual. ``state`` and ``city`` are those of the practice address."""

    npi: Npi
    name: str
    credential: str | None = None
    city: str | None = None
    state: str | None = None
    names: tuple[PersonName, ...]
    places: tuple[Place, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()

    @property
    def licenses(self) -> tuple[License, ...]:
        """The licenses that the taxonomies name."""
        return tuple(t.license for t in self.taxonomies if t.license)

    @property
    def states(self) -> frozenset[str]:
        """Every state in which the person practices or is licensed, as far as is known."""
        states = {place.state for place in self.places} | {x.state for x in self.licenses}
        return frozenset(states - {""})
