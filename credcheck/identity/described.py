"""Physicians of the registry, and people on rows, as what they are compared by."""

from credcheck.identity.profile import Described, Profile
from credcheck.model import Physician, Rival
from credcheck.reference.areas import fields_of_taxonomies
from credcheck.source import PersonOnRow


class Known(Profile):
    """A physician of the registry, ready to be compared with rows."""

    def __init__(self, physician: Physician) -> None:
        """Keep the physician."""
        super().__init__(of_physician(physician))
        self.physician = physician


_AT_HAND = 1 << 12
_KNOWN: dict[int, Known] = {}


def known(physician: Physician) -> Known:
    """Return a physician ready to be compared; of one who is at hand, what was made before."""
    found = _KNOWN.get(id(physician))
    if found is None:
        if len(_KNOWN) > _AT_HAND:
            _KNOWN.clear()
        found = _KNOWN[id(physician)] = Known(physician)  # which holds it, so its id is its own
    return found


def of_physician(physician: Physician) -> Described:
    """Describe a physician by the registry's record."""
    return Described(
        npi=physician.npi,
        names=physician.names,
        credential=physician.credential or "",
        places=physician.places,
        licenses=physician.licenses,
        specialties=fields_of_taxonomies(taxonomy.code for taxonomy in physician.taxonomies),
    )


def of_row(about: PersonOnRow) -> Described:
    """Describe whom a row is about."""
    return Described(
        npi=about.npi or "",
        names=about.names,
        places=(about.place,) if about.place else (),
        licenses=(about.license,) if about.license else (),
        specialties=about.fields,
    )


def rival_of(physician: Physician) -> Rival:
    """Return a physician as one of several to choose from."""
    return Rival(
        npi=physician.npi,
        name=physician.name,
        city=physician.city,
        state=physician.state,
        taxonomies=tuple(taxonomy.code for taxonomy in physician.taxonomies),
        former_names=tuple(str(name) for name in physician.names[1:]),
    )
