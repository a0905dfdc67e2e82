"""Registry records as people: the physician of a record, and rivals to choose from."""

from collections.abc import Sequence

from credcheck.model import Physician, Registration, Rival
from credcheck.source import Claim


def physician_of(record: Registration) -> Physician | None:
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


def rivals_of(claims: Sequence[Claim]) -> tuple[Rival, ...]:
    """Return the people of registry claims, in order, each number once."""
    records = (x.record for x in claims if isinstance(x.record, Registration))
    unique = {record.npi: record for record in records if record.names}
    return tuple(_rival(record) for record in unique.values())


def _rival(record: Registration) -> Rival:
    place = record.places[0] if record.places else None
    return Rival(
        npi=record.npi,
        name=_full_name(record),
        city=(place.city or None) if place else None,
        state=(place.state or None) if place else None,
        taxonomies=tuple(taxonomy.code for taxonomy in record.taxonomies),
        former_names=tuple(str(name) for name in record.names[1:]),
    )


def _full_name(record: Registration) -> str:
    return " ".join(filter(None, (str(record.names[0]), record.credential)))
