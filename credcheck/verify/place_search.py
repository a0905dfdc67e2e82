"""Who is at a place: physicians of an imported registry, in the order of their names.

A place and taxonomies find people; they say nothing of what anybody can do. So nobody is judged here,
and the order is that of names, never of verdicts.
"""

from typing import NamedTuple

from credcheck.model import Physician
from credcheck.source import Directory, PlaceQuestion, Snapshot, SourceFailed
from credcheck.source.source_set import SourceSet
from credcheck.verify.physicians import make_physicians

_NO_DIRECTORY = (
    "no configured registry can search by place; import CMS's file:"
    " credcheck sources import nppes FILE"
)


class PlaceSearch(NamedTuple):
    """The people who were found, by the order of names, and which registry said so, of which day."""

    people: tuple[Physician, ...]
    registry: str
    snapshot: Snapshot


def search_place(question: PlaceQuestion, source_set: SourceSet) -> PlaceSearch:
    """Ask the first registry that can list a place. Raises SourceFailed."""
    failed = _NO_DIRECTORY
    for source in source_set.registries:
        if not isinstance(source, Directory):
            continue
        try:
            found = source.list_people(question)
        except SourceFailed as error:
            failed = f"{source.facts.name}: {error}"
            continue
        if found.failure is not None or found.snapshot is None:
            failed = (
                f"{source.facts.name}: {found.failure or 'it did not give the date of its data'}"
            )
            continue
        people = sorted(make_physicians(found.claims), key=_name_order)
        return PlaceSearch(tuple(people), source.facts.name, found.snapshot)
    raise SourceFailed(failed)


def _name_order(person: Physician) -> tuple[str, ...]:
    name = person.names[0]
    return (name.last.casefold(), name.first.casefold(), name.middle.casefold(), person.npi)
