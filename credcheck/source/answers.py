"""Asking a source, whatever it does: what comes back is an answer for each question, checked.

What an adapter hands over is data from outside. It is checked before anything rests on it, and an
adapter that raises, or gives what is no answer, has failed: in words, for those whom it concerns.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from credcheck._util.errors import Terminated
from credcheck._util.text import pluralize, shorten
from credcheck.model import RECORD_TYPES, EvidenceKind
from credcheck.model.npi import is_valid
from credcheck.source.interface import (
    AdapterFault,
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    Registry,
    Source,
    SourceFacts,
    SourceFailed,
    Subject,
)

_LOG = logging.getLogger(__name__)
_QUOTED = 300

Question = TypeVar("Question")
Reply = TypeVar("Reply", Answer, Candidates)


def collect_answers(source: Source, subjects: Sequence[Subject]) -> Sequence[Answer]:
    """Ask about all subjects. What goes wrong is a failure in the answers, never raised."""
    facts = source.facts

    def ask(asked: Sequence[Subject]) -> Sequence[Answer]:
        return check_answers(facts, asked, source.collect(asked))

    return _ask(ask, lambda why: Answer(failure=why), subjects)


def search_answers(registry: Registry, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
    """Ask for all names. What goes wrong is a failure in the answers, never raised."""

    def ask(asked: Sequence[NameQuestion]) -> Sequence[Candidates]:
        return check_candidates(asked, registry.search(asked))

    return _ask(ask, lambda why: Candidates(failure=why), questions) if questions else ()


def check_answers(
    facts: SourceFacts, subjects: Sequence[Subject], answers: object
) -> Sequence[Answer]:
    """Return the answers, of which those that failed or are about somebody else claim nothing.

    Raises AdapterFault for what is not an answer for each subject, with claims as the facts declare.
    """
    return [
        _check_answer(facts, subject, answer)
        for subject, answer in zip(subjects, _check_list(answers, len(subjects)), strict=True)
    ]


def check_candidates(questions: Sequence[NameQuestion], answers: object) -> Sequence[Candidates]:
    """Return the candidates for each question. Raises AdapterFault for what is none."""
    checked = []
    for each in _check_list(answers, len(questions)):
        found = _check_type(each, Candidates)
        for claim in found.claims:
            _check_claim((EvidenceKind.REGISTRATION,), claim)
            if claim.about.npi is None:
                raise AdapterFault("the adapter found someone without an NPI")
        checked.append(replace(found, claims=()) if found.failure is not None else found)
    return checked


def describe_fault(error: BaseException) -> str:
    """Return in words what an adapter raised."""
    if isinstance(error, SystemExit):
        return "the adapter tried to exit"
    said = " ".join("".join(traceback.format_exception_only(error)).split())
    return f"the adapter raised {shorten(said, _QUOTED)}"


def _ask(
    ask: Callable[[Sequence[Question]], Sequence[Reply]],
    fail: Callable[[str], Reply],
    questions: Sequence[Question],
) -> Sequence[Reply]:
    """Ask all together; where the adapter breaks, each half alone, down to whom it breaks at."""
    try:
        return _call(ask, questions)
    except AdapterFault as fault:
        if len(questions) == 1:
            return [fail(str(fault))]
    except SourceFailed as failed:
        return [fail(str(failed))] * len(questions)
    half = len(questions) // 2
    replies = list(_ask(ask, fail, questions[:half]))
    replies.extend(_ask(ask, fail, questions[half:]))
    return replies


def _call(
    ask: Callable[[Sequence[Question]], Sequence[Reply]], questions: Sequence[Question]
) -> Sequence[Reply]:
    try:
        return ask(questions)
    except (SourceFailed, Terminated):
        raise
    except (Exception, SystemExit) as error:
        _LOG.debug("an adapter failed", exc_info=error)
        raise AdapterFault(describe_fault(error)) from error


def _check_list(answers: object, wanted: int) -> Sequence[object]:
    if not isinstance(answers, list | tuple):
        raise AdapterFault(
            f"the adapter returned {_name_type(answers)} instead of a list of answers"
        )
    if len(answers) != wanted:
        raise AdapterFault(
            f"the adapter returned {pluralize(len(answers), 'answer')} to"
            f" {pluralize(wanted, 'question')}"
        )
    return answers


def _check_type(value: object, wanted: type[Reply]) -> Reply:
    if not isinstance(value, wanted):
        raise AdapterFault(
            f"the adapter returned {_name_type(value)} instead of {_add_article(wanted)}"
        )
    return value


def _check_answer(facts: SourceFacts, subject: Subject, value: object) -> Answer:
    answer = _check_type(value, Answer)
    if answer.failure is not None:
        return replace(answer, claims=()) if answer.claims else answer
    if answer.dispositions and not facts.settles:
        raise AdapterFault(
            "the adapter decides whose rows other sources have; only the book may do that"
        )
    for claim in answer.claims:
        _check_claim(facts.kinds, claim)
        if claim.verification is not None and not facts.settles:
            raise AdapterFault("the adapter returned a person's verification; only the book may")
        if claim.kind is EvidenceKind.REGISTRATION and (other := _other_number(subject, claim)):
            return Answer(failure=f"asked for NPI {subject.npi}, it answered with {other}")
    return answer


def _check_claim(kinds: Sequence[EvidenceKind], claim: object) -> None:
    if not isinstance(claim, Claim):
        raise AdapterFault(f"the adapter returned {_name_type(claim)} instead of a Claim")
    if claim.kind not in kinds:
        raise AdapterFault(f"the adapter returned a {claim.kind}, which it does not declare")
    if claim.record is None:
        if not claim.problem:
            raise AdapterFault("the adapter returned a claim with neither a record nor a problem")
    elif not isinstance(claim.record, RECORD_TYPES[claim.kind]):
        raise AdapterFault(f"the adapter returned a record that is {_name_type(claim.record)}")
    if claim.about.npi is not None and not is_valid(claim.about.npi):
        raise AdapterFault(
            f"the adapter returned a row whose number {claim.about.npi!r} is not an NPI"
        )


def _other_number(subject: Subject, claim: Claim) -> str | None:
    """Return the number that a registration is of, if it is not the one that was asked for."""
    own = getattr(claim.record, "npi", claim.about.npi)
    numbers = {str(number) for number in (claim.about.npi, own)} - {str(subject.npi)}
    return ", ".join(sorted(numbers)) or None


def _name_type(value: object) -> str:
    return _add_article(type(value))


def _add_article(kind: type) -> str:
    name = kind.__name__
    return f"{'an' if name[0] in 'AEIOaeiou' else 'a'} {name}"
