"""Who speaks in a record, and whose a record is."""

from enum import StrEnum


class Authority(StrEnum):
    """Who speaks: the issuer itself, someone who saw the issuer's record, or the person."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SELF_REPORTED = "self_reported"


class Decision(StrEnum):
    """Whether a record is of this person. Only ``match`` counts as evidence."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    CONFLICT = "conflict"
    NO_MATCH = "no_match"
