"""Small builders for what rules look at: evidence, sources and dossiers of one invented person."""

import datetime as dt
from typing import Any

import msgspec

from credcheck.checker import check
from credcheck.model import (
    EVIDENCE_TYPES,
    Affiliation,
    Authority,
    Certificate,
    Competency,
    Coverage,
    Decision,
    Dossier,
    Evidence,
    EvidenceBase,
    EvidenceKind,
    Exclusion,
    Fellowship,
    Finding,
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
    Verdict,
)
from credcheck.model.dates import PartialDate
from credcheck.model.npi import parse
from credcheck.standards.loader import Standard, load_standard

AS_OF = dt.date(2026, 11, 1)
NPI = parse("2000001075")
STANDARD = load_standard("interventional-pain")

NAMES = (PersonName(last="ABERNATHY", first="ALMA"),)
PLACES = (Place(city="COLUMBUS", state="OH"),)


def day(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def taxonomy(code: str = "207L00000X") -> Taxonomy:
    return Taxonomy(code=code, license=License(number="35.1", state="OH"))


def registration(**changes: Any) -> Registration:
    usual = Registration(
        npi=NPI,
        entity_type="individual",
        status="active",
        names=NAMES,
        places=PLACES,
        taxonomies=(taxonomy(),),
    )
    return msgspec.structs.replace(usual, **_dated(changes))


def certificate(**changes: Any) -> Certificate:
    usual = Certificate(
        board="American Board of Anesthesiology",
        certificate="Pain Medicine",
        certificate_type="subspecialty",
        status="Certified",
        issued=day("2016-09-10"),
        expires=day("2027-12-31"),
        duration="time_limited",
    )
    return msgspec.structs.replace(usual, **_dated(changes))


def fellowship(**changes: Any) -> Fellowship:
    usual = Fellowship(
        program_code="5303812001",
        specialty="Pain Medicine",
        start_date=day("2014-07-01"),
        end_date=day("2015-06-30"),
        status="Completed",
    )
    return msgspec.structs.replace(usual, **_dated(changes))


def program(**changes: Any) -> Program:
    usual = Program(
        program_code="5303812001",
        name="Columbus Pain Medicine Program",
        specialty="Pain Medicine",
        accreditor="ACGME",
        status="Continued Accreditation",
        accredited_from=day("1995-07-01"),
    )
    return msgspec.structs.replace(usual, **_dated(changes))


def exclusion(**changes: Any) -> Exclusion:
    usual = Exclusion(exclusion_type="1128a1", excluded_on=PartialDate(2023, 5, 19))
    return msgspec.structs.replace(usual, **_dated(changes))


_DATES = frozenset(
    {
        *("issued", "expires", "verified_on", "start_date", "end_date", "accredited_from"),
        *(
            "accredited_to",
            "excluded_on",
            "reinstated_on",
            "ends_on",
            "waiver_on",
            "deactivation_date",
        ),
        *("enumeration_date", "reactivation_date", "reverify_by"),
    }
)


def _dated(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: day(value) if name in _DATES and isinstance(value, str) else value
        for name, value in changes.items()
    }


_KINDS: dict[type, EvidenceKind] = {
    Registration: EvidenceKind.REGISTRATION,
    Certificate: EvidenceKind.CERTIFICATE,
    Fellowship: EvidenceKind.FELLOWSHIP,
    Program: EvidenceKind.PROGRAM,
    Exclusion: EvidenceKind.EXCLUSION,
    Competency: EvidenceKind.COMPETENCY,
    Procedure: EvidenceKind.PROCEDURE,
    Licensure: EvidenceKind.LICENSE,
    Affiliation: EvidenceKind.AFFILIATION,
}
SOURCES = {
    EvidenceKind.REGISTRATION: "nppes",
    EvidenceKind.CERTIFICATE: "boards",
    EvidenceKind.FELLOWSHIP: "fellowships",
    EvidenceKind.PROGRAM: "programs",
    EvidenceKind.EXCLUSION: "exclusions",
    EvidenceKind.COMPETENCY: "permits",
    EvidenceKind.PROCEDURE: "medicare",
    EvidenceKind.AFFILIATION: "groups",
}
BLOCKING = {
    EvidenceKind.LICENSE: "licenses",
    EvidenceKind.STATE_EXCLUSION: "state",
    EvidenceKind.REVOCATION: "revocations",
    EvidenceKind.ENROLLMENT: "enrollment",
}
"""Sources that a run need not have."""
NAMES_OF_SOURCES = SOURCES | BLOCKING


def match(decision: Decision = Decision.MATCH, by: str = "npi", **more: Any) -> Match:
    return msgspec.convert({"by": by, "decision": decision, **more}, Match)


def evidence(
    record: Record | None,
    *,
    kind: EvidenceKind | None = None,
    tied: Match | None = None,
    problem: str | None = None,
    authority: Authority = Authority.PRIMARY,
    source: str | None = None,
    row: int = 1,
    id_: str = "",
) -> Evidence:
    kind = kind or _KINDS[type(record)]
    made: Evidence = EVIDENCE_TYPES[kind](
        id=id_ or f"{kind}-{row}",
        source=source or NAMES_OF_SOURCES[kind],
        authority=authority,
        match=tied or match(),
        record=record,  # type: ignore[arg-type]
        problem=problem,
        provenance=Provenance(row=row, sha256="0" * 64),
    )
    return made


def source(
    kind: EvidenceKind,
    *,
    state: SourceState = SourceState.OK,
    coverage: Coverage = Coverage.COMPLETE,
    name: str | None = None,
    max_age_days: int = 120,
    as_of: dt.date = AS_OF,
    **more: Any,
) -> SourceReport:
    return SourceReport(
        name=name or NAMES_OF_SOURCES[kind],
        adapter="test",
        state=state,
        as_of=as_of,
        kinds=(kind,),
        authority=Authority.PRIMARY,
        coverage=coverage,
        max_age_days=max_age_days,
        detail=None if state is SourceState.OK else "the reason why",
        **more,
    )


def sources(**coverages: Coverage) -> tuple[SourceReport, ...]:
    partial = {
        EvidenceKind.REGISTRATION: Coverage.PARTIAL,
        EvidenceKind.FELLOWSHIP: Coverage.PARTIAL,
    }
    return tuple(
        source(kind, coverage=coverages.get(kind, partial.get(kind, Coverage.COMPLETE)))
        for kind in SOURCES
    )


def physician(**changes: Any) -> Physician:
    usual = Physician(
        npi=NPI,
        name="ALMA ABERNATHY MD",
        city="COLUMBUS",
        state="OH",
        names=NAMES,
        places=PLACES,
        taxonomies=(taxonomy(),),
    )
    return msgspec.structs.replace(usual, **changes)


def dossier(
    *items: Evidence | Record,
    reports: tuple[SourceReport, ...] | None = None,
    person: Physician | None = None,
    **changes: Any,
) -> Dossier:
    """Return a dossier; a registration is added unless one is given. Rows are numbered."""
    made = [
        x if isinstance(x, EvidenceBase) else evidence(x, row=n) for n, x in enumerate(items, 1)
    ]
    if not any(x.__struct_config__.tag == "registration" for x in made):
        made.insert(0, evidence(registration(), id_="registration-0"))
    assert len({x.id for x in made}) == len(made), "give each piece of evidence its own row"
    usual = Dossier(
        query=Query(npi=NPI),
        resolution=Resolution(by="npi", decision=Decision.MATCH),
        physician=person or physician(),
        evidence=tuple(made),
        sources=sources() if reports is None else reports,
    )
    return msgspec.structs.replace(usual, **changes)


def good(*more: Evidence | Record) -> tuple[Evidence | Record, ...]:
    """Return the evidence of somebody who meets the standard."""
    return (fellowship(), certificate(), program(), *more)


def verdict(case: Dossier, standard: Standard = STANDARD, as_of: dt.date = AS_OF) -> Verdict:
    return check(case, standard, as_of)


def finding(
    case: Dossier, requirement: str, standard: Standard = STANDARD, as_of: dt.date = AS_OF
) -> Finding:
    found = {each.requirement: each for each in verdict(case, standard, as_of).findings}
    return found[requirement]


def codes(found: Finding) -> set[str]:
    return {str(reason.code) for reason in found.reasons}
