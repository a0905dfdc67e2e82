"""Registry records as people: the physician of a record, and rivals to choose from."""

from collections.abc import Sequence

from credcheck.model import Physician, Registration, Rival
from credcheck.source import Claim


def make_physician(record: Registration) -> Physician | None:
    """Return the individual of a registry record, or None if it names none."""
    if record.entity_type != "individual" or not record.names:
        return None
    place = record.places[0] if record.places else None
    return Physician(
        npi=record.npi,
        name=_full_name(record),
        credential=record.credential,
        city=(place.city or None) if place else None,
        state=(place.state or None) if place else None,
        names=record.names,
        places=record.places,
        taxonomies=record.taxonomies,
    )


def make_rivals(claims: Sequence[Claim]) -> tuple[Rival, ...]:
    """Return the people of registry claims, in order, each number once."""
    from credcheck.identity.profile import make_rival  # here, since a look-up by number has none

    return tuple(map(make_rival, make_physicians(claims)))


def make_physicians(claims: Sequence[Claim]) -> tuple[Physician, ...]:
    """Return the individuals of registry claims, in order, each number once."""
    records = (x.record for x in claims if isinstance(x.record, Registration))
    people = filter(None, map(make_physician, records))
    return tuple({person.npi: person for person in people}.values())


def _full_name(record: Registration) -> str:
    name = str(record.names[0])
    return f"{name} {record.credential}" if record.credential else name
