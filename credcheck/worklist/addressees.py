"""Who can tell what is missing: decided by the reason's code and the records, never by its words.

Sources: NCQA CR 3 and 4 (which sources count for what); OIG, "Tips" for the LEIE; ACGME, public program
search (ADS).
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from credcheck.model import (
    CertificateEvidence,
    CompetencyEvidence,
    Evidence,
    ExclusionEvidence,
    FellowshipEvidence,
    LicenseEvidence,
    Model,
    Physician,
    ProgramEvidence,
    Reason,
    ReasonCode,
    RegistrationEvidence,
    Verdict,
)
from credcheck.reference.boards import MEMBERSHIPS, all_boards
from credcheck.reference.specialties import taxonomy
from credcheck.reference.understanding import program_key, understand_board
from credcheck.standards.loader import Requirement


class AddresseeKind(StrEnum):
    """Who is asked, in the order of a work list."""

    BOARD = "board"
    PROGRAM = "program"
    ACCREDITOR = "accreditor"
    OIG = "oig"
    LIST = "list"
    STATE = "state"
    REGISTRY = "registry"
    PHYSICIAN = "physician"
    SELF = "self"


class Wanted(StrEnum):
    """What kind of entry an answer becomes; ``nothing`` where it is no entry of the book."""

    CERTIFICATE = "certificate"
    FELLOWSHIP = "fellowship"
    PROGRAM = "program"
    COMPETENCY = "competency"
    LICENSE = "license"
    DISPOSITION = "disposition"
    NOTHING = "nothing"


class Addressee(Model, kw_only=True):
    """Who is asked. ``key`` is what they are found by in a directory of contacts."""

    kind: AddresseeKind
    name: str
    key: str = ""


class Asked(NamedTuple):
    """Who is asked for what, and the record that it is about, if there is one."""

    addressee: Addressee
    wanted: Wanted
    record: Evidence | None = None


_WHOSE = frozenset(
    {
        ReasonCode.IDENTITY_AMBIGUOUS,
        ReasonCode.IDENTITY_CONFLICT,
        ReasonCode.POSSIBLE_EXCLUSION,
    }
)
"""Codes that ask whose a row is."""

_OURS = frozenset(
    {
        ReasonCode.SOURCE_FAILED,
        ReasonCode.SOURCE_DAMAGED,
        ReasonCode.SECOND_PERSON_MISSING,
        ReasonCode.NPI_INVALID,
        ReasonCode.NAME_NOT_FOUND,
    }
)
"""What nobody outside can answer: a source has to be mended, or a query."""

_OF_PROGRAM = frozenset(
    {
        ReasonCode.PROGRAM_UNKNOWN,
        ReasonCode.PROGRAM_NOT_ACCREDITED,
        ReasonCode.ACCREDITATION_NOT_RECOGNIZED,
    }
)
SELF = Addressee(kind=AddresseeKind.SELF, name="You (your sources)")
_REGISTRY = Addressee(kind=AddresseeKind.REGISTRY, name="NPPES registry")
_ACCREDITOR = Addressee(kind=AddresseeKind.ACCREDITOR, name="ACGME (public program search, ADS)")
_OIG = Addressee(kind=AddresseeKind.OIG, name="OIG (online search, by SSN)")
_ANY_BOARD = Addressee(kind=AddresseeKind.BOARD, name="Board (ABMS or AOA profile)")


def find_addressee(
    verdict: Verdict, requirement: Requirement, reason: Reason, about: Sequence[Evidence]
) -> Iterator[Asked]:
    """Yield who can settle a reason of an open finding; ``about`` are the records that it names."""
    if verdict.physician is None or reason.code in _OURS:
        yield Asked(SELF, Wanted.NOTHING)
    elif reason.code in _WHOSE and about:
        for item in about:
            yield Asked(_find_owner(verdict, item), Wanted.DISPOSITION, item)
    elif reason.code in _OF_PROGRAM or any(isinstance(x, ProgramEvidence) for x in about):
        yield Asked(_ACCREDITOR, Wanted.PROGRAM, _first(about, ProgramEvidence, FellowshipEvidence))
    elif about and requirement.rule.kind == "registry_license":
        row = _first(about, LicenseEvidence)
        state = _state(_choose_state(verdict, requirement))
        yield ask_about(verdict, row) if row is not None else Asked(state, Wanted.LICENSE)
    elif about:
        yield ask_about(verdict, about[0])
    else:
        yield _ask_for_nothing_found(verdict, requirement, reason)


def _find_owner(verdict: Verdict, item: Evidence) -> Addressee:
    """Return who can tell whose a row is."""
    if isinstance(item, ExclusionEvidence):
        adapters = {report.name: report.adapter for report in verdict.sources}
        if adapters.get(item.source) == "oig-leie":
            return _OIG
        return Addressee(kind=AddresseeKind.LIST, name=item.source, key=item.source)
    return ask_about(verdict, item).addressee


def ask_about(verdict: Verdict, item: Evidence) -> Asked:
    """Return who is asked about a record: the issuer of what it says."""
    if isinstance(item, CertificateEvidence):
        board = item.record.board if item.record else ""
        return Asked(_board(board), Wanted.CERTIFICATE, item)
    if isinstance(item, FellowshipEvidence):
        return Asked(_program(item), Wanted.FELLOWSHIP, item)
    if isinstance(item, CompetencyEvidence):
        return Asked(_physician(verdict), Wanted.COMPETENCY, item)
    if isinstance(item, LicenseEvidence):
        return Asked(_state(item.record.state if item.record else ""), Wanted.LICENSE, item)
    if isinstance(item, RegistrationEvidence):
        return Asked(_REGISTRY, Wanted.NOTHING, item)
    if isinstance(item, ExclusionEvidence):
        return Asked(_find_owner(verdict, item), Wanted.NOTHING, item)
    return Asked(_physician(verdict), Wanted.NOTHING, item)


def _ask_for_nothing_found(verdict: Verdict, requirement: Requirement, reason: Reason) -> Asked:
    """Return who is asked where no record was found: the rule says what is wanted."""
    kind = requirement.rule.kind
    if reason.code is ReasonCode.SOURCE_STALE or kind == "exclusion":
        return Asked(SELF, Wanted.NOTHING)
    if kind in {"certification", "base_specialty"}:
        specialty = getattr(requirement.parameters, "specialty", None)
        return Asked(_likely_board(verdict.physician, specialty), Wanted.CERTIFICATE)
    if kind == "fellowship":
        trained = _first(verdict.evidence, FellowshipEvidence)
        if reason.code is ReasonCode.NO_SOURCE and trained is not None:  # of programs, then
            return Asked(_ACCREDITOR, Wanted.PROGRAM, trained)
        return Asked(_physician(verdict), Wanted.FELLOWSHIP)
    if kind in {"license", "registry_license"}:
        return Asked(_state(_choose_state(verdict, requirement)), Wanted.LICENSE)
    if kind == "registration":
        return Asked(_REGISTRY, Wanted.NOTHING)
    return Asked(_physician(verdict), Wanted.COMPETENCY)


def _first(about: Sequence[Evidence], *types: type) -> Evidence | None:
    return next((x for kind in types for x in about if isinstance(x, kind)), None)


def _board(text: str) -> Addressee:
    board = understand_board(text).value
    if board is not None:
        return Addressee(kind=AddresseeKind.BOARD, name=board.name, key=board.id)
    return Addressee(kind=AddresseeKind.BOARD, name=text, key=text) if text.strip() else _ANY_BOARD


def _likely_board(physician: Physician | None, specialty: str | None) -> Addressee:
    """Return the board of the registered specialty, if it alone issues what is wanted."""
    codes = physician.taxonomies if physician else ()
    bases = {found.base for each in codes if (found := taxonomy(each.code)) is not None}
    boards = [
        board
        for board in all_boards()
        if board.member_of == MEMBERSHIPS[0]
        and bases & set(board.issues)
        and (specialty is None or specialty in board.issues)
    ]
    if len(boards) != 1:
        return _ANY_BOARD
    return Addressee(kind=AddresseeKind.BOARD, name=boards[0].name, key=boards[0].id)


def _state(state: str) -> Addressee:
    name = f"State licensing board of {state}" if state else "State licensing board"
    return Addressee(kind=AddresseeKind.STATE, name=name, key=state)


def _choose_state(verdict: Verdict, requirement: Requirement) -> str:
    """Return the state whose board is asked: the standard's, else where a license is known."""
    wanted = frozenset(getattr(requirement.parameters, "states", ()))
    person = verdict.physician
    if person is None:
        return ""
    known = {each.state for each in person.licenses if each.state}
    found = (wanted & known) or wanted or known
    if len(found) == 1:
        return next(iter(found))
    return person.state if person.state and person.state in found else ""


def _program(item: FellowshipEvidence) -> Addressee:
    record = item.record
    if record is None:
        return Addressee(kind=AddresseeKind.LIST, name=item.source, key=item.source)
    name = record.program_name or f"program {record.program_code}"
    key = program_key(record.program_code) or record.program_name
    return Addressee(kind=AddresseeKind.PROGRAM, name=name, key=key)


def _physician(verdict: Verdict) -> Addressee:
    name = verdict.name or "the physician"
    return Addressee(kind=AddresseeKind.PHYSICIAN, name=name, key=str(verdict.npi or ""))
