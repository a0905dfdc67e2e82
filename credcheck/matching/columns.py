"""Which column of a file is which, guessed from its header or said by the user."""

from collections.abc import Mapping, Sequence

from credcheck.nearest import nearest
from credcheck.tables.csv_table import column_key

COLUMNS: dict[str, tuple[str, ...]] = {
    "npi": ("npi_number", "provider_npi", "national_provider_identifier"),
    "last_name": ("last", "lastname", "family_name", "surname", "provider_last_name"),
    "first_name": ("first", "firstname", "given_name", "forename", "provider_first_name"),
    "middle_name": ("middle", "middlename", "middle_initial", "mi", "provider_middle_name"),
    "suffix": ("name_suffix", "suff", "generation"),
    "name": ("full_name", "name_as_printed", "physician", "physician_name", "provider_name"),
    "other_last_name": ("other_last", "former_last_name", "maiden_name", "previous_last_name"),
    "credential": ("credentials", "cred", "degree", "provider_credential"),
    "city": ("citytown", "practice_city", "city/town"),
    "state": ("practice_state", "st", "state_code"),
    "license_number": ("license", "licence_number", "license_no", "lic_number"),
    "license_state": ("licence_state", "lic_state"),
    "license2_number": (),
    "license2_state": (),
    "taxonomy": ("taxonomy_code", "primary_taxonomy"),
    "board": ("certifying_board", "board_name"),
    "certificate": ("certification", "certificate_name"),
    "specialty": ("training_specialty", "fellowship_specialty"),
    "program": ("program_name", "program_code", "fellowship", "fellowship_program"),
    "medical_school": ("med_school", "med_sch", "school"),
    "graduation_year": ("grad_year", "grd_yr", "degree_year"),
    "birth_year": ("year_of_birth", "yob"),
    "certificate_year": ("cert_year", "year_certified", "issued"),
    "training_end_year": ("fellowship_end_year", "end_date", "completion_year"),
    "status": ("npi_status",),
    "replacement_npi": ("replaced_by",),
}
"""Our columns, each with other headers that mean it. Case, spaces and underlines do not matter."""


class ColumnsError(ValueError):
    """A column that is named does not exist, or the file does not say whom its rows are about."""


def guess_columns(header: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return where each of our columns stands in a header.

    ``said`` is what the user says (our name -> their header) and goes before any guess. Raises
    ColumnsError for a column that is not there, and where there is no name at all.
    """
    places = {column_key(name): place for place, name in enumerate(header)}
    found: dict[str, int] = {}
    for ours, theirs in said.items():
        if ours not in COLUMNS:
            raise ColumnsError(f"--columns: {ours!r} is no column of ours{nearest(ours, COLUMNS)}")
        if column_key(theirs) not in places:
            raise ColumnsError(
                f"--columns: the file has no column {theirs!r}{nearest(theirs, header)}"
            )
        found[ours] = places[column_key(theirs)]
    for ours, others in COLUMNS.items():
        at = (places[key] for key in (ours, *others) if key in places)
        if ours not in found and (place := next(at, None)) is not None:
            found[ours] = place
    if "name" not in found and not {"last_name", "first_name"} <= found.keys():
        raise ColumnsError(
            f"no column for the names among {', '.join(header)}; say which they are, such as"
            ' --columns last_name="Diplomate Last Name" --columns first_name="Diplomate First Name"'
        )
    return found
