"""The contract of a source, as tests. Subclass, and give the fixtures ``source`` and ``known``.

::

    class TestMySource(SourceContract):
        @pytest.fixture
        def source(self):
            return open_source("mine", MyOptions(path="mine.csv"), context)

        @pytest.fixture
        def known(self):
            return subject(physician("2000001075", "Abernathy", "Alma"))
"""

import re
import threading
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from credcheck.model import RECORD_TYPES, EvidenceKind, canonical_json
from credcheck.source import Answer, NameQuestion, Registry, Source, Subject
from credcheck.source.answers import check_answers, check_candidates
from credcheck.source.plugin.messages import pack_answer, unpack_claims
from credcheck.testing.subjects import NOBODY, physician, subject

_SHA256 = re.compile(r"[0-9a-f]{64}")


class SourceContract:
    """What every source must do."""

    @pytest.fixture
    def source(self) -> Source:
        """Return the source under test, freshly opened."""
        raise NotImplementedError("give a fixture 'source'")

    @pytest.fixture
    def known(self) -> Subject:
        """Return a subject that the source has at least one row about."""
        raise NotImplementedError("give a fixture 'known'")

    @pytest.fixture
    def unknown(self) -> Subject:
        """Return a subject that the source has no row about."""
        return subject(physician(NOBODY, "Nobodyatall", "Nemo", license_number="0"))

    @pytest.fixture
    def deadline(self) -> float:
        """Return the seconds within which the source answers, as a configuration may set them."""
        return 30.0

    def test_declares_itself(self, source: Source) -> None:
        """The facts are complete and do not change."""
        facts = source.facts
        assert facts.name
        assert facts.adapter
        assert facts.kinds
        assert all(isinstance(kind, EvidenceKind) for kind in facts.kinds)
        assert facts.max_age_days > 0
        assert source.facts == facts

    def test_answers_nothing_for_nobody(self, source: Source) -> None:
        """No question gets no answer."""
        assert list(source.collect([])) == []

    def test_answers_each_subject_in_order(
        self, source: Source, known: Subject, unknown: Subject
    ) -> None:
        """One answer for each subject, in the order of the question."""
        answers = list(source.collect([unknown, known, unknown]))
        assert [bool(answer.claims) for answer in answers] == [False, True, False]

    def test_knows_the_known(self, source: Source, known: Subject) -> None:
        """Claims are of declared kinds, with a record or a problem, and tell where they stand."""
        answer = _one(source, known)
        assert answer.failure is None
        for claim in answer.claims:
            assert claim.kind in source.facts.kinds
            assert claim.record is not None or claim.problem
            assert claim.record is None or isinstance(claim.record, RECORD_TYPES[claim.kind])
            assert _SHA256.fullmatch(claim.provenance.sha256)
            assert claim.provenance.row is None or claim.provenance.row >= 1

    def test_answers_are_taken(self, source: Source, known: Subject, unknown: Subject) -> None:
        """What it answers is what a run takes: answers, with claims as declared, about those asked."""
        asked = [unknown, known]
        given = source.collect(asked)
        assert list(check_answers(source.facts, asked, given)) == list(given)

    def test_answers_go_over_a_pipe(self, source: Source, known: Subject) -> None:
        """A plugin is asked in a process of its own: its claims arrive as they were."""
        answer = _one(source, known)
        assert unpack_claims(pack_answer(answer)) == answer.claims

    def test_answers_in_time(self, source: Source, known: Subject, deadline: float) -> None:
        """It answers within the deadline, and does not raise."""
        answers: list[Sequence[Answer]] = []
        asking = threading.Thread(
            target=lambda: answers.append(source.collect([known])), daemon=True
        )
        asking.start()
        asking.join(deadline)
        assert answers, "no answer in time, or it raised an error"

    def test_does_nothing_but_answer(
        self, source: Source, known: Subject, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """It writes nothing to standard output, and leaves no thread behind."""
        before = set(threading.enumerate())
        source.collect([known])
        assert capfd.readouterr().out == ""
        assert not [x for x in threading.enumerate() if x not in before and not x.daemon]

    def test_says_how_old_it_is(self, source: Source, known: Subject, unknown: Subject) -> None:
        """Every answer without a failure has a snapshot: without it, it would count as failed."""
        for answer in source.collect([known, unknown]):
            assert answer.failure is None
            assert answer.snapshot is not None

    def test_does_not_invent(self, source: Source, unknown: Subject) -> None:
        """Nobody's number leads to no claim, and that is no failure."""
        answer = _one(source, unknown)
        assert answer.claims == ()
        assert answer.failure is None

    def test_gives_the_same_answer_again(self, source: Source, known: Subject) -> None:
        """The same question gets the same answer, byte for byte."""
        first, second = _one(source, known), _one(source, known)
        assert canonical_json(first) == canonical_json(second)

    def test_one_is_a_batch_of_one(self, source: Source, known: Subject, unknown: Subject) -> None:
        """Many together get what each would get alone."""
        together = list(source.collect([known, unknown]))
        alone = [_one(source, known), _one(source, unknown)]
        assert canonical_json(together) == canonical_json(alone)


class RegistryContract(SourceContract):
    """What a source must do besides that can be asked by name."""

    @pytest.fixture
    def question(self, known: Subject) -> NameQuestion:
        """Return a question that finds the known subject."""
        if known.physician is None:
            raise NotImplementedError("give the known subject a physician")
        return NameQuestion(name=known.physician.names[0])

    def test_can_be_searched(self, source: Source) -> None:
        """It has the method that registries have."""
        assert isinstance(source, Registry)

    def test_candidates_are_taken(
        self, source: Registry, known: Subject, question: NameQuestion
    ) -> None:
        """What it finds is what a run takes: registrations of people with a number."""
        del known
        given = source.search([question])
        assert list(check_candidates([question], given)) == list(given)

    def test_finds_the_known_by_name(
        self, source: Registry, known: Subject, question: NameQuestion
    ) -> None:
        """The known subject is among the candidates for their name."""
        (found,) = source.search([question])
        assert found.failure is None
        assert known.npi in {claim.about.npi for claim in found.claims}

    def test_finds_the_known_in_capitals_and_without(
        self, source: Registry, known: Subject, question: NameQuestion
    ) -> None:
        """Case does not matter: who else bears a name is asked in capitals."""
        name = question.name
        for written in (str.upper, str.lower):
            asked = replace(name, last=written(name.last), first=written(name.first))
            (found,) = source.search([replace(question, name=asked)])
            assert known.npi in {claim.about.npi for claim in found.claims}

    def test_finds_nobody_for_an_unknown_name(self, source: Registry, unknown: Subject) -> None:
        """An unknown name has no candidates, and that is no failure."""
        assert unknown.physician is not None
        (found,) = source.search([NameQuestion(name=unknown.physician.names[0])])
        assert found.claims == ()
        assert found.failure is None
        assert found.complete


def _one(source: Source, wanted: Subject) -> Answer:
    (answer,) = source.collect([wanted])
    return answer
