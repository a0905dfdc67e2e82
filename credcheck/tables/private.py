"""Columns that are never read, kept, hashed or shown: they are nobody's business here."""

from credcheck.tables.header import column_key

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
