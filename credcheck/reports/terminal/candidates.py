"""People who fit a name, best first, as a table and as JSON. Nobody is picked from them."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from credcheck.model import Rival, to_pretty_json
from credcheck.reference.specialties import taxonomy_name
from credcheck.reports.terminal.styles import safe_text


def candidate_json(people: Sequence[Rival]) -> bytes:
    """Return the people as JSON: ``credcheck.candidates/1``."""
    return to_pretty_json({"schema": "credcheck.candidates/1", "candidates": list(people)})


def candidate_table(people: Sequence[Rival], *, why: bool = False) -> Table:
    """Return the people with number, place, taxonomy and former names.

    ``why`` adds what speaks for each.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for header in ("NPI", "Name", "Place", "Taxonomy"):
        table.add_column(header, overflow="fold", vertical="top")
    table.columns[0].no_wrap = True
    for person in people:
        place = ", ".join(filter(None, (person.city, person.state)))
        named = safe_text(person.name)
        for former in person.former_names:
            named.append("\n").append(safe_text(f"also {former}", "dim"))
        if why and person.compared:
            agrees = "; ".join(f"{part.feature} {part.how}" for part in person.compared)
            named.append("\n").append(safe_text(agrees, "dim"))
        taxonomies = Text("\n").join(safe_text(taxonomy_name(code)) for code in person.taxonomies)
        table.add_row(safe_text(person.npi), named, safe_text(place), taxonomies)
    return table
