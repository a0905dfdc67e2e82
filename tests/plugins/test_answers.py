"""What any source answers is checked, and where one breaks, others are still answered for."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from credcheck._util.errors import Terminated
from credcheck.model import (
    Authority,
    Coverage,
    EvidenceKind,
    PersonName,
    Provenance,
    SourceState,
)
from credcheck.model.npi import check_digit, parse
from credcheck.source import (
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    PersonRecord,
    Snapshot,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.answers import search_answers
from credcheck.source.source_set import query_source
from tests.support.build import AS_OF as DAY
from tests.support.build import registration

FACTS = SourceFacts(
    name="theirs",
    adapter="theirs",
    kinds=(EvidenceKind.CERTIFICATE,),
    authority=Authority.PRIMARY,
    coverage=Coverage.COMPLETE,
    max_age_days=120,
)
SUBJECTS = [
    Subject(npi=parse(f"{head}{check_digit(str(head))}")) for head in range(200000100, 200000140)
]
GOOD = Answer(snapshot=Snapshot(as_of=DAY))


class Source:
    """A source that answers as it is made to."""

    facts = FACTS

    def __init__(self, answer: Callable[[Sequence[Any]], Any]) -> None:
        self.asked: list[int] = []
        self._answer = answer

    def collect(self, subjects: Sequence[Subject]) -> Any:
        self.asked.append(len(subjects))
        return self._answer(subjects)

    def search(self, questions: Sequence[NameQuestion]) -> Any:
        self.asked.append(len(questions))
        return self._answer(questions)


def breaks_at(*places: int, with_: Callable[[], Any]) -> Source:
    """Return a source that breaks whenever one of some subjects is asked about."""
    bad = {SUBJECTS[place].npi for place in places}

    def answer(subjects: Sequence[Subject]) -> Any:
        return with_() if bad & {each.npi for each in subjects} else [GOOD] * len(subjects)

    return Source(answer)


def fail() -> None:
    raise KeyError("x")


def stop() -> None:
    raise SystemExit(0)


@pytest.mark.parametrize("with_", [fail, stop, lambda: None, list, lambda: [None] * 40])
def test_one_row_stays_one_row(with_: Callable[[], Any]) -> None:
    source = breaks_at(7, 23, with_=with_)
    asked = query_source(source, SUBJECTS, DAY)
    failed = [x for x, each in enumerate(asked) if each.report.state is SourceState.FAILED]
    assert failed == [7, 23]
    assert len(source.asked) < 30


def test_it_does_not_matter_with_whom_one_is_asked_about() -> None:
    """Verdicts do not depend on where a partition ends."""
    together = query_source(breaks_at(3, with_=fail), SUBJECTS, DAY)
    source = breaks_at(3, with_=fail)
    apart = [query_source(source, [each], DAY)[0] for each in SUBJECTS]
    assert [x.report for x in together] == [x.report for x in apart]


def test_a_source_that_says_so_has_failed_for_all() -> None:
    def closed() -> None:
        raise SourceFailed("closed")

    source = breaks_at(0, with_=closed)
    asked = query_source(source, SUBJECTS, DAY)
    assert {each.report.detail for each in asked} == {"closed"}
    assert source.asked == [40]


@pytest.mark.parametrize("signal", [Terminated, KeyboardInterrupt])
def test_a_signal_is_let_through(signal: type[BaseException]) -> None:
    def come() -> None:
        raise signal

    with pytest.raises(signal):
        query_source(breaks_at(0, with_=come), SUBJECTS, DAY)


def test_a_name_at_which_a_registry_breaks_is_one_name() -> None:
    questions = [NameQuestion(name=PersonName(last=name, first="A")) for name in "ABCDE"]

    def answer(asked: Sequence[NameQuestion]) -> Any:
        if any(each.name.last == "C" for each in asked):
            raise ZeroDivisionError
        return [Candidates(snapshot=Snapshot(as_of=DAY))] * len(asked)

    found = search_answers(Source(answer), questions)
    assert [each.failure is not None for each in found] == [False, False, True, False, False]


def test_what_a_failed_search_found_counts_for_nothing() -> None:
    evidence = registration()
    claim = Claim(
        kind=EvidenceKind.REGISTRATION, record=evidence, provenance=Provenance(sha256="0" * 64),
        about=PersonRecord(npi=evidence.npi, names=evidence.names),
    )  # fmt: skip
    half = Candidates(claims=(claim,), failure="the rest is missing")
    question = NameQuestion(name=PersonName(last="A", first="B"))
    (kept,) = search_answers(Source(lambda _: [half]), [question])
    assert (kept.claims, kept.failure) == ((), "the rest is missing")


def test_a_text_that_is_endless_is_shortened() -> None:
    def shout() -> None:
        raise ValueError("x" * 1_000_000)

    (asked,) = query_source(breaks_at(0, with_=shout), SUBJECTS[:1], DAY)
    assert len(asked.report.detail or "") < 500
    assert "1,000,0" in (asked.report.detail or "")
