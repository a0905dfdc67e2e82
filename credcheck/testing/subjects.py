"""Invented people to ask a source about."""

from credcheck.model import License, PersonName, Physician, Place, Taxonomy
from credcheck.model.npi import parse
from credcheck.source import Subject

NOBODY = "2999999990"
"""A valid NPI that was never issued and that no source should know."""


def physician(
    npi: str, last: str, first: str, *, state: str = "OH", license_number: str = "35.000001"
) -> Physician:
    """Return an invented physician who practices and is licensed in the state."""
    return Physician(
        npi=parse(npi),
        name=f"{first} {last}",
        city="Columbus",
        state=state,
        names=(PersonName(last=last, first=first),),
        places=(Place(city="Columbus", state=state),),
        taxonomies=(
            Taxonomy(
                code="207L00000X",
                primary=True,
                license=License(number=license_number, state=state),
            ),
        ),
    )


def subject(person: Physician) -> Subject:
    """Return the physician as sources are asked about them."""
    return Subject(npi=person.npi, physician=person)
