"""The checker: a dossier, a standard and a date in, a verdict out. Pure: no clock, no I/O."""

import datetime as dt

from credcheck.model import (
    Decision,
    Dossier,
    Finding,
    Kind,
    Outcome,
    Step,
    Verdict,
    VerdictOutcome,
    all_of,
)
from credcheck.rules.case import Case
from credcheck.rules.weighing import Judgement
from credcheck.standard import Requirement, Standard


def check(dossier: Dossier, standard: Standard, as_of: dt.date) -> Verdict:
    """Judge a dossier by a standard as of a date.

    The verdict is the Kleene AND of its required findings; advisory ones decide nothing. The same
    arguments give the same verdict, byte for byte (truth rule 7).
    """
    case = Case(dossier, as_of)
    findings = tuple(_finding(case, requirement) for requirement in standard.requirements)
    outcome = all_of(finding.outcome for finding in findings if finding.level == "required")
    return Verdict(
        query=dossier.query,
        resolution=dossier.resolution,
        physician=dossier.physician,
        standard=standard.ref,
        as_of=as_of,
        outcome=VerdictOutcome.of(outcome),
        findings=findings,
        evidence=dossier.evidence,
        sources=dossier.sources,
    )


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
