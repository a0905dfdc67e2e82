"""Evidence: one record, tied to one physician, with where it came from."""

import datetime as dt
from enum import StrEnum
from typing import Literal

import msgspec

from credcheck.model.authority import Authority, Decision
from credcheck.model.base import Model, Sparse
from credcheck.model.npi import Npi
from credcheck.model.record import (
    Affiliation,
    Certificate,
    Competency,
    Enrollment,
    EvidenceKind,
    Exclusion,
    Fellowship,
    Licensure,
    Procedure,
    Program,
    Record,
    Registration,
)
from credcheck.model.verification import Disposition, Verification

MatchedBy = Literal["npi", "license", "name", "program_code", "program_name", "disposition"]


class Compared(Sparse, kw_only=True):
    """One feature of an identity decision: both values, how they agree, and what that is worth.

    ``ours`` is the physician's value, ``theirs`` the row's. ``bits`` is the logarithm to base 2 of how
    much likelier such an agreement is between two records of one person than between records of two.
    """

    feature: str
    ours: str
    theirs: str
    agreement: Literal["full", "partial", "none"]
    how: str = ""
    bits: float = 0.0


class Rival(Sparse, kw_only=True):
    """Somebody of several to choose from. ``compared`` says what speaks for them."""

    npi: Npi
    name: str
    city: str | None = None
    state: str | None = None
    taxonomies: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()


class MatchReason(StrEnum):
    """Why a record is, or is not, taken for a person's. ``Match.why`` says the same to people."""

    SAME_NPI = "same_npi"
    REPLACED_NPI = "replaced_npi"
    OTHER_NPI = "other_npi"
    NPI_MISPRINT = "npi_misprint"
    NPI_OF_NOBODY = "npi_of_nobody"
    NPI_OF_ORGANIZATION = "npi_of_organization"
    NPI_OF_ANOTHER_NAME = "npi_of_another_name"
    NPI_CONTRADICTED = "npi_contradicted"
    NPI_OF_NAMESAKE = "npi_of_namesake"
    SAME_LICENSE = "same_license"
    LICENSE_OF_SEVERAL = "license_of_several"
    LICENSE_OF_ANOTHER_NAME = "license_of_another_name"
    NAME_AND_MORE = "name_and_more"
    NAME_ALONE = "name_alone"
    NAME_IN_PART = "name_in_part"
    MIDDLE_NAMES_DIFFER = "middle_names_differ"
    CAREER_IMPOSSIBLE = "career_impossible"
    SCHOOLING_DIFFERS = "schooling_differs"
    TOO_LITTLE_AGREES = "too_little_agrees"
    SEVERAL_FIT = "several_fit"
    NAME_TOO_COMMON = "name_too_common"
    OTHER_NAME = "other_name"
    NAME_UNREADABLE = "name_unreadable"
    MIXED_SCRIPTS = "mixed_scripts"
    CONTRADICTED = "contradicted"
    ANOTHER_PERSONS = "another_persons"
    NAMESAKES_UNKNOWN = "namesakes_unknown"
    NAMED_SO_NEARBY = "named_so_nearby"
    NAMED_SO_ELSEWHERE = "named_so_elsewhere"
    PRACTICE_NAMED_SO = "practice_named_so"
    BIRTH_DATE_AGREES = "birth_date_agrees"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    SETTLED_BY_PERSON = "settled_by_person"


REMARKS = frozenset(
    {
        MatchReason.NAMED_SO_ELSEWHERE,
        MatchReason.BIRTH_DATE_DIFFERS,
        MatchReason.PRACTICE_NAMED_SO,
    }
)
"""Reasons for which another's row of a list of exclusions is told as a remark."""


class Match(Sparse, kw_only=True):
    """How a record was tied to the physician: by what, with which decision, from which parts.

    ``reasons`` are for programs, ``why`` says them to people. ``unanswered``: a registry failed when
    it was asked who else bears the name, so that asking again may tell more. ``disposition``: a person
    has said whose the row is (book/dispositions.py).
    """

    by: MatchedBy
    decision: Decision
    reasons: tuple[MatchReason, ...] = ()
    why: str = ""
    compared: tuple[Compared, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unanswered: bool = False
    disposition: Disposition | None = None


class Provenance(Model, kw_only=True):
    """Where a record stands. ``sha256`` is that of the raw record without private columns.

    ``row`` counts data rows from 1, ``line`` the file's lines from 1. ``other`` keeps the listing's
    columns that credcheck has no name for.
    """

    snapshot: str | None = None
    row: int | None = None
    line: int | None = None
    url: str | None = None
    as_of: dt.date | None = None
    sha256: str
    other: dict[str, str] = msgspec.field(default_factory=dict)


class EvidenceBase(Sparse, kw_only=True, tag_field="kind"):
    """What evidence of every kind has. ``problem`` says why ``record`` is missing, if it is.

    ``verification``: a person has found out what the record says, and how.
    """

    id: str
    source: str
    authority: Authority
    match: Match
    problem: str | None = None
    verification: Verification | None = None
    provenance: Provenance


class RegistrationEvidence(EvidenceBase, kw_only=True, tag="registration"):
    """An NPPES record as evidence."""

    record: Registration | None


class CertificateEvidence(EvidenceBase, kw_only=True, tag="certificate"):
    """A board certificate as evidence."""

    record: Certificate | None


class FellowshipEvidence(EvidenceBase, kw_only=True, tag="fellowship"):
    """A fellowship as evidence."""

    record: Fellowship | None


class ProgramEvidence(EvidenceBase, kw_only=True, tag="program"):
    """A program's accreditation as evidence."""

    record: Program | None


class ExclusionEvidence(EvidenceBase, kw_only=True, tag="exclusion"):
    """An exclusion as evidence."""

    record: Exclusion | None


class CompetencyEvidence(EvidenceBase, kw_only=True, tag="competency"):
    """A permit, course or attestation as evidence."""

    record: Competency | None


class ProcedureEvidence(EvidenceBase, kw_only=True, tag="procedure"):
    """A procedure count as evidence."""

    record: Procedure | None


class LicenseEvidence(EvidenceBase, kw_only=True, tag="license"):
    """A license, as its board lists it, as evidence."""

    record: Licensure | None


class StateExclusionEvidence(EvidenceBase, kw_only=True, tag="state_exclusion"):
    """A row of a state's list of excluded people as evidence."""

    record: Exclusion | None


class RevocationEvidence(EvidenceBase, kw_only=True, tag="revocation"):
    """A row of CMS's list of revoked enrollments as evidence."""

    record: Exclusion | None


class EnrollmentEvidence(EvidenceBase, kw_only=True, tag="enrollment"):
    """What Medicare says of somebody, as context."""

    record: Enrollment | None


class AffiliationEvidence(EvidenceBase, kw_only=True, tag="affiliation"):
    """A group that the person is enrolled in, for context."""

    record: Affiliation | None


Evidence = (
    RegistrationEvidence
    | CertificateEvidence
    | FellowshipEvidence
    | ProgramEvidence
    | ExclusionEvidence
    | CompetencyEvidence
    | ProcedureEvidence
    | LicenseEvidence
    | StateExclusionEvidence
    | RevocationEvidence
    | EnrollmentEvidence
    | AffiliationEvidence
)

EVIDENCE_TYPES: dict[EvidenceKind, type[Evidence]] = {
    EvidenceKind.REGISTRATION: RegistrationEvidence,
    EvidenceKind.CERTIFICATE: CertificateEvidence,
    EvidenceKind.FELLOWSHIP: FellowshipEvidence,
    EvidenceKind.PROGRAM: ProgramEvidence,
    EvidenceKind.EXCLUSION: ExclusionEvidence,
    EvidenceKind.COMPETENCY: CompetencyEvidence,
    EvidenceKind.PROCEDURE: ProcedureEvidence,
    EvidenceKind.LICENSE: LicenseEvidence,
    EvidenceKind.STATE_EXCLUSION: StateExclusionEvidence,
    EvidenceKind.REVOCATION: RevocationEvidence,
    EvidenceKind.ENROLLMENT: EnrollmentEvidence,
    EvidenceKind.AFFILIATION: AffiliationEvidence,
}
"""Which evidence type carries which kind of record."""

RECORD_TYPES: dict[EvidenceKind, type[Record]] = {
    EvidenceKind.REGISTRATION: Registration,
    EvidenceKind.CERTIFICATE: Certificate,
    EvidenceKind.FELLOWSHIP: Fellowship,
    EvidenceKind.PROGRAM: Program,
    EvidenceKind.EXCLUSION: Exclusion,
    EvidenceKind.COMPETENCY: Competency,
    EvidenceKind.PROCEDURE: Procedure,
    EvidenceKind.LICENSE: Licensure,
    EvidenceKind.STATE_EXCLUSION: Exclusion,
    EvidenceKind.REVOCATION: Exclusion,
    EvidenceKind.ENROLLMENT: Enrollment,
    EvidenceKind.AFFILIATION: Affiliation,
}
"""Which record type belongs to which kind."""
