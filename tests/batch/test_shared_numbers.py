"""Names that a roster gives one number: compared each with each, and no roster takes for ever."""

from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.identity.alignment import names_agree
from credcheck.model import PersonName, Query, ReasonCode
from credcheck.model.npi import parse
from credcheck.runs.engine import plan
from credcheck.runs.journal import Journal
from credcheck.runs.shared_numbers import share_one_name
from tests.batch.test_journal import REF, key
from tests.support.many import name, number

MANY = 3_000
ALMA = parse("2000001075")

_FAMILIES = ("Abernathy", "ABERNATHY", "Abernathy-Rowe", "Rowe", "", "Ab\ufffdrnathy", "O'Rowe")
_GIVEN = ("Alma", "alma", "A", "Alma Jean", "Jean", "Elma", "", "Al\ufffda")
NAMES = st.builds(
    PersonName,
    last=st.sampled_from(_FAMILIES),
    first=st.sampled_from(_GIVEN),
    middle=st.sampled_from(("", "J", "Jean", "Rowe")),
    suffix=st.sampled_from(("", "Jr")),
)


@given(st.lists(NAMES, max_size=12, unique=True))
def test_it_is_the_same_as_comparing_each_with_each(names: list[PersonName]) -> None:
    each_with_each = all(
        names_agree([one], [other]) or names_agree([other], [one])
        for one, other in combinations(names, 2)
    )
    assert share_one_name(names) is each_with_each


def find_problems(tmp_path: Path, people: Iterator[tuple[str, ...]]) -> list[ReasonCode | None]:
    rows = [PersonName(last=each[0], first=each[1], middle="".join(each[2:])) for each in people]
    queries = [
        Query(npi=ALMA, row=row, person=each, name=str(each)) for row, each in enumerate(rows, 1)
    ]
    with closing(Journal.create(tmp_path / "j")) as journal:
        roster: Any = SimpleNamespace(queries=lambda: iter(queries), birth_dates={})
        assert plan(roster, journal) == len(rows)
        problems = [query.problem for query in journal.queries()]
        return [None if each is None else each.code for each in problems]


def test_one_number_under_thousands_of_names_is_nobodys(tmp_path: Path) -> None:
    found = find_problems(tmp_path, (name(place) for place in range(MANY)))
    assert found == [ReasonCode.IDENTITY_CONFLICT] * MANY


def test_one_person_whom_each_row_writes_otherwise_is_one_person(tmp_path: Path) -> None:
    people = (("Abernathy", "Alma", name(place)[0].title()) for place in range(MANY))
    assert find_problems(tmp_path, people) == [None] * MANY


def test_more_writings_than_can_be_compared_are_a_doubt(tmp_path: Path) -> None:
    people = ((f"Abernathy-{name(place)[0].title()}", "Alma") for place in range(MANY))
    assert find_problems(tmp_path, people) == [ReasonCode.IDENTITY_CONFLICT] * MANY


@pytest.mark.parametrize("people", [1, 7, MANY - MANY // 4, MANY])
def test_rows_that_ask_the_same_have_the_first_ones_verdict(tmp_path: Path, people: int) -> None:
    queries = [
        Query(npi=parse(number(row % people)), row=row + 1, id=f"S{row}") for row in range(MANY)
    ]
    with closing(Journal.create(tmp_path / "j")) as journal:
        journal.plan(queries)
        journal.close_plan(key(), REF, "2026-11-01T00:00:00+00:00")
        pending = journal.pending(0, MANY)
        same = dict(cast("Any", journal._db.select("SELECT row, first FROM same")))
    assert [each.row for each in pending] == list(range(1, people + 1))
    assert sum(each.copies for each in pending) == MANY
    assert same == {row + 1: row % people + 1 for row in range(people, MANY)}
