"""What changed between two runs."""

from msgspec.structs import replace

from credcheck.audit.diff import Change, compare_results, count_changes
from credcheck.model import Verdict
from credcheck.model.npi import parse
from tests.support.build import certificate, dossier, fellowship, program
from tests.support.build import verdict as judged
from tests.support.runs import asked, fails, meets, results, unverified

OTHER = parse("2100000019")


def changes(old: list[Verdict], new: list[Verdict]) -> list[tuple[str, tuple[Change, ...]]]:
    return [(x.key, x.changes) for x in compare_results(results(*old), results(*new), 90)]


def somebody_else(verdict: Verdict) -> Verdict:
    return replace(verdict, query=replace(verdict.query, npi=OTHER))


def test_nothing_changed() -> None:
    assert changes([meets(), somebody_else(fails())], [meets(), somebody_else(fails())]) == []


def test_an_outcome_changed() -> None:
    key = "NPI 2000001075"
    assert changes([meets()], [fails()]) == [(key, (Change.NEWLY_FAILING,))]
    assert changes([meets()], [unverified()]) == [(key, (Change.NEWLY_UNVERIFIED,))]
    assert changes([fails()], [meets()]) == [(key, (Change.NEWLY_MEETING,))]


def test_evidence_changed_and_the_outcome_did_not() -> None:
    assert changes([meets()], [meets(expires="2031-12-31")]) == [
        ("NPI 2000001075", (Change.EVIDENCE_CHANGED,))
    ]


def test_who_is_new_and_who_is_gone() -> None:
    assert changes([meets()], [somebody_else(meets())]) == [
        (f"NPI {OTHER}", (Change.NEW,)),
        ("NPI 2000001075", (Change.GONE,)),
    ]


def test_a_name_that_changed() -> None:
    before = meets()
    assert before.physician is not None
    now = replace(before, physician=replace(before.physician, name="ALMA OTHERNAME MD"))
    assert changes([before], [now]) == [("NPI 2000001075", (Change.NAME_CHANGED,))]


def test_what_ends_soon() -> None:
    soon = meets(expires="2026-12-31")
    (found,) = compare_results(results(soon), results(soon), 90)
    assert found.changes == (Change.EXPIRING,)
    assert "ends on 2026-12-31" in found.details[0]
    assert list(compare_results(results(soon), results(soon), 30)) == []


def test_rows_of_one_physician_are_compared_one_by_one() -> None:
    assert changes([meets(1), meets(2)], [meets(1), fails(2)]) == [
        ("NPI 2000001075 (2)", (Change.NEWLY_FAILING,))
    ]


def test_every_kind_is_counted() -> None:
    found = list(compare_results(results(meets()), results(fails()), 90))
    assert count_changes(found)["newly_failing"] == 1
    assert set(count_changes(found)) == set(Change)


def certified(status: str, expires: str = "2020-12-31", *more: str) -> Verdict:
    records = [certificate(status=word, expires=expires) for word in (status, *more)]
    return asked(judged(dossier(fellowship(), *records, program())))


def test_another_reason_for_the_same_outcome_is_a_change_of_its_own() -> None:
    expired, revoked = certified("Certified"), certified("Revoked")
    (found,) = compare_results(results(expired), results(revoked), 90)
    assert found.changes == (Change.REASON_CHANGED, Change.EVIDENCE_CHANGED)
    assert found.details[0] == (
        "Board certificate: still not met; before: board certificate expired;"
        " now: board certificate revoked"
    )


def test_a_reason_that_is_gone_is_no_new_reason() -> None:
    both = certified("Certified", "2020-12-31", "Revoked")
    assert changes([both], [certified("Revoked")]) == [
        ("NPI 2000001075", (Change.EVIDENCE_CHANGED,))
    ]
    assert changes([certified("Revoked")], [both]) == [
        ("NPI 2000001075", (Change.REASON_CHANGED, Change.EVIDENCE_CHANGED))
    ]
