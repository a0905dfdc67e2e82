"""Statements: what no record establishes and is told all the same, beside the findings."""

from enum import StrEnum

from credcheck.model.base import Sparse


class StatementKind(StrEnum):
    """Where a statement comes from, the strongest first. The list may grow; a meaning never changes."""

    TRAINING = "training"
    """Implied by a met finding: what the training had to teach."""
    CO_LOCATION = "co_location"
    """Inferred from a list of groups: who may be at hand."""
    ATTESTATION = "attestation"
    """What somebody says, with name and day."""


class Statement(Sparse, kw_only=True):
    """One statement. It decides nothing, and that there is none says nothing.

    ``topic`` is what it is about, such as ``multidisciplinary_care``; ``evidence`` are the records that
    it was made from.
    """

    kind: StatementKind
    topic: str
    message: str
    evidence: tuple[str, ...] = ()
