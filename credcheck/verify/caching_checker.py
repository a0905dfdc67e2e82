"""The checker with a memory: what a rule says of evidence that many people share is worked out once.

A roster of a million people knows a few thousand kinds of registration: all else in them is names,
numbers and places. No rule looks at these, and none that is asked so can: it is given a record without.
A test holds that the verdicts are those of ``checker.check``.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.checker import check, judge_requirement, make_verdict
from credcheck.evidence.registrations import contradicts_itself
from credcheck.evidence.sources import SourceView
from credcheck.model import (
    Authority,
    Decision,
    Dossier,
    Evidence,
    EvidenceBase,
    Finding,
    Match,
    Physician,
    Provenance,
    Query,
    Registration,
    RegistrationEvidence,
    SourceReport,
    Taxonomy,
    Verdict,
)
from credcheck.model.npi import Npi
from credcheck.rules.context import RuleContext
from credcheck.standards.loader import Requirement, Standard

_NOBODY_IN_PARTICULAR = Physician(npi=Npi(""), name="", names=())
_TIED = Match(by="npi", decision=Decision.MATCH)
_NOWHERE = Provenance(sha256="")
_CACHE_SIZE = 1 << 14  # findings

_Keys = tuple["ActiveRegistration | None", ...]


class CachingChecker:
    """Judges dossiers by a standard as of a date, just as ``check`` does.

    Most people have no record in most listings, and their registrations differ only in what no rule
    looks at. What a rule says of such evidence is kept for all about whom the same sources were asked.
    """

    def __init__(self, standard: Standard, as_of: dt.date) -> None:
        self._standard = standard
        self._as_of = as_of
        self._reports: tuple[SourceReport, ...] = ()
        self._sources = SourceView((), as_of)
        self._all_share = all(map(self._is_shared, standard.requirements))
        self._findings: dict[tuple[str, tuple[ActiveRegistration, ...]], Finding | None] = {}
        self._alike: dict[_Keys, tuple[Finding | None, ...]] = {}

    def __call__(self, dossier: Dossier) -> Verdict:
        """Judge a dossier."""
        if dossier.physician is None:
            return check(dossier, self._standard, self._as_of)
        self._reset_if_changed(dossier.sources)
        keys = share_keys(dossier.evidence, self._as_of)
        findings = self._alike.get(keys)
        if findings is None:
            context = RuleContext(dossier, self._as_of, self._sources)
            findings = tuple([self._find(context, each, keys) for each in self._requirements])
            if None not in keys and self._all_share:
                self._alike[keys] = findings
        return make_verdict(dossier, self._standard, self._as_of, findings, self._sources)

    @property
    def _requirements(self) -> tuple[Requirement, ...]:
        return self._standard.requirements

    def _reset_if_changed(self, reports: tuple[SourceReport, ...]) -> None:
        """Keep what was worked out if the same sources were asked, and not too much of it."""
        same = reports is self._reports or reports == self._reports
        if not same or len(self._findings) + len(self._alike) > _CACHE_SIZE:
            self._reports, self._sources = reports, SourceView(reports, self._as_of)
            self._findings, self._alike = {}, {}
            self._all_share = all(map(self._is_shared, self._requirements))

    def _is_shared(self, requirement: Requirement) -> bool:
        """Tell whether a rule says the same of all who have no record of its kinds."""
        rule = requirement.rule
        looks_at_person = any(self._sources.of(kind) for kind in rule.personal_kinds)
        return bool(rule.evidence_types) and not looks_at_person

    def _find(self, case: RuleContext, requirement: Requirement, keys: _Keys) -> Finding | None:
        types, dossier = requirement.rule.evidence_types, case.dossier
        is_shared = self._is_shared(requirement)
        shared = keys_for(dossier.evidence, keys, types) if is_shared else None
        if shared is None:
            return judge_requirement(case, requirement)
        key = requirement.id, shared
        if key not in self._findings:
            evidence = tuple(map(stand_in, shared))
            anybody = replace(
                dossier, query=Query(), physician=_NOBODY_IN_PARTICULAR, evidence=evidence
            )
            context = RuleContext(anybody, self._as_of, self._sources)
            self._findings[key] = judge_requirement(context, requirement)
        return self._findings[key]


class ActiveRegistration(NamedTuple):
    """An active individual's registration, as all with the same taxonomy codes have it."""

    id: str
    source: str
    authority: Authority
    codes: tuple[str, ...]


def share_keys(evidence: Sequence[Evidence], as_of: dt.date) -> _Keys:
    """Return the key of each item. Where registries differ, each is one's own: they may contradict."""
    keys = tuple([shared_key(item, as_of) for item in evidence])
    codes = {key.codes for key in keys if key is not None}
    return keys if len(codes) < 2 else (None,) * len(keys)


def shared_key(item: Evidence, as_of: dt.date) -> ActiveRegistration | None:
    """Return what an item has in common with other people's, or None where it is one's own.

    It is one's own where its dates may decide what the number was on the as-of date, and where it
    contradicts itself.
    """
    if not isinstance(item, RegistrationEvidence) or item.match.decision is not Decision.MATCH:
        return None
    record = item.record
    if record is None or item.problem is not None or not record.taxonomies:
        return None
    if record.status != "active" or record.entity_type != "individual":
        return None
    issued = record.enumeration_date
    if (
        record.replacement_npi
        or record.deactivation_date
        or (issued is not None and issued.after(as_of) is not False)
    ):
        return None
    codes = tuple([taxonomy.code for taxonomy in record.taxonomies])
    if contradicts_itself(record.credential or "", codes):
        return None
    return ActiveRegistration(item.id, item.source, item.authority, codes)


def keys_for(
    evidence: Sequence[Evidence],
    common: Sequence[ActiveRegistration | None],
    evidence_types: tuple[type[EvidenceBase], ...],
) -> tuple[ActiveRegistration, ...] | None:
    """Return what a rule that looks at some types is to be told, or None if it is one's own."""
    told: tuple[ActiveRegistration, ...] = ()
    for item, each in zip(evidence, common, strict=True):
        if isinstance(item, evidence_types):
            if each is None:
                return None
            told = (*told, each)
    return told


@lru_cache(1 << 12)
def stand_in(active: ActiveRegistration) -> Evidence:
    """Return the evidence that rules are given for it."""
    record = Registration(
        npi=Npi(""),
        entity_type="individual",
        status="active",
        taxonomies=tuple(Taxonomy(code=code) for code in active.codes),
    )
    return RegistrationEvidence(
        id=active.id,
        source=active.source,
        authority=active.authority,
        match=_TIED,
        record=record,
        provenance=_NOWHERE,
    )
