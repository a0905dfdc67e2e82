"""A dossier out of a case: the person's records as a file gives them, and a source for each kind."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from credcheck.model import (
    EVIDENCE_TYPES,
    Authority,
    Certificate,
    Competency,
    Coverage,
    Decision,
    Dossier,
    Evidence,
    EvidenceKind,
    Exclusion,
    Fellowship,
    License,
    Licensure,
    Match,
    PersonName,
    Physician,
    Place,
    Procedure,
    Program,
    Provenance,
    Query,
    Record,
    Registration,
    Resolution,
    SourceReport,
    SourceState,
    Taxonomy,
)
from credcheck.model.npi import parse

_NOWHERE = Provenance(sha256="0" * 64)
_USUALLY_COMPLETE = (EvidenceKind.CERTIFICATE, EvidenceKind.PROGRAM, EvidenceKind.EXCLUSION)
_MAX_AGE_DAYS = 120


RECORD_TYPES: dict[str, type[Record]] = {
    "certificates": Certificate,
    "fellowships": Fellowship,
    "programs": Program,
    "exclusions": Exclusion,
    "state_exclusions": Exclusion,
    "revocations": Exclusion,
    "state_licenses": Licensure,
    "competencies": Competency,
    "procedures": Procedure,
}
"""The records that a case may have, by their fields."""


class CasePerson(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """An invented person. ``licenses`` are the registry's: numbers by their state."""

    first_name: str = "ALMA"
    last_name: str = "ABERNATHY"
    npi: str = "2000001075"
    credential: str = "MD"
    state: str = "OH"
    city: str = "COLUMBUS"
    taxonomies: tuple[str, ...]
    licenses: dict[str, str] = msgspec.field(default_factory=dict)
    is_active: bool = True

    def __post_init__(self) -> None:
        parse(self.npi)  # a case with a bad number is refused when it is read


class CaseRecords(msgspec.Struct, kw_only=True, frozen=True):
    """A person's records, by kind, and how their sources are.

    ``state_licenses`` are rows of the states' own lists, ``state_exclusions`` of their Medicaid
    agencies', ``revocations`` of CMS's.

    ``complete`` are the kinds whose list holds everybody, so that absence tells; ``failed`` are those
    whose list did not answer; ``self_reported`` are those that only the person says.
    """

    person: CasePerson
    certificates: tuple[Certificate, ...] = ()
    fellowships: tuple[Fellowship, ...] = ()
    programs: tuple[Program, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    state_exclusions: tuple[Exclusion, ...] = ()
    revocations: tuple[Exclusion, ...] = ()
    state_licenses: tuple[Licensure, ...] = ()
    competencies: tuple[Competency, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    complete: tuple[EvidenceKind, ...] = _USUALLY_COMPLETE
    failed: tuple[EvidenceKind, ...] = ()
    self_reported: tuple[EvidenceKind, ...] = ()


def build_dossier(case: CaseRecords, as_of: dt.date) -> Dossier:
    """Return the dossier of a case on a day."""
    registration = _make_registration(case.person)
    records: list[tuple[EvidenceKind, Record]] = [(EvidenceKind.REGISTRATION, registration)]
    records += _list_records(case)
    return Dossier(
        query=Query(npi=registration.npi),
        resolution=Resolution(by="npi", decision=Decision.MATCH),
        physician=_make_physician(case.person, registration),
        evidence=tuple(
            _make_evidence(case, kind, record, f"e{number}")
            for number, (kind, record) in enumerate(records, 1)
            if kind not in case.failed
        ),
        sources=tuple(_make_source(case, kind, as_of) for kind in EvidenceKind),
    )


def _list_records(case: CaseRecords) -> Iterator[tuple[EvidenceKind, Record]]:
    kinds: tuple[tuple[EvidenceKind, tuple[Record, ...]], ...] = (
        (EvidenceKind.CERTIFICATE, case.certificates),
        (EvidenceKind.FELLOWSHIP, case.fellowships),
        (EvidenceKind.PROGRAM, case.programs),
        (EvidenceKind.EXCLUSION, case.exclusions),
        (EvidenceKind.STATE_EXCLUSION, case.state_exclusions),
        (EvidenceKind.REVOCATION, case.revocations),
        (EvidenceKind.LICENSE, case.state_licenses),
        (EvidenceKind.COMPETENCY, case.competencies),
        (EvidenceKind.PROCEDURE, case.procedures),
    )
    for kind, records in kinds:
        for record in records:
            yield kind, record


def _make_registration(person: CasePerson) -> Registration:
    licenses = [License(number=number, state=state) for state, number in person.licenses.items()]
    codes = person.taxonomies
    slots = max(len(codes), len(licenses) if codes else 0)
    return Registration(
        npi=parse(person.npi),
        entity_type="individual",
        status="active" if person.is_active else "deactivated",
        names=(PersonName(last=person.last_name, first=person.first_name),),
        credential=person.credential,
        places=(Place(city=person.city, state=person.state),),
        taxonomies=tuple(
            Taxonomy(
                code=codes[min(n, len(codes) - 1)],
                primary=n == 0,
                license=licenses[n] if n < len(licenses) else None,
            )
            for n in range(slots)
        ),
    )


def _make_physician(person: CasePerson, registration: Registration) -> Physician:
    return Physician(
        npi=registration.npi,
        name=f"{person.first_name} {person.last_name} {person.credential}".strip(),
        credential=person.credential,
        city=person.city,
        state=person.state,
        names=registration.names,
        places=registration.places,
        taxonomies=registration.taxonomies,
    )


def _make_evidence(case: CaseRecords, kind: EvidenceKind, record: Record, id_: str) -> Evidence:
    is_own_word = kind in case.self_reported
    made: Evidence = EVIDENCE_TYPES[kind](
        id=id_,
        source=kind,
        authority=Authority.SELF_REPORTED if is_own_word else Authority.PRIMARY,
        match=Match(
            by="program_code" if kind is EvidenceKind.PROGRAM else "npi", decision=Decision.MATCH
        ),
        record=record,  # type: ignore[arg-type]  # each kind has its own record
        provenance=_NOWHERE,
    )
    return made


def _make_source(case: CaseRecords, kind: EvidenceKind, as_of: dt.date) -> SourceReport:
    has_failed = kind in case.failed
    return SourceReport(
        name=str(kind),
        adapter="case",
        state=SourceState.FAILED if has_failed else SourceState.OK,
        detail="the case says that the source did not answer" if has_failed else None,
        as_of=as_of,
        kinds=(kind,),
        authority=Authority.SELF_REPORTED if kind in case.self_reported else Authority.PRIMARY,
        coverage=Coverage.COMPLETE if kind in case.complete else Coverage.PARTIAL,
        max_age_days=_MAX_AGE_DAYS,
        scope=_list_states(case) if kind is EvidenceKind.LICENSE else (),
    )


def _list_states(case: CaseRecords) -> tuple[str, ...]:
    """Return the states whose lists of licenses a case has."""
    return tuple(sorted({each.state for each in case.state_licenses}))
