"""What a kind of statement is: which records it looks at, and a pure function that tells of them."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from credcheck.evidence.screen import EvidenceT
from credcheck.model import EvidenceBase, Finding, Statement, StatementKind
from credcheck.rules.context import RuleContext
from credcheck.standards.loader import Requirement

JudgedRequirement = tuple[Requirement, Finding]

Describe = Callable[[RuleContext, Sequence[JudgedRequirement]], Iterator[Statement]]


class Describer(NamedTuple):
    """A kind of statement. Where a dossier has no evidence of its type, it is not asked."""

    kind: StatementKind
    evidence_type: type[EvidenceBase]
    describe: Describe


def list_certain(context: RuleContext, kind: type[EvidenceT]) -> list[EvidenceT]:
    """Return the records that are decisively this person's, whole, fresh and without a doubt."""
    return [item for item in context.usable(kind) if not context.doubts(item.id)]
