"""The three-valued algebra: the whole table, and its laws."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import Outcome, VerdictOutcome, all_of, any_of

MET, NOT, UN = Outcome.MET, Outcome.NOT_MET, Outcome.UNVERIFIED
SEVERAL = st.lists(st.sampled_from(Outcome), min_size=1)

AND = {
    (MET, MET): MET, (MET, UN): UN, (MET, NOT): NOT,
    (UN, MET): UN, (UN, UN): UN, (UN, NOT): NOT,
    (NOT, MET): NOT, (NOT, UN): NOT, (NOT, NOT): NOT,
}  # fmt: skip
OR = {
    (MET, MET): MET, (MET, UN): MET, (MET, NOT): MET,
    (UN, MET): MET, (UN, UN): UN, (UN, NOT): UN,
    (NOT, MET): MET, (NOT, UN): UN, (NOT, NOT): NOT,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "result"), AND.items())
def test_all_of_two(pair: tuple[Outcome, Outcome], result: Outcome) -> None:
    assert all_of(pair) is result


@pytest.mark.parametrize(("pair", "result"), OR.items())
def test_any_of_two(pair: tuple[Outcome, Outcome], result: Outcome) -> None:
    assert any_of(pair) is result


def test_the_tables_are_whole() -> None:
    assert set(AND) == set(OR) == set(itertools.product(Outcome, repeat=2))


def test_not_turns_met_and_not_met_and_leaves_unverified() -> None:
    assert (~MET, ~NOT, ~UN) == (NOT, MET, UN)


@given(SEVERAL)
def test_de_morgan(outcomes: list[Outcome]) -> None:
    assert ~all_of(outcomes) is any_of(~each for each in outcomes)


@given(SEVERAL, SEVERAL)
def test_grouping_and_order_do_not_matter(a: list[Outcome], b: list[Outcome]) -> None:
    for combine in (all_of, any_of):
        assert combine([*a, *b]) is combine([combine(b), combine(a)])


@given(SEVERAL)
def test_more_knowledge_never_turns_an_answer(outcomes: list[Outcome]) -> None:
    """Deciding what was unverified may settle the whole; it never overturns a settled whole."""
    for combine, known in itertools.product((all_of, any_of), (MET, NOT)):
        before = combine(outcomes)
        after = combine([known if each is UN else each for each in outcomes])
        assert before is UN or after is before


@pytest.mark.parametrize("combine", [all_of, any_of])
def test_of_nothing_nothing_can_be_said(combine: object) -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        combine([])  # type: ignore[operator]


def test_the_verdicts_words() -> None:
    assert [VerdictOutcome.of(each) for each in (MET, NOT, UN)] == [
        "meets",
        "does_not_meet",
        "unverified",
    ]
