"""Every adapter that comes with credcheck against the contract suite that third parties run too."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.demo import demo_folder
from credcheck.model import FellowshipEvidence
from credcheck.source import Source, Subject
from credcheck.source.adapter import Context, load_adapter
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


def test_the_suite_catches_a_source_that_breaks_the_contract() -> None:
    """A suite that nothing can fail would be no contract."""

    class Broken:
        facts = opened("oig-leie", path="leie.csv").facts

        def collect(self, subjects: list[Subject]) -> list[object]:
            return []

    known = subject(physician("2000001075", "Abernathy", "Alma"))
    unknown = subject(physician("2999999990", "Nobodyatall", "Nemo"))
    suite = SourceContract()
    with pytest.raises(AssertionError):
        suite.test_answers_each_subject_in_order(Broken(), known, unknown)  # type: ignore[arg-type]


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
