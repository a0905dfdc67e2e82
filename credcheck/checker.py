"""The checker: a dossier, a standard and a date in, a verdict out. Pure: no clock, no I/O."""

import datetime as dt
from collections.abc import Iterable

from msgspec import UNSET

from credcheck.evidence.sources import SourceView
from credcheck.model import (
    Decision,
    Dossier,
    EvidenceKind,
    Finding,
    Outcome,
    ReasonCode,
    Step,
    Verdict,
    VerdictOutcome,
    combine_with_paths,
    weigh_path,
)
from credcheck.rules.context import RuleContext
from credcheck.rules.guard import guard
from credcheck.rules.persons import remark_settled, require_second_person
from credcheck.rules.result import make_finding, unverified
from credcheck.standards.loader import Requirement, Standard
from credcheck.statements import list_statements

_SAID_NOTHING = unverified(
    ReasonCode.NO_EVIDENCE,
    "the rule gave no reason",
    ask="Report this to the author of the rule.",
    silent=True,
)


def check(dossier: Dossier, standard: Standard, as_of: dt.date) -> Verdict:
    """Judge a dossier by a standard as of a date.

    The verdict is the Kleene AND of the findings that decide. Where the standard has paths, they are
    one operand of it: the OR of the paths, each the AND of its own findings. Advisory findings decide
    nothing, and a blocking requirement of which nobody said anything has no finding. The same
    arguments give the same verdict, byte for byte (truth rule 7).
    """
    context = RuleContext(dossier, as_of)
    findings = [judge_requirement(context, requirement) for requirement in standard.requirements]
    return make_verdict(dossier, standard, as_of, findings, context.sources)


def judge_requirement(context: RuleContext, requirement: Requirement) -> Finding | None:
    """Return the finding of one requirement, or None where it is blocking and nobody said anything.

    Without a person nobody can be asked about one.

    Every definite check that the rule made is held to the truth rules first (rules/guard.py).
    """
    if context.physician is None and not _is_about_a_number(context.dossier, requirement):
        is_silent = requirement.level == "blocking"
        return None if is_silent else _judge_nobody(context.dossier, requirement)
    rule = requirement.rule
    weighed = rule.weigh(context, requirement.parameters) or [_SAID_NOTHING]
    checks = [guard(context, each, rule.kinds) for each in weighed]
    if requirement.second_person:
        checks = [require_second_person(context, each, rule.evidence_types) for each in checks]
    if requirement.level == "blocking" and all(each.silent for each in checks):
        return None
    finding = make_finding(requirement.id, requirement.level, checks, rule.combine)
    return remark_settled(context, finding, rule.evidence_types)


def make_verdict(
    dossier: Dossier,
    standard: Standard,
    as_of: dt.date,
    findings: Iterable[Finding | None],
    sources: SourceView | None = None,
) -> Verdict:
    """Return the verdict of the findings of a standard's requirements, in their order."""
    pairs = zip(standard.requirements, findings, strict=True)
    judged = [(requirement, found) for requirement, found in pairs if found is not None]
    made = tuple([found for _, found in judged])
    outcomes = {each.requirement: each.outcome for each in made if each.level != "advisory"}
    paths = tuple([weigh_path(each.id, each.requirements, outcomes) for each in standard.paths])
    outcome = combine_with_paths(outcomes, paths)
    return Verdict(
        query=dossier.query,
        resolution=dossier.resolution,
        physician=dossier.physician,
        standard=standard.ref,
        as_of=as_of,
        outcome=VerdictOutcome.of(outcome),
        findings=made,
        paths=paths or UNSET,
        context=list_statements(dossier, as_of, judged, sources) or UNSET,
        evidence=dossier.evidence,
        sources=dossier.sources,
    )


def _is_about_a_number(dossier: Dossier, requirement: Requirement) -> bool:
    """Tell whether a rule can judge without a person: a number that led to nobody is judged itself.

    Identity comes before evidence; and a number that is another person's than the one named is not.
    """
    if requirement.rule.kind != EvidenceKind.REGISTRATION:
        return False
    return dossier.query.npi is not None and dossier.resolution.decision is not Decision.CONFLICT


def _judge_nobody(dossier: Dossier, requirement: Requirement) -> Finding:
    """Return the finding about a query that led to nobody."""
    resolution = dossier.resolution
    return Finding(
        requirement=requirement.id,
        level=requirement.level,
        outcome=Outcome.UNVERIFIED,
        reasons=resolution.reasons,
        next_step=resolution.next_step,
        steps=(Step(outcome=Outcome.UNVERIFIED, reasons=resolution.reasons),),
    )
