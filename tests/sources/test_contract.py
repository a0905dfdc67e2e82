"""Every adapter that comes with credcheck against the contract suite that third parties run too."""

import datetime as dt
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.demo import demo_folder
from credcheck.model import FellowshipEvidence
from credcheck.source import AdapterFault, Answer, Snapshot, Source, Subject
from credcheck.source.adapter import Context, load_adapter
from credcheck.source.answers import check_answers
from credcheck.source.importer import ImportJob
from credcheck.storage import NoCache
from credcheck.storage.snapshots import Store
from credcheck.testing import RegistryContract, SourceContract, physician, subject
from credcheck_sources.nppes_file.importer import run
from tests.support.build import evidence, fellowship
from tests.support.dissemination import individual, write

DAY = dt.date(2026, 11, 1)
TODAY = dt.date(2026, 11, 24)


def opened(adapter: str, **options: Any) -> Source:
    settings = SourceConfig(name="under-test", adapter=adapter, options=options)
    context = Context(folder=demo_folder(), today=TODAY, cache=NoCache())
    return open_source(settings, context, "test")


class TestNppesFile(RegistryContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> Source:
        rows = [individual("2000001075", "ABERNATHY", "ALMA")]
        store = tmp_path / "store"
        run(ImportJob(files=(write(tmp_path, rows),), store=Store(store)))
        settings = SourceConfig(name="under-test", adapter="nppes-file", options={})
        context = Context(folder=tmp_path, today=TODAY, cache=NoCache(), store=store)
        return open_source(settings, context, "test")

    @pytest.fixture
    def known(self) -> Subject:
        return subject(physician("2000001075", "Abernathy", "Alma"))


class Listed(SourceContract):
    """A listing of people: Alma Abernathy is in all of them."""

    @pytest.fixture
    def known(self) -> Subject:
        return subject(physician("2000001075", "Abernathy", "Alma"))


class TestBoardCertificates(Listed):
    @pytest.fixture
    def source(self) -> Source:
        return opened("board-certificates", path="boards.csv", as_of=DAY)


class TestFellowships(Listed):
    @pytest.fixture
    def source(self) -> Source:
        return opened("fellowships", path="fellowships.csv", as_of=DAY)


class TestListing(Listed):
    @pytest.fixture(params=["permits.csv competency", "procedures.csv procedure"])
    def source(self, request: pytest.FixtureRequest) -> Source:
        path, kind = request.param.split()
        return opened("listing", path=path, kind=kind, as_of=DAY)


class TestOigLeie(SourceContract):
    @pytest.fixture
    def source(self) -> Source:
        return opened("oig-leie", path="leie.csv", as_of=DAY)

    @pytest.fixture
    def known(self) -> Subject:
        return subject(physician("2100000340", "Ironbridge", "Inez"))


class TestTrainingPrograms(SourceContract):
    """A program list is asked about the programs that fellowships name."""

    @pytest.fixture
    def source(self) -> Source:
        return opened("training-programs", path="programs.csv", as_of=DAY)

    @pytest.fixture
    def known(self) -> Subject:
        person = physician("2000001075", "Abernathy", "Alma")
        item = evidence(fellowship())
        assert isinstance(item, FellowshipEvidence)
        return Subject(npi=person.npi, physician=person, evidence=(item,))


class TestNppesApi(RegistryContract):
    @pytest.fixture
    def source(self) -> Source:
        return opened("nppes-api", recorded="nppes.json", as_of=DAY)

    @pytest.fixture
    def known(self) -> Subject:
        return subject(physician("2000001075", "Abernathy", "Alma"))


LET_GO = threading.Event()
GOOD = [Answer(snapshot=Snapshot(as_of=DAY))]
BREAKS: dict[str, Callable[[Any], Any]] = {
    "too few": lambda subjects: [],
    "none": lambda subjects: None,
    "another type": lambda subjects: [{"outcome": "meets"}],
    "raises": lambda subjects: 1 / 0,
    "exits": lambda subjects: sys.exit(0),
    "prints": lambda subjects: [print("meets"), *GOOD][1:],  # noqa: T201
    "writes": lambda subjects: [os.write(1, b"meets"), *GOOD][1:],
    "leaves a thread": lambda subjects: [threading.Thread(target=LET_GO.wait).start(), *GOOD][1:],  # type: ignore[func-returns-value]
    "hangs": lambda subjects: LET_GO.wait(30) and GOOD,
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_suite_catches_a_source_that_breaks_the_contract(
    how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A suite that nothing can fail would be no contract."""

    class Broken:
        facts = opened("oig-leie", path="leie.csv").facts

        def collect(self, subjects: list[Subject]) -> Any:
            return BREAKS[how](subjects)

    broken: Any = Broken()
    known, suite = subject(physician("2000001075", "Abernathy", "Alma")), SourceContract()
    LET_GO.clear()
    try:
        with pytest.raises((AssertionError, AdapterFault)):
            _run_suite(suite, broken, known, capfd)
    finally:
        LET_GO.set()


def _run_suite(
    suite: SourceContract, broken: Any, known: Subject, capfd: pytest.CaptureFixture[str]
) -> None:
    suite.test_answers_in_time(broken, known, 0.5)
    suite.test_does_nothing_but_answer(broken, known, capfd)
    check_answers(broken.facts, [known], broken.collect([known]))


def test_every_adapter_says_its_name_kinds_and_summary() -> None:
    from credcheck.source.adapter import adapter_names

    for name in adapter_names():
        adapter = load_adapter(name)
        assert adapter.name == name
        assert adapter.kinds
        assert adapter.summary
        assert adapter.options.__doc__


def test_a_relative_path_is_relative_to_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("npi,last_name,first_name,topic\n2000001075,A,B,fluoroscopy\n")
    settings = SourceConfig(
        name="x", adapter="listing", options={"path": "b.csv", "kind": "competency", "as_of": DAY}
    )
    context = Context(folder=tmp_path, today=TODAY, cache=NoCache())
    source = open_source(settings, context, "test")
    (answer,) = source.collect([subject(physician("2000001075", "A", "B"))])
    assert len(answer.claims) == 1
