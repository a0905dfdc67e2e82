"""What a rule kind is: its name, its parameters, and a pure function that checks the records."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Generic, TypeVar, dataclass_transform

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import EVIDENCE_TYPES, EvidenceBase, EvidenceKind
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Check, Combine

ParametersT = TypeVar("ParametersT", bound="Parameters")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Parameters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a standard may set for a rule. A wrong value raises ValueError when it is made."""


class Rule(msgspec.Struct, Generic[ParametersT], frozen=True, kw_only=True):
    """A rule kind. Its documentation is the docstring of ``weigh``.

    ``weigh`` returns a check for each record and each gap; ``combine`` says how they make a finding.
    Doubts are not its business: every definite check is held to the truth rules (rules/guard.py).

    ``evidence_types`` are the types of evidence that it looks at. Where a dossier has none of them, or
    of registrations only those of active individuals (verify/caching_checker.py), the rule may depend
    on the sources, the day and their taxonomy codes alone: it is asked once for all such people, about
    nobody in particular. A rule that looks at a registration's names, places, licenses, dates or
    primary taxonomy must not say, and is asked about everybody. ``personal_kinds`` are kinds of
    evidence of which a source makes the rule look at the person, too.
    """

    kind: str
    parameters: type[ParametersT]
    weigh: Callable[[RuleContext, ParametersT], Sequence[Check]]
    combine: Combine = Combine.ANY
    evidence_types: tuple[type[EvidenceBase], ...] = ()
    personal_kinds: tuple[EvidenceKind, ...] = ()

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The kinds of evidence that it looks at."""
        return tuple(kind for kind, each in EVIDENCE_TYPES.items() if each in self.evidence_types)


AnyRule = Rule[Any]


def check_names(what: str, given: Iterable[str], known: Collection[str]) -> None:
    """Check that at least one name is given and all are known. Raises ValueError."""
    names = list(given)
    if not names:
        raise ValueError(f"name at least one {what}")
    for name in names:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}{did_you_mean(name, known)}")
