"""Verdicts written together: the same bytes as each one written alone."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.model import Dossier, PersonName, VerdictWriter, to_json
from credcheck.runs.packing import BEGINNING
from credcheck.verify.caching_checker import CachingChecker
from tests.support.build import AS_OF, STANDARD, dossier, good, physician
from tests.support.drawn import dossiers


@given(st.lists(dossiers(), min_size=1, max_size=6))
def test_what_verdicts_share_is_written_once_and_reads_the_same(cases: list[Dossier]) -> None:
    writer, check = VerdictWriter(), CachingChecker(STANDARD, AS_OF)
    for verdict in map(check, cases):
        line = BEGINNING + to_json(verdict.query) + b"".join(writer.after_query(verdict))
        assert line == to_json(verdict)


def test_signs_that_act_are_escaped_in_each_part() -> None:
    evil = PersonName(last="A\u202eB", first="\x7f\u00d1")
    case = dossier(*good(), person=physician(name="A\u202eB", names=(evil,)))
    verdict = CachingChecker(STANDARD, AS_OF)(case)
    line = BEGINNING + to_json(verdict.query) + b"".join(VerdictWriter().after_query(verdict))
    assert line == to_json(verdict)
    assert "\u202e" not in line.decode()


def test_what_is_at_hand_is_bounded() -> None:
    writer, check = VerdictWriter(), CachingChecker(STANDARD, AS_OF)
    for number in range(900):
        verdict = check(dossier(*good(), query=replace(dossier().query, row=number + 1)))
        assert b"".join(writer.after_query(verdict)) in to_json(verdict)
    assert len(writer._known) < 5_000
