"""``credcheck search`` without a name: physicians at a place, as candidates or as a roster."""

import csv
import io
import re

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck._util.text import pluralize
from credcheck.cli.console import Screen, print_error
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import open_output
from credcheck.cli.options import NameOptions, Request
from credcheck.cli.paths import check_paths, configured_inputs, output_file
from credcheck.cli.session import Session
from credcheck.model import Physician
from credcheck.reference.specialties import SPECIALTIES, taxonomy_name
from credcheck.reference.states import STATES
from credcheck.reference.taxonomy_sets import codes_of_physicians, codes_of_specialty
from credcheck.reference.understanding import understand_specialty
from credcheck.source import PlaceQuestion, SourceFailed
from credcheck.tables.csv_safe import escape_cell
from credcheck.verify.place_search import PlaceSearch, search_place

_COLUMNS = (
    *("npi", "last_name", "first_name", "middle_name", "suffix", "city", "state"),
    "registered_taxonomies",
)

_ZIP = re.compile(r"(?P<whole>[0-9]{5})(?:-?[0-9]{4})?|(?P<area>[0-9]{3})")


def read_place(narrow: NameOptions, zip_code: str | None = None) -> PlaceQuestion:
    """Return the question that the options ask. Raises UsageError."""
    if narrow.state is None:
        raise UsageError(
            "give a name, or --state (with --city, --zip or --specialty) to list everyone there"
        )
    state = narrow.state.strip().upper()
    if state not in STATES:
        message = f"--state {narrow.state!r}: give a two-letter state code, such as OH"
        raise UsageError(f"{message}{did_you_mean(state, STATES)}")
    if narrow.city is not None and not re.search(r"\w", narrow.city):
        raise UsageError(f"--city {narrow.city!r} is not the name of a city")
    return PlaceQuestion(
        state=state,
        city=narrow.city,
        zip_code=_read_zip(zip_code),
        codes=_read_codes(narrow.specialty),
    )


def _read_zip(text: str | None) -> str | None:
    """Return the digits of a ZIP code. Raises UsageError."""
    if text is None:
        return None
    found = _ZIP.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--zip {text!r}: give five digits, such as 43215, or the first three")
    return found["whole"] or found["area"]


def find_people(question: PlaceQuestion, session: Session, screen: Screen) -> PlaceSearch:
    """Ask the registry. Raises CliExit where it cannot tell."""
    with screen.show_status("Reading the registry ..."):
        try:
            return search_place(question, session.source_set)
        except SourceFailed as error:
            raise CliExit(Exit.UNVERIFIED, str(error)) from error


def check_roster(output: str, request: Request, *, force: bool) -> None:
    """Check before anything is asked that the roster can be written. Raises UsageError."""
    if output != "-" and not output.lower().endswith(".csv"):
        raise UsageError(f"-o {output}: a roster is written as CSV; use a name that ends in .csv")
    check_paths(output_file("-o", output), configured_inputs(request), force=force)


def write_roster(found: PlaceSearch, question: PlaceQuestion, output: str) -> None:
    """Write a roster that ``credcheck batch`` reads, in the order of names."""
    with open_output(output) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for person in found.people:
            writer.writerow(map(escape_cell, _roster_row(person, question)))
        text.detach()


def print_count(found: PlaceSearch, shown: int, output: str | None) -> None:
    """Say on stderr how many there are, of which day, and what the list is not."""
    total = len(found.people)
    said = f"{pluralize(total, 'physician')} in {found.registry} of {found.snapshot.as_of}"
    if output is not None and output != "-":
        said += f", written to {output}"
    elif shown < total:
        said += f", showing the first {shown} by name; write all of them with -o roster.csv"
    print_error(f"{said}. Specialties are self-reported, and no one has been checked yet.")


def _read_codes(specialty: str | None) -> frozenset[str]:
    if specialty is None:
        return codes_of_physicians()
    text = specialty.strip()
    wanted = text if text in SPECIALTIES else understand_specialty(text).value
    codes = codes_of_specialty(wanted) if wanted in SPECIALTIES else frozenset()
    if not codes:
        near = did_you_mean(text, SPECIALTIES)
        raise UsageError(f"--specialty {specialty!r}: unknown specialty{near}")
    return codes


def _roster_row(person: Physician, question: PlaceQuestion) -> tuple[str, ...]:
    name = person.names[0]
    here = next((each for each in person.places if each.state == question.state), None)
    city, state = (here.city, here.state) if here else (person.city or "", person.state or "")
    taxonomies = "; ".join(taxonomy_name(each.code) for each in person.taxonomies)
    return (person.npi, name.last, name.first, name.middle, name.suffix, city, state, taxonomies)
