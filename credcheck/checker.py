"""The checker: a dossier, a standard and a date in, a verdict out. Pure: no clock, no I/O."""

import datetime as dt

from msgspec.structs import replace

from credcheck.model import (
    Decision,
    Dossier,
    Finding,
    Kind,
    Outcome,
    Physician,
    Query,
    SourceReport,
    Step,
    Verdict,
    VerdictOutcome,
    all_of,
)
from credcheck.npi import Npi
from credcheck.rules.case import Case
from credcheck.rules.weighing import Judgement
from credcheck.standard import Requirement, Standard

_ANYBODY = Physician(npi=Npi(""), name="", names=())


def check(dossier: Dossier, standard: Standard, as_of: dt.date) -> Verdict:
    """Judge a dossier by a standard as of a date: see Checker."""
    return Checker(standard, as_of)(dossier)


class Checker:
    """Judges dossiers by a standard as of a date.

    What a rule says where there is no evidence for it is worked out once for all people whom the same
    sources were asked about: most have no record in most listings.
    """

    def __init__(self, standard: Standard, as_of: dt.date) -> None:
        """Take the standard and the date."""
        self._standard = standard
        self._as_of = as_of
        self._sources: tuple[SourceReport, ...] = ()
        self._silent: dict[str, Finding] = {}

    def __call__(self, dossier: Dossier) -> Verdict:
        """Judge a dossier.

        The verdict is the Kleene AND of its required findings; advisory ones decide nothing. The same
        arguments give the same verdict, byte for byte (truth rule 7).
        """
        case = Case(dossier, self._as_of)
        findings = tuple(self._finding(case, each) for each in self._standard.requirements)
        outcome = all_of(finding.outcome for finding in findings if finding.level == "required")
        return Verdict(
            query=dossier.query,
            resolution=dossier.resolution,
            physician=dossier.physician,
            standard=self._standard.ref,
            as_of=self._as_of,
            outcome=VerdictOutcome.of(outcome),
            findings=findings,
            evidence=dossier.evidence,
            sources=dossier.sources,
        )

    def _finding(self, case: Case, requirement: Requirement) -> Finding:
        dossier, looks_at = case.dossier, requirement.rule.looks_at
        if (
            not looks_at
            or dossier.physician is None
            or any(isinstance(item, looks_at) for item in dossier.evidence)
        ):
            return _finding(case, requirement)
        if dossier.sources != self._sources:
            self._sources, self._silent = dossier.sources, {}
        if requirement.id not in self._silent:
            nobody = replace(dossier, query=Query(), physician=_ANYBODY, evidence=())
            self._silent[requirement.id] = _finding(Case(nobody, self._as_of), requirement)
        return self._silent[requirement.id]


def _finding(case: Case, requirement: Requirement) -> Finding:
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


def _judged(case: Case, requirement: Requirement) -> Judgement:
    """Judge by the rule, or say that there is nobody to judge: identity comes before evidence.

    Only the registration rule can say something about a number that led to no person.
    """
    if case.physician is None and not (
        requirement.rule.kind == Kind.REGISTRATION and _is_about_a_number(case.dossier)
    ):
        return _nobody(case)
    judgement: Judgement = requirement.rule.judge(case, requirement.parameters)
    return judgement


def _is_about_a_number(dossier: Dossier) -> bool:
    """Tell whether a number was asked for that is not another person's than the one named."""
    return dossier.query.npi is not None and dossier.resolution.decision is not Decision.CONFLICT


def _nobody(case: Case) -> Judgement:
    resolution = case.dossier.resolution
    return Judgement(
        outcome=Outcome.UNVERIFIED,
        reasons=resolution.reasons,
        evidence=(),
        next_step=resolution.next_step,
        steps=(Step(outcome=Outcome.UNVERIFIED, reasons=resolution.reasons),),
    )
