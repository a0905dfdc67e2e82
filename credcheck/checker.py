"""The checker: a dossier, a standard and a date in, a verdict out. Pure: no clock, no I/O."""

import datetime as dt

from credcheck.model import (
    Decision,
    Dossier,
    EvidenceKind,
    Finding,
    Outcome,
    Step,
    Verdict,
    VerdictOutcome,
    all_of,
)
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Judgment
from credcheck.standards.loader import Requirement, Standard


def check(dossier: Dossier, standard: Standard, as_of: dt.date) -> Verdict:
    """Judge a dossier by a standard as of a date.

    The verdict is the Kleene AND of its required findings; advisory ones decide nothing. The same
    arguments give the same verdict, byte for byte (truth rule 7).
    """
    context = RuleContext(dossier, as_of)
    findings = tuple(
        [judge_requirement(context, requirement) for requirement in standard.requirements]
    )
    return make_verdict(dossier, standard, as_of, findings)


def judge_requirement(context: RuleContext, requirement: Requirement) -> Finding:
    """Return the finding of one requirement."""
    judgment = _judge(context, requirement)
    return Finding(
        requirement=requirement.id,
        level=requirement.level,
        outcome=judgment.outcome,
        reasons=judgment.reasons,
        evidence=judgment.evidence,
        next_step=judgment.next_step,
        steps=judgment.steps,
    )


def make_verdict(
    dossier: Dossier, standard: Standard, as_of: dt.date, findings: tuple[Finding, ...]
) -> Verdict:
    """Return the verdict of some findings."""
    outcome = all_of([finding.outcome for finding in findings if finding.level == "required"])
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


def _judge(context: RuleContext, requirement: Requirement) -> Judgment:
    """Judge by the rule, or say that there is nobody to judge: identity comes before evidence.

    Only the registration rule can say something about a number that led to no person.
    """
    if context.physician is None and not (
        requirement.rule.kind == EvidenceKind.REGISTRATION and _is_about_a_number(context.dossier)
    ):
        return _judge_nobody(context)
    judgment: Judgment = requirement.rule.judge(context, requirement.parameters)
    return judgment


def _is_about_a_number(dossier: Dossier) -> bool:
    """Tell whether a number was asked for that is not another person's than the one named."""
    return dossier.query.npi is not None and dossier.resolution.decision is not Decision.CONFLICT


def _judge_nobody(context: RuleContext) -> Judgment:
    resolution = context.dossier.resolution
    return Judgment(
        outcome=Outcome.UNVERIFIED,
        reasons=resolution.reasons,
        evidence=(),
        next_step=resolution.next_step,
        steps=(Step(outcome=Outcome.UNVERIFIED, reasons=resolution.reasons),),
    )
