"""The checker: a dossier, a standard and a date in, a verdict out. Pure: no clock, no I/O."""

import datetime as dt
from collections.abc import Iterator

from msgspec.structs import replace

from credcheck.model import (
    Decision,
    Dossier,
    EvidenceKind,
    Finding,
    Outcome,
    Physician,
    Query,
    SourceReport,
    Step,
    Verdict,
    VerdictOutcome,
    all_of,
)
from credcheck.model.npi import Npi
from credcheck.rules.common import ActiveRegistration, keys_for, shared_key, stand_in
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Judgement
from credcheck.rules.sources import Sources
from credcheck.standards.loader import Requirement, Standard

_ANYBODY = Physician(npi=Npi(""), name="", names=())
_CACHE_SIZE = 1 << 14  # findings

_Common = tuple[ActiveRegistration | None, ...]
_Judged = tuple[tuple[Finding, ...], VerdictOutcome]


def check(dossier: Dossier, standard: Standard, as_of: dt.date) -> Verdict:
    """Judge a dossier by a standard as of a date: see Checker."""
    return Checker(standard, as_of)(dossier)


class Checker:
    """Judges dossiers by a standard as of a date.

    Most people have no record in most listings, and their registrations differ only in what no rule
    looks at. What a rule says of such evidence is worked out once for all whom the same sources were
    asked about.
    """

    def __init__(self, standard: Standard, as_of: dt.date) -> None:
        """Take the standard and the date."""
        self._standard = standard
        self._as_of = as_of
        self._sources: tuple[SourceReport, ...] = ()
        self._asked = Sources((), as_of)
        self._all_share = all(each.rule.evidence_types for each in standard.requirements)
        self._shared: dict[tuple[str, tuple[ActiveRegistration, ...]], Finding] = {}
        self._alike: dict[_Common, _Judged] = {}

    def __call__(self, dossier: Dossier) -> Verdict:
        """Judge a dossier.

        The verdict is the Kleene AND of its required findings; advisory ones decide nothing. The same
        arguments give the same verdict, byte for byte (truth rule 7).
        """
        self._reset_if_changed(dossier.sources)
        findings, outcome = self._judged(dossier)
        return Verdict(
            query=dossier.query,
            resolution=dossier.resolution,
            physician=dossier.physician,
            standard=self._standard.ref,
            as_of=self._as_of,
            outcome=outcome,
            findings=findings,
            evidence=dossier.evidence,
            sources=dossier.sources,
        )

    def _judged(self, dossier: Dossier) -> _Judged:
        common = tuple([shared_key(item, self._as_of) for item in dossier.evidence])
        if None in common or dossier.physician is None or not self._all_share:
            return self._check_all(dossier, common)
        judged = self._alike.get(common)
        if judged is None:
            judged = self._alike[common] = self._check_all(dossier, common)
        return judged

    def _check_all(self, dossier: Dossier, common: _Common) -> _Judged:
        findings = tuple(self._findings(dossier, common))
        outcome = all_of([finding.outcome for finding in findings if finding.level == "required"])
        return findings, VerdictOutcome.of(outcome)

    def _findings(self, dossier: Dossier, common: _Common) -> Iterator[Finding]:
        case = RuleContext(dossier, self._as_of, self._asked)
        for requirement in self._standard.requirements:
            evidence_types = requirement.rule.evidence_types
            shared = keys_for(dossier.evidence, common, evidence_types) if evidence_types else None
            if shared is None or dossier.physician is None:
                yield _finding(case, requirement)
            else:
                yield self._find_shared(dossier, requirement, shared)

    def _reset_if_changed(self, sources: tuple[SourceReport, ...]) -> None:
        """Keep what was worked out if the same sources were asked, and not too much of it."""
        same = sources is self._sources or sources == self._sources
        if not same or len(self._shared) + len(self._alike) > _CACHE_SIZE:
            self._sources, self._asked, self._shared, self._alike = (
                sources,
                Sources(sources, self._as_of),
                {},
                {},
            )

    def _find_shared(
        self, dossier: Dossier, requirement: Requirement, shared: tuple[ActiveRegistration, ...]
    ) -> Finding:
        key = requirement.id, shared
        found = self._shared.get(key)
        if found is None:
            evidence = tuple(map(stand_in, shared))
            nobody = replace(dossier, query=Query(), physician=_ANYBODY, evidence=evidence)
            found = self._shared[key] = _finding(
                RuleContext(nobody, self._as_of, self._asked), requirement
            )
        return found


def _finding(case: RuleContext, requirement: Requirement) -> Finding:
    judgement = _judged(case, requirement)
    return Finding(
        requirement=requirement.id,
        level=requirement.level,
        outcome=judgement.outcome,
        reasons=judgement.reasons,
        evidence=judgement.evidence,
        next_step=judgement.next_step,
        steps=judgement.steps,
    )


def _judged(case: RuleContext, requirement: Requirement) -> Judgement:
    """Judge by the rule, or say that there is nobody to judge: identity comes before evidence.

    Only the registration rule can say something about a number that led to no person.
    """
    if case.physician is None and not (
        requirement.rule.kind == EvidenceKind.REGISTRATION and _is_about_a_number(case.dossier)
    ):
        return _nobody(case)
    judgement: Judgement = requirement.rule.judge(case, requirement.parameters)
    return judgement


def _is_about_a_number(dossier: Dossier) -> bool:
    """Tell whether a number was asked for that is not another person's than the one named."""
    return dossier.query.npi is not None and dossier.resolution.decision is not Decision.CONFLICT


def _nobody(case: RuleContext) -> Judgement:
    resolution = case.dossier.resolution
    return Judgement(
        outcome=Outcome.UNVERIFIED,
        reasons=resolution.reasons,
        evidence=(),
        next_step=resolution.next_step,
        steps=(Step(outcome=Outcome.UNVERIFIED, reasons=resolution.reasons),),
    )
