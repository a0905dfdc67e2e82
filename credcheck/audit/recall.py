"""What a saved verdict was judged from: the dossier, made again from what the line carries.

The person is resolved again from the records of the registries that the line holds, so that a number,
a name or a physician that was put in its place does not come out as it stands.
"""

from credcheck.model import (
    Dossier,
    EvidenceKind,
    RegistrationEvidence,
    SourceReport,
    SourceState,
    Verdict,
)
from credcheck.source import Answer, Claim, SourceFacts
from credcheck.source.source_set import SourceResult
from credcheck.verify.resolve import resolve_again


def recall_dossier(verdict: Verdict) -> Dossier:
    """Return the dossier that a verdict was judged from, with the person resolved again."""
    registries = [report for report in verdict.sources if _is_asked(report)]
    asked = tuple(_recall_answer(verdict, report) for report in registries)
    resolved = resolve_again(verdict.query, verdict.resolution, asked)
    return Dossier(
        query=verdict.query,
        resolution=resolved.resolution,
        physician=resolved.physician,
        evidence=verdict.evidence,
        sources=verdict.sources,
    )


def _is_asked(report: SourceReport) -> bool:
    return EvidenceKind.REGISTRATION in report.kinds and report.state is not SourceState.SKIPPED


def _recall_answer(verdict: Verdict, report: SourceReport) -> SourceResult:
    facts = SourceFacts(
        name=report.name,
        adapter=report.adapter,
        kinds=report.kinds,
        authority=report.authority,
        coverage=report.coverage,
        max_age_days=report.max_age_days or 0,
    )
    claims = tuple(
        Claim(
            kind=EvidenceKind.REGISTRATION,
            record=item.record,
            problem=item.problem,
            provenance=item.provenance,
        )
        for item in verdict.evidence
        if isinstance(item, RegistrationEvidence) and item.source == report.name
    )
    failure = report.detail if report.state is SourceState.FAILED else None
    return SourceResult(facts, Answer(claims=claims, failure=failure), report)
