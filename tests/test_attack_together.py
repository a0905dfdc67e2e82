"""What is found out of one person must not change what is said of another, nor what failed once."""

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from credcheck.demo import demo_people
from credcheck.identity.parse_name import parse_name
from credcheck.model import Query, RosterRef, to_json
from credcheck.model.npi import check_digit, parse
from credcheck.runs import engine
from credcheck.runs.fingerprint import RunKey
from credcheck.runs.journal import Journal
from credcheck.runs.workers import PartitionJudge, open_pool
from credcheck.source import (
    Answer,
    Candidates,
    NameQuestion,
    Registry,
    Source,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import load_standard
from credcheck.verify.pipeline import Verifier, verify
from tests.support.world import copy_demo, open_world, record, write_records

pytestmark = pytest.mark.slow

STANDARD, AS_OF = load_standard("interventional-pain"), dt.date(2026, 11, 1)
FAMILIES = ["O'BRIEN", "OBRIEN", "O BRIEN", "SMITH-JONES", "SMITH JONES", "SMITH\tJONES", "OBRIAN"]
GIVENS = ["PAT", "PATRICK", "P", "PAT\tJ", "GARY", "CARY"]
NUMBERS = [f"{nine}{check_digit(str(nine))}" for nine in range(290_000_000, 290_000_030)]
BOARD = "American Board of Anesthesiology,Pain Medicine,Certified,2016-09-10,2030-12-31"


def world(folder: Path, chance: Random) -> Path:
    """A world of people whose names differ in their writing alone, on rows without numbers too."""
    made = copy_demo(folder)
    people = [(npi, chance.choice(FAMILIES), chance.choice(GIVENS)) for npi in NUMBERS]
    write_records(made, [record(*each) for each in people])
    rows = ["npi,last_name,first_name,state,board,certificate,status,issued,expires"]
    for npi, last, first in chance.sample(people, 20):
        number, state = chance.choice([npi, "", ""]), chance.choice(["OH", "OH", "", "TX"])
        rows.append(f'{number},"{last}","{first}",{state},{BOARD}')
    (made / "boards.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


def asked(chance: Random) -> list[Query]:
    """Everybody by number, some by name, some twice."""
    queries = [Query(npi=parse(npi)) for npi in NUMBERS]
    queries += [Query(npi=parse(each.npi)) for each in demo_people()[:5]]
    names = [f"{first} {last}" for last in ("Obrien", "Smith-Jones") for first in ("Pat", "Gary")]
    queries += [Query(name=name, person=parse_name(name)) for name in names]
    queries += chance.sample(queries, 4)
    chance.shuffle(queries)
    return [replace(query, row=row, line=row + 1) for row, query in enumerate(queries, 1)]


def alone(queries: Sequence[Query], made: Path) -> list[bytes]:
    sources = open_world(made)
    return [to_json(v) for query in queries for v in verify([query], sources, STANDARD, AS_OF)]


@pytest.mark.parametrize("seed", range(6))
def test_everybody_is_judged_as_if_they_were_alone(tmp_path: Path, seed: int) -> None:
    """Whoever else is on the roster, in whatever order, and wherever a partition ends."""
    chance = Random(seed)  # noqa: S311 - drawn again each time
    made = world(tmp_path, chance)
    queries = asked(chance)
    expected = alone(queries, made)
    assert len({verdict.partition(b'"outcome":')[2] for verdict in expected}) > 10
    for size in (1, 3, 500):
        together = verify(queries, open_world(made), STANDARD, AS_OF, partition=size)
        assert [to_json(verdict) for verdict in together] == expected


class Flaky:
    """A source that fails now and then."""

    def __init__(self, real: Source, chance: Random) -> None:
        self.real = real
        self._chance = chance
        self.fails = 0.3

    @property
    def facts(self) -> SourceFacts:
        return self.real.facts

    def collect(self, subjects: Sequence[Subject]) -> Sequence[Answer]:
        self.maybe_fail()
        return self.real.collect(subjects)

    def maybe_fail(self) -> None:
        if self._chance.random() < self.fails:
            raise SourceFailed("it is down")


class FlakyRegistry(Flaky):
    """A registry that fails now and then, when it is asked by name too."""

    def search(self, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
        self.maybe_fail()
        assert isinstance(self.real, Registry)
        return self.real.search(questions)


def flaky(sources: Sequence[Source], chance: Random) -> list[Flaky]:
    return [
        FlakyRegistry(each, chance) if isinstance(each, Registry) else Flaky(each, chance)
        for each in sources
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_run_that_is_stopped_and_resumed_over_failing_sources_ends_undisturbed(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)  # noqa: S311 - drawn again each time
    made = world(tmp_path, chance)
    queries = asked(chance)
    monkeypatch.setattr(engine, "_FIRST", chance.choice([1, 5]))
    monkeypatch.setattr(engine, "_LARGEST", 5)
    failing = flaky(open_world(made).sources, chance)
    journal = planned(tmp_path / "journal", queries)
    for rounds in range(100):
        for each in failing:
            each.fails = 0.3 if rounds < 15 else 0.0
        work = PartitionJudge(Verifier(SourceSet(failing), STANDARD, AS_OF))
        with open_pool(work, 1, journal.rows) as pool:
            for _ in islice(engine.judge(journal, pool), chance.choice([2, 4, 99])):
                pass
        if not journal.pending_rows and not journal.counts().unanswered:
            break
    assert [line.rstrip(b"\n") for line in journal.lines()] == alone(queries, made)
    journal.close()


def planned(path: Path, queries: Sequence[Query]) -> Journal:
    journal = Journal.create(path)
    journal.plan(queries)
    key = RunKey(version="0", as_of=AS_OF, standard=STANDARD.ref, roster="", columns={}, sources=())
    roster = RosterRef(file="roster.csv", sha256="0" * 64, columns={}, others=())
    journal.close_plan(key, roster, "2026-11-01T00:00:00+00:00")
    return journal
