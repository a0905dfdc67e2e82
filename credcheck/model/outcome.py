"""Three values and their algebra (Kleene's strong logic). ``unverified`` is not false."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of one finding."""

    MET = "met"
    NOT_MET = "not_met"
    UNVERIFIED = "unverified"

    def __invert__(self) -> "Outcome":
        return _NEGATED[self]


class VerdictOutcome(StrEnum):
    """The outcome of a whole verdict."""

    MEETS = "meets"
    DOES_NOT_MEET = "does_not_meet"
    UNVERIFIED = "unverified"

    @classmethod
    def of(cls, outcome: Outcome) -> "VerdictOutcome":
        """Return the verdict's word for the combined outcome of its required findings."""
        return _VERDICT_WORDS[outcome]


_NEGATED = {
    Outcome.MET: Outcome.NOT_MET,
    Outcome.NOT_MET: Outcome.MET,
    Outcome.UNVERIFIED: Outcome.UNVERIFIED,
}
_VERDICT_WORDS = {
    Outcome.MET: VerdictOutcome.MEETS,
    Outcome.NOT_MET: VerdictOutcome.DOES_NOT_MEET,
    Outcome.UNVERIFIED: VerdictOutcome.UNVERIFIED,
}


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Kleene's AND: any ``not_met`` decides, else any ``unverified`` does.

    Raises ValueError for no outcomes at all: of nothing, nothing may pass.
    """
    return _first_present(outcomes, Outcome.NOT_MET, Outcome.UNVERIFIED, Outcome.MET)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Kleene's OR: any ``met`` decides, else any ``unverified`` does.

    Raises ValueError for no outcomes at all.
    """
    return _first_present(outcomes, Outcome.MET, Outcome.UNVERIFIED, Outcome.NOT_MET)


def _first_present(outcomes: Iterable[Outcome], *by_strength: Outcome) -> Outcome:
    present = tuple(outcomes)
    for outcome in by_strength:
        if outcome in present:
            return outcome
    raise ValueError("there are no outcomes to combine")
