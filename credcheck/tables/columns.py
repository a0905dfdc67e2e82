"""Which column of a file is which, guessed from its header or said by the user."""

from collections.abc import Collection, Mapping, Sequence

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Model
from credcheck.tables.base import UnusableTable

_PRACTICE = "provider_business_practice_location_address"
_SHOWN = 12

COLUMNS: dict[str, tuple[str, ...]] = {
    "npi": ("npi_number", "provider_npi", "national_provider_identifier"),
    "last_name": (
        "last",
        "lastname",
        "family_name",
        "surname",
        "provider_last_name",
        "provider_last_name_(legal_name)",
    ),
    "first_name": ("first", "firstname", "given_name", "forename", "provider_first_name"),
    "middle_name": ("middle", "middlename", "middle_initial", "mi", "provider_middle_name"),
    "suffix": ("name_suffix", "suff", "generation", "provider_name_suffix_text"),
    "id": ("provider_id", "record_id", "employee_id", "staff_id", "key"),
    "name": ("full_name", "name_as_printed", "physician", "physician_name", "provider_name"),
    "other_last_name": (
        *("other_last", "former_last_name", "maiden_name", "previous_last_name"),
        "provider_other_last_name",
    ),
    "credential": ("credentials", "cred", "degree", "provider_credential_text"),
    "city": ("citytown", "practice_city", "city/town", f"{_PRACTICE}_city_name"),
    "state": ("practice_state", "st", "state_code", f"{_PRACTICE}_state_name"),
    "license_number": (
        *("license", "licence_number", "license_no", "lic_number"),
        "provider_license_number_1",
    ),
    "license_state": ("licence_state", "lic_state", "provider_license_number_state_code_1"),
    "license2_number": ("provider_license_number_2",),
    "license2_state": ("provider_license_number_state_code_2",),
    "taxonomy": ("taxonomy_code", "primary_taxonomy", "healthcare_provider_taxonomy_code_1"),
    "board": ("certifying_board", "board_name"),
    "certificate": ("certification", "certificate_name"),
    "specialty": ("training_specialty", "fellowship_specialty"),
    "program": ("program_name", "program_code", "fellowship", "fellowship_program"),
    "medical_school": ("med_school", "med_sch", "school"),
    "graduation_year": ("grad_year", "grd_yr", "degree_year"),
    "birth_date": ("dob", "date_of_birth", "birthdate", "birthday"),
    "birth_year": ("year_of_birth", "yob"),
    "certificate_year": ("cert_year", "year_certified", "issued"),
    "training_end_year": ("fellowship_end_year", "end_date", "completion_year"),
    "status": ("npi_status",),
    "replacement_npi": ("replaced_by",),
}
"""Our columns, each with other headers that mean it, those of CMS's NPPES files among them. Case,
spaces and underlines do not matter."""


class ColumnsError(UsageError):
    """A column that is named does not exist, or the file does not say whom its rows are about."""


def guess_columns(
    header: Sequence[str], said: Mapping[str, str], known: Collection[str] = COLUMNS
) -> dict[str, int]:
    """Return where each of our columns stands in a header.

    ``said`` is what the user says (our name -> their header) and goes before any guess; ``known``
    are those of our columns that are looked for. Raises ColumnsError for a column that is not there.
    """
    places = {column_key(name): place for place, name in enumerate(header)}
    found: dict[str, int] = {}
    for ours, theirs in said.items():
        if ours not in known:
            raise ColumnsError(
                f"--columns: {ours!r} is no column of ours{did_you_mean(ours, known)}"
            )
        if column_key(theirs) not in places:
            raise ColumnsError(
                f"--columns: the file has no column {theirs!r}{did_you_mean(theirs, header)}"
            )
        found[ours] = places[column_key(theirs)]
    taken = set(found.values())
    for ours in known:
        at = (places[key] for key in (ours, *COLUMNS[ours]) if key in places)
        if ours not in found and (place := next(at, None)) is not None and place not in taken:
            found[ours] = place
    return found


def explain_missing_names(header: Sequence[str]) -> ColumnsError:
    """Return the error for a file in which no column says whom a row is about."""
    shown = ", ".join(header[:_SHOWN])
    more = f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else ""
    return ColumnsError(
        f"no column for the names among {shown}{more}; say which they are, such as"
        ' --columns last_name="Diplomate Last Name" --columns first_name="Diplomate First Name"'
    )


class Column(Model, kw_only=True):
    """One column by our name. ``required`` columns must be in the file, though cells may be empty."""

    name: str
    required: bool = False


class Schema:
    """The columns of one kind of table, bound to one file's header.

    ``mapping`` says which of their columns is which of ours (our name -> their header). Raises
    UnusableTable if a required column or a mapped header is missing.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        header: Sequence[str],
        mapping: Mapping[str, str],
        file: str,
    ) -> None:
        """Find each of our columns in the header."""
        places = {column_key(name): place for place, name in enumerate(header)}
        self._places: dict[str, int] = {}
        for column in columns:
            theirs = mapping.get(column.name, column.name)
            place = places.get(column_key(theirs))
            if place is not None:
                self._places[column.name] = place
            elif column.name in mapping:
                raise UnusableTable(
                    f"{file}: there is no column {theirs!r}, which columns names for"
                    f" {column.name}{did_you_mean(theirs, header)}"
                )
            elif column.required:
                raise UnusableTable(_explain_missing(file, column.name, columns, header))
        used = set(self._places.values())
        self.others = {name: place for place, name in enumerate(header) if place not in used}

        self.required = tuple(self._places[column.name] for column in columns if column.required)

    def cells(self, cells: Sequence[str]) -> dict[str, str]:
        """Return a row's cells by our column names, without spaces around them."""
        return {name: cells[place].strip() for name, place in self._places.items()}


def _explain_missing(file: str, name: str, columns: Sequence[Column], header: Sequence[str]) -> str:
    required = ", ".join(column.name for column in columns if column.required)
    return (
        f"{file}: the column {name} is missing; found are {', '.join(header)}; needed are"
        f" {required}; if it has another name, map it with columns"
    )


def column_key(name: str) -> str:
    """Return a column's name for comparison: case and spaces do not matter."""
    return "_".join(name.strip().casefold().replace("_", " ").split())


def check_header(file: str, cells: list[str]) -> tuple[str, ...]:
    """Return the header's names. Raises UnusableTable if there are none, or one of them twice."""
    names = tuple(cell.strip() for cell in cells)
    if not any(names):
        raise UnusableTable(f"{file}: the first line holds no column names")
    first: dict[str, int] = {}
    for place, name in enumerate(names, 1):
        plain = column_key(name)
        if plain and plain in first:
            raise UnusableTable(
                f"{file}: column {name!r} appears twice ({first[plain]} and {place});"
                " remove or rename one"
            )
        first[plain] = place
    return names


_PRIVATE = frozenset(
    {
        "ssn",
        "social_security",
        "social_security_no",
        "social_security_number",
        "dob",
        "date_of_birth",
        "birth_date",
        "birthdate",
        "birthday",
    }
)


def is_private(header: str) -> bool:
    """Tell whether a column holds a Social Security number or a date of birth."""
    return column_key(header) in _PRIVATE


__all__ = ["ColumnsError", "bind_people_columns"]

_OF_PEOPLE = tuple(name for name in COLUMNS if name not in {"id", "birth_date"})


def bind_people_columns(header: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return where each of our columns stands. Raises ColumnsError; without names there is none."""
    found = guess_columns(header, said, _OF_PEOPLE)
    if "name" not in found and not {"last_name", "first_name"} <= found.keys():
        raise explain_missing_names(header)
    return found
