"""What one record of a source says, normalized: one type for each kind of evidence.

Texts stand as the source has them, since they are the proof; dates are read. What a text means (is
this board an ABMS board?) is for the rules to say.
"""

from enum import StrEnum
from typing import Literal

from credcheck.model.base import Sparse
from credcheck.model.dates import PartialDate
from credcheck.model.npi import Npi
from credcheck.model.person import PersonName, Place, Taxonomy


class EvidenceKind(StrEnum):
    """The kinds of evidence."""

    REGISTRATION = "registration"
    CERTIFICATE = "certificate"
    FELLOWSHIP = "fellowship"
    PROGRAM = "program"
    EXCLUSION = "exclusion"
    COMPETENCY = "competency"
    PROCEDURE = "procedure"
    AFFILIATION = "affiliation"


class Registration(Sparse, kw_only=True):
    """An NPPES record. ``status`` is None where the registry does not say it in so many words.

    ``replacement_npi`` is the number that took this one's place, ``former_npis`` are those whose place
    this one took, as far as the registry can tell.
    """

    npi: Npi
    entity_type: Literal["individual", "organization"] | None
    status: Literal["active", "deactivated"] | None
    organization_name: str | None = None
    names: tuple[PersonName, ...] = ()
    credential: str | None = None
    places: tuple[Place, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()
    enumeration_date: PartialDate | None = None
    last_updated: PartialDate | None = None
    deactivation_date: PartialDate | None = None
    reactivation_date: PartialDate | None = None
    replacement_npi: Npi | None = None
    former_npis: tuple[Npi, ...] = ()
    note: str | None = None


Duration = Literal["time_limited", "time_unlimited", "continuous"]


class Certificate(Sparse, kw_only=True):
    """A board certificate. Without ``expires`` it is current only if ``duration`` says why.

    ``reverify_by`` is the day by which a continuous certificate must be verified again.
    """

    board: str
    certificate: str
    certificate_type: Literal["general", "subspecialty"] | None = None
    status: str = ""
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    duration: Duration | None = None
    moc: str | None = None
    verified_by: str | None = None
    verified_on: PartialDate | None = None
    reverify_by: PartialDate | None = None


class Fellowship(Sparse, kw_only=True):
    """Training in a program. ``end_date`` is a plan until completion is confirmed."""

    program_code: str = ""
    program_name: str = ""
    specialty: str = ""
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    status: str = ""
    verified_by: str | None = None
    verified_on: PartialDate | None = None


class Program(Sparse, kw_only=True):
    """A training program and its accreditation."""

    program_code: str
    name: str = ""
    sponsor: str = ""
    city: str = ""
    state: str = ""
    specialty: str
    accreditor: str = ""
    status: str
    accredited_from: PartialDate | None = None
    accredited_to: PartialDate | None = None
    length_months: int | None = None


class Exclusion(Sparse, kw_only=True):
    """A row of the OIG list of excluded individuals and entities (LEIE)."""

    exclusion_type: str
    excluded_on: PartialDate
    reinstated_on: PartialDate | None = None
    waiver_on: PartialDate | None = None
    waiver_state: str | None = None
    general: str = ""
    specialty: str = ""
    business_name: str | None = None


class Competency(Sparse, kw_only=True):
    """A permit, a course or an attestation on one topic, such as ``radiation_safety``."""

    topic: str
    title: str = ""
    issuer: str = ""
    status: str = ""
    issued: PartialDate | None = None
    expires: PartialDate | None = None


class Procedure(Sparse, kw_only=True):
    """How often one procedure code was billed in a year. Billing is not skill."""

    code: str
    services: int
    year: PartialDate | None = None


class Colleagues(Sparse, kw_only=True):
    """How many others of a specialty are in a group, and how many of them at the same address."""

    specialty: str
    count: int
    same_address: int = 0


class Affiliation(Sparse, kw_only=True):
    """A group that a clinician is enrolled in. ``members`` is its size, as the list has it.

    ``colleagues`` are counted from the other rows of the list. It is no credential.
    """

    group_id: str
    group: str = ""
    members: int | None = None
    specialty: str = ""
    address_id: str = ""
    colleagues: tuple[Colleagues, ...] = ()


Record = (
    Registration
    | Certificate
    | Fellowship
    | Program
    | Exclusion
    | Competency
    | Procedure
    | Affiliation
)
