"""Blocks of verdicts: nothing is lost in them, and damage is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.model import Decision, Reason, ReasonCode, Resolution, SourceState, Verdict, to_json
from credcheck.runs.packing import BEGINNING, Packer, VerdictBlock, unpack_block
from tests.support.build import certificate, evidence, match
from tests.support.runs import fails, meets


@given(st.lists(st.booleans(), max_size=100))
@pytest.mark.slow
def test_every_verdict_comes_out_as_it_went_in(passing: list[bool]) -> None:
    verdicts = [meets() if each else fails() for each in passing]
    rows = [place + 1 for place in range(len(verdicts))]
    blocks = list(Packer()(rows, verdicts))
    bodies = [body for block in blocks for body in unpack_block(block.packed)]
    assert [kept.row for block in blocks for kept in block.kept] == rows
    for verdict, body in zip(verdicts, bodies, strict=True):
        assert BEGINNING + to_json(verdict.query) + body == to_json(verdict)


def block() -> VerdictBlock:
    (one,) = Packer()([1, 2], [meets(), fails()])
    return one


def test_what_can_be_asked_without_unpacking() -> None:
    assert [(each.outcome, each.again) for each in block().kept] == [
        ("meets", False),
        ("does_not_meet", False),
    ]


def unlike(**changes: Any) -> Verdict:
    return replace(meets(), **changes)


FAILED = replace(meets().sources[0], state=SourceState.FAILED, detail="it is down")
NO_SEARCH = Reason(code=ReasonCode.SOURCE_FAILED, message="nppes: it is down")


@pytest.mark.parametrize(
    "verdict",
    [
        unlike(sources=(FAILED,)),
        unlike(resolution=Resolution(by="name", decision=Decision.NO_MATCH, reasons=(NO_SEARCH,))),
        unlike(evidence=(evidence(certificate(), tied=match(unanswered=True)),)),
    ],
)
def test_whatever_did_not_answer_can_be_asked_again(verdict: Verdict) -> None:
    """A source, a search for a name, or the question who else bears it."""
    (packed,) = Packer()([1], [verdict])
    assert packed.kept[0].again


@pytest.mark.parametrize("place", [0, 40, -1])
def test_one_wrong_byte_is_told(place: int) -> None:
    packed = bytearray(block().packed)
    packed[place] ^= 1
    with pytest.raises(ValueError, match="a block of verdicts is damaged"):
        unpack_block(bytes(packed))


def test_a_block_that_is_gone_is_told() -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack_block(b"")
