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
    LICENSE = "license"
    STATE_EXCLUSION = "state_exclusion"
    REVOCATION = "revocation"
    ENROLLMENT = "enrollment"
    AFFILIATION = "affiliation"


EXCLUSION_KINDS = frozenset(
    {EvidenceKind.EXCLUSION, EvidenceKind.STATE_EXCLUSION, EvidenceKind.REVOCATION}
)
"""The kinds of lists in which a name that could be written so is a doubt."""


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
    """A row of a list of excluded people: the OIG's (LEIE), SAM.gov's, a state's or CMS's revocations.

    ``excluded_on`` is None where the list bears no days. ``ends_on`` is the day on which it ends by
    itself, such as that of a bar to enrolling again. ``publisher`` is who keeps the list, ``agency``
    who excluded, and ``state`` that of a state's list.
    """

    exclusion_type: str
    excluded_on: PartialDate | None = None
    reinstated_on: PartialDate | None = None
    waiver_on: PartialDate | None = None
    waiver_state: str | None = None
    general: str = ""
    specialty: str = ""
    business_name: str | None = None
    ends_on: PartialDate | None = None
    publisher: str = ""
    agency: str = ""
    state: str = ""
    reason: str = ""


class Licensure(Sparse, kw_only=True):
    """A license as the board that issued it lists it.

    ``order`` is what the board says of discipline, in its own words, ``order_on`` and
    ``order_ended_on`` from when to when. ``status_on`` is the day from which the status holds.
    """

    number: str
    state: str
    license_type: str = ""
    status: str = ""
    status_reason: str = ""
    status_on: PartialDate | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    order: str = ""
    order_on: PartialDate | None = None
    order_ended_on: PartialDate | None = None


class Enrollment(Sparse, kw_only=True):
    """What Medicare says of somebody beside the standard: enrolled, listed, or opted out.

    It is context: it shows neither skill nor a fault. Opting out is lawful and common. The medical
    school and the year of its degree help to tell people of one name apart, and are no credential.
    """

    program: str
    specialty: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    organization: str = ""
    medical_school: str = ""
    graduation_year: int | None = None


class Competency(Sparse, kw_only=True):
    """A permit, a course or an attestation on one topic, such as ``radiation_safety``.

    ``state`` is that of a permit that a state gives.
    """

    topic: str
    title: str = ""
    issuer: str = ""
    status: str = ""
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    state: str = ""


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
    | Licensure
    | Enrollment
    | Affiliation
)
