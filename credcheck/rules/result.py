"""What a rule makes of each record or gap, and how these combine to a finding."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from msgspec.structs import replace

from credcheck.model import (
    Finding,
    Model,
    Outcome,
    Reason,
    ReasonCode,
    RequirementLevel,
    Step,
    all_of,
    any_of,
)

Item = TypeVar("Item")


class Combine(StrEnum):
    """How checks combine: any that is met suffices, all must hold, or one negative decides."""

    ANY = "any"
    ALL = "all"
    NEGATIVE_FIRST = "negative_first"


class Check(Model, kw_only=True):
    """What a rule makes of one record, or of a gap where a record could have been.

    ``evidence`` are the records that it rests on; without any, it rests on absence. ``fields`` are
    those of the record that it looks at, where it does not look at all of them. ``aside`` marks a
    record that is not about the requirement at all (a general certificate, where a subspecialty
    certificate is asked for): it decides nothing by itself. ``silent`` marks that nobody said
    anything: a blocking requirement passes over it. ``accepts_self_reported`` is for a standard that
    takes the person's word. ``parts`` are checks that were combined to this one.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...] = ()
    next_step: str | None = None
    fields: tuple[str, ...] = ()
    aside: bool = False
    silent: bool = False
    accepts_self_reported: bool = False
    parts: "tuple[Check, ...]" = ()
    combine: Combine = Combine.ALL


def met(code: ReasonCode, message: str, *evidence: str, fields: tuple[str, ...] = ()) -> Check:
    """Check something off as meeting the requirement."""
    return _make_check(Outcome.MET, code, message, evidence, fields)


def not_met(
    code: ReasonCode,
    message: str,
    *evidence: str,
    fields: tuple[str, ...] = (),
    aside: bool = False,
    ask: str | None = None,
) -> Check:
    """Take something as evidence that the requirement is not met. ``ask`` says what could change it."""
    made = _make_check(Outcome.NOT_MET, code, message, evidence, fields)
    return replace(made, aside=aside, next_step=ask) if aside or ask else made


def unverified(
    code: ReasonCode, message: str, *evidence: str, ask: str, silent: bool = False
) -> Check:
    """Leave something undecided. ``ask`` says whom to ask for what."""
    made = _make_check(Outcome.UNVERIFIED, code, message, evidence, ())
    return replace(made, next_step=ask, silent=silent)


def with_remark(check: Check, code: ReasonCode, message: str) -> Check:
    """Return the same with one more reason: a remark that does not change the outcome."""
    remark = Reason(code=code, message=message, about=check.evidence)
    return replace(check, reasons=(*check.reasons, remark))


def all_checks(parts: Sequence[Check]) -> Check:
    """Combine the checks of one record: all must hold. The deciding ones give the reasons."""
    return combine_parts(parts, Combine.ALL)


def any_check(parts: Sequence[Check]) -> Check:
    """Combine checks of which one suffices. The deciding ones give the reasons."""
    return combine_parts(parts, Combine.ANY)


def combine_parts(parts: Sequence[Check], how: Combine) -> Check:
    """Combine checks to one that rests on all their records; one alone is itself."""
    if len(parts) == 1:
        return parts[0]
    outcome = combine_outcomes([part.outcome for part in parts], how)
    deciding = [part for part in parts if part.outcome is outcome]
    return Check(
        outcome=outcome,
        reasons=unique([reason for part in deciding for reason in part.reasons]),
        evidence=unique([evidence for part in parts for evidence in part.evidence]),
        next_step=_join_steps(deciding),
        aside=any(part.aside for part in deciding),
        silent=all(part.silent for part in deciding),
        parts=tuple(parts),
        combine=how,
    )


def combine_outcomes(outcomes: Sequence[Outcome], how: Combine) -> Outcome:
    """Combine outcomes. Raises ValueError for none at all."""
    if how is Combine.ALL:
        return all_of(outcomes)
    if how is Combine.NEGATIVE_FIRST and Outcome.NOT_MET in outcomes:
        return Outcome.NOT_MET
    return any_of(outcomes)


def make_finding(
    requirement: str, level: RequirementLevel, checks: Sequence[Check], how: Combine
) -> Finding:
    """Return the finding that some checks make."""
    outcome = combine_outcomes([each.outcome for each in checks], how)
    same = [each for each in checks if each.outcome is outcome]
    deciding = [each for each in same if not each.aside] or same
    return Finding(
        requirement=requirement,
        level=level,
        outcome=outcome,
        reasons=unique([reason for each in deciding for reason in each.reasons]),
        evidence=unique([evidence for each in deciding for evidence in each.evidence]),
        next_step=_join_steps(deciding) if outcome is not Outcome.MET else None,
        steps=_make_steps(checks),
    )


def _join_steps(checks: Sequence[Check]) -> str | None:
    return " ".join(unique([each.next_step for each in checks if each.next_step])) or None


def _make_steps(checks: Sequence[Check]) -> tuple[Step, ...]:
    """Return what was checked; where it was one thing, the finding says that, and its parts remain."""
    shown = checks if len(checks) > 1 else checks[0].parts
    return tuple([_make_step(each) for each in shown])


def _make_step(check: Check) -> Step:
    first = check.evidence[0] if check.evidence else None
    parts = tuple([_make_step(part) for part in check.parts])
    return Step(evidence=first, outcome=check.outcome, reasons=check.reasons, parts=parts)


def _make_check(
    outcome: Outcome,
    code: ReasonCode,
    message: str,
    evidence: tuple[str, ...],
    fields: tuple[str, ...],
) -> Check:
    reason = Reason(code=code, message=message, about=evidence)
    return Check(outcome=outcome, reasons=(reason,), evidence=evidence, fields=fields)


def unique(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items, each once, in their order."""
    return tuple(dict.fromkeys(items)) if len(items) > 1 else tuple(items)
