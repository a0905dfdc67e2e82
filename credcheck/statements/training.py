"""Statements of training: what a met fellowship implies, by the requirements that its program had.

Source of the contents: reference/training.toml, each with the requirements and the day they came into
force. A fellowship counts if all of it lay under them.
"""

from collections.abc import Iterator, Sequence

from credcheck.evidence.programs import read_accreditors
from credcheck.model import (
    FellowshipEvidence,
    Finding,
    Outcome,
    ProgramEvidence,
    Statement,
    StatementKind,
)
from credcheck.reference.training import TrainingContent, training_contents
from credcheck.rules.context import RuleContext
from credcheck.rules.fellowship import FellowshipParameters
from credcheck.statements.base import Describer, JudgedRequirement


def describe(context: RuleContext, judged: Sequence[JudgedRequirement]) -> Iterator[Statement]:
    """Tell what each met fellowship was training in."""
    for requirement, finding in judged:
        if finding.outcome is not Outcome.MET:
            continue
        if isinstance(requirement.parameters, FellowshipParameters):
            for content in training_contents():
                if content.specialty == requirement.parameters.specialty:
                    yield from _describe(context, finding, content)


def _describe(
    context: RuleContext, finding: Finding, content: TrainingContent
) -> Iterator[Statement]:
    items = [item for ident in finding.evidence if (item := context.item(ident)) is not None]
    done = [x for x in items if isinstance(x, FellowshipEvidence) and _is_under(x, content)]
    taught = [x for x in items if isinstance(x, ProgramEvidence) and _is_by(x, content)]
    if done and taught:
        message = (
            f"was trained in {content.words} ({content.source}, in force since {content.since})"
        )
        yield Statement(
            kind=StatementKind.TRAINING,
            topic=content.topic,
            message=message,
            evidence=tuple(item.id for item in (*done, *taught)),
        )


def _is_under(item: FellowshipEvidence, content: TrainingContent) -> bool:
    """Tell whether all of a fellowship lay under the requirements."""
    start = item.record.start_date if item.record is not None else None
    return start is not None and start.before(content.since) is False


def _is_by(item: ProgramEvidence, content: TrainingContent) -> bool:
    accreditors = read_accreditors(item.record).value if item.record is not None else None
    return accreditors is not None and content.accreditor in accreditors


DESCRIBER = Describer(StatementKind.TRAINING, FellowshipEvidence, describe)
