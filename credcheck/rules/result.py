"""Weighing: what a rule makes of each record or gap, and how these combine to a judgment."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from credcheck.model import Model, Outcome, Reason, ReasonCode, Step, all_of, any_of

Item = TypeVar("Item")


class Check(Model, kw_only=True):
    """What a rule makes of one record, or of a gap where a record could have been.

    ``aside`` marks a record that is not about the requirement at all (a general certificate, where
    a subspecialty certificate is asked for): it gives no reason where others do.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...] = ()
    next_step: str | None = None
    aside: bool = False
    parts: "tuple[Check, ...]" = ()


class Judgment(Model, kw_only=True):
    """A rule's result: all that a finding needs but for its requirement's name and level."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...]
    next_step: str | None
    steps: tuple[Step, ...]


def met(code: ReasonCode, message: str, *evidence: str) -> Check:
    """Weigh something as meeting the requirement."""
    return _make_check(Outcome.MET, code, message, evidence)


def not_met(code: ReasonCode, message: str, *evidence: str, aside: bool = False) -> Check:
    """Weigh something as evidence that the requirement is not met."""
    return _make_check(Outcome.NOT_MET, code, message, evidence, aside=aside)


def unverified(code: ReasonCode, message: str, *evidence: str, ask: str) -> Check:
    """Weigh something as undecided. ``ask`` says whom to ask for what."""
    return _make_check(Outcome.UNVERIFIED, code, message, evidence, next_step=ask)


def with_remark(weighed: Check, code: ReasonCode, message: str) -> Check:
    """Return the same with one more reason: a remark that does not change the outcome."""
    return replace(weighed, reasons=(*weighed.reasons, Reason(code=code, message=message)))


def all_checks(parts: Sequence[Check]) -> Check:
    """Combine the checks of one record: all of them must hold. The deciding ones give the reasons."""
    outcome = all_of([part.outcome for part in parts])
    deciding = [part for part in parts if part.outcome is outcome]
    return Check(
        outcome=outcome,
        reasons=_unique([reason for part in deciding for reason in part.reasons]),
        evidence=_unique([evidence for part in parts for evidence in part.evidence]),
        next_step=next((part.next_step for part in deciding if part.next_step), None),
        aside=any(part.aside for part in deciding),
        parts=tuple(parts),
    )


def finding_if_any(weighed: Sequence[Check]) -> Judgment:
    """Judge by any: one thing that meets the requirement is enough."""
    return _make_finding(any_of([each.outcome for each in weighed]), weighed)


def finding_if_all(weighed: Sequence[Check]) -> Judgment:
    """Judge by all: one thing that speaks against the requirement is enough to fail it."""
    return _make_finding(all_of([each.outcome for each in weighed]), weighed)


def _make_finding(outcome: Outcome, weighed: Sequence[Check]) -> Judgment:
    same = [each for each in weighed if each.outcome is outcome]
    deciding = [each for each in same if not each.aside] or same
    steps = _unique([each.next_step for each in deciding if each.next_step])
    return Judgment(
        outcome=outcome,
        reasons=_unique([reason for each in deciding for reason in each.reasons]),
        evidence=_unique([evidence for each in deciding for evidence in each.evidence]),
        next_step=" ".join(steps) or None,
        steps=_make_steps(weighed),
    )


def _make_steps(weighed: Sequence[Check]) -> tuple[Step, ...]:
    """Return what was weighed; where it was one thing, the finding says that, and its checks remain."""
    shown = weighed if len(weighed) > 1 else weighed[0].parts
    return tuple([_make_step(each) for each in shown])


def _make_step(weighed: Check) -> Step:
    first = weighed.evidence[0] if weighed.evidence else None
    parts = tuple([_make_step(part) for part in weighed.parts])
    return Step(evidence=first, outcome=weighed.outcome, reasons=weighed.reasons, parts=parts)


def _make_check(
    outcome: Outcome,
    code: ReasonCode,
    message: str,
    evidence: tuple[str, ...],
    *,
    next_step: str | None = None,
    aside: bool = False,
) -> Check:
    return Check(
        outcome=outcome,
        reasons=(Reason(code=code, message=message),),
        evidence=evidence,
        next_step=next_step,
        aside=aside,
    )


def _unique(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items)) if len(items) > 1 else tuple(items)
