"""Fields of medicine, coarse enough to compare a listing's certificate with NPPES taxonomies.

A field is the first four characters of its NUCC codes (``207L`` is anesthesiology), and ``pain`` for
every pain code of whatever field. This serves identity alone: what a specialty counts for is said in
reference.specialties.
"""

from collections.abc import Iterable

from credcheck.reference.boards import find_boards
from credcheck.reference.specialties import TRAINEE_CODE, certificate_specialty, taxonomy

PAIN = "pain"
_NAMES = {
    PAIN: "pain medicine",
    "2081": "physical medicine and rehabilitation",
    "2084": "psychiatry and neurology",
    "2085": "radiology",
    "2086": "surgery",
}
_FEEDERS = ("207L", "2081", "2084")
"""The fields that most pain physicians come from: anesthesiology, PM&R, psychiatry and neurology."""

_PAIN_CODES = ("208VP0000X", "208VP0014X")
_PAIN_ENDING = "P2900X"
_SAYS_NOTHING = (TRAINEE_CODE, "208D00000X")
_FIELD_OF_BOARD = {
    "ABA": "207L",
    "ABPMR": "2081",
    "ABPN": "2084",
    "ABEM": "207P",
    "ABFM": "207Q",
    "ABR": "2085",
    "ABNS": "207T",
    "ABOS": "207X",
    "ABIM": "207R",
    "ABSurg": "2086",
    "AOBA": "207L",
    "AOBPMR": "2081",
    "AOBNP": "2084",
    "AOBEM": "207P",
    "AOBFP": "207Q",
    "AOBR": "2085",
    "AOBOS": "207X",
    "AOBIM": "207R",
    "AOBS": "2086",
}
_FIELD_OF_SPECIALTY = {
    "anesthesiology": "207L",
    "physical_medicine_and_rehabilitation": "2081",
    "neurological_surgery": "207T",
    "orthopaedic_surgery": "207X",
    "neurology": "2084",
    "child_neurology": "2084",
    "psychiatry": "2084",
    "emergency_medicine": "207P",
    "family_medicine": "207Q",
    "radiology": "2085",
    "internal_medicine": "207R",
}


def group_name(field: str) -> str:
    """Return a field in words: NUCC's classification, or the bare characters if it is not known."""
    found = taxonomy(f"{field}00000X")
    return _NAMES.get(field) or (found.name.casefold() if found else field)


def groups_of_taxonomies(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of a person's codes, pain first. Trainee and generalist codes have none."""
    fields: dict[str, None] = {}
    for code in codes:
        if code in _SAYS_NOTHING or not code.startswith("20"):
            continue
        if code in _PAIN_CODES or code.endswith(_PAIN_ENDING):
            fields[PAIN] = None
        if code not in _PAIN_CODES:
            fields[code[:4]] = None
    return tuple(sorted(fields, key=lambda field: field != PAIN))


def groups_of_certificate(board: str, certificate: str) -> tuple[str, ...]:
    """Return the fields that a certificate goes with: its own first, then that of its board."""
    specialty = certificate_specialty(certificate)
    boards = {_FIELD_OF_BOARD.get(meant.id) for meant in find_boards(board)} - {None}
    if specialty == "pain_medicine":
        return (PAIN, *(sorted(filter(None, boards)) if len(boards) == 1 else _FEEDERS))
    own = _FIELD_OF_SPECIALTY.get(specialty or "")
    return (own,) if own else ()


def groups_of_training(specialty: str) -> tuple[str, ...]:
    """Return the fields that a fellowship's specialty goes with."""
    return (PAIN, *_FEEDERS) if certificate_specialty(specialty) == "pain_medicine" else ()
