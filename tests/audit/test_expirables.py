"""What ends or has to be verified again: each day once, in the right bucket, with the reason."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.audit.expirables import (
    BookDecision,
    Bucket,
    Due,
    Expirable,
    find_bucket,
    list_expirables,
)
from credcheck.audit.expirations import expiries
from credcheck.audit.windows import list_lapsed, list_windows, next_cycle
from credcheck.model import Certificate, Verdict
from tests.support.build import AS_OF, certificate, dossier, verdict


def judged(*records: Certificate, **other: str) -> Verdict:
    made = verdict(dossier(*records))
    return replace(made, query=replace(made.query, other=other))


def certificates(found: list[Expirable]) -> list[Expirable]:
    return [each for each in found if each.item.endswith("Pain Medicine")]


def test_a_certificate_ends_on_its_day() -> None:
    (found,) = certificates(list_expirables(judged(certificate(expires="2026-12-31"))))
    assert (found.due, found.why) == (dt.date(2026, 12, 31), Due.ENDS)
    assert find_bucket(found, AS_OF) is Bucket.DAYS_60
    assert find_bucket(found, dt.date(2026, 12, 31)) is Bucket.DAYS_30
    assert find_bucket(found, dt.date(2027, 1, 1)) is Bucket.EXPIRED


@pytest.mark.parametrize("duration", ["continuous", "time_unlimited"])
def test_what_has_no_end_is_verified_again_all_the_same(duration: Any) -> None:
    lasting = certificate(expires=None, duration=duration)
    (found,) = certificates(list_expirables(judged(lasting)))
    assert found.expires == ""
    assert found.why is Due.VERIFY
    assert found.due == found.next_check


def test_what_the_gate_counts_is_listed_with_its_requirement() -> None:
    """One question, one answer: each end that the gate counts stands in the list, on its day."""
    twice = certificate(expires="2026-12-31"), certificate(expires="2026-12-31", status="Active")
    for records in (
        (certificate(expires="2026-12-31"),),
        twice,
        (certificate(expires="2026-12-31"), certificate(board="AOBA", expires="2026-12-01")),
        (certificate(expires="2025-12-31"),),
    ):
        made = judged(*records)
        listed = {
            (name, each.expires) for each in list_expirables(made) for name in each.requirements
        }
        assert listed == {(x.requirement, str(x.expires)) for x in expiries(made)}


def test_of_several_terms_the_last_counts() -> None:
    terms = certificate(expires="2020-12-31"), certificate(issued="2021-01-01")
    (found,) = certificates(list_expirables(judged(*terms)))
    assert found.expires == "2027-12-31"


def test_an_expired_one_is_told_also_when_nothing_is_met() -> None:
    (found,) = certificates(list_expirables(judged(certificate(expires="2025-12-31"))))
    assert find_bucket(found, AS_OF) is Bucket.EXPIRED


def test_a_license_that_no_list_confirms_is_due_at_once() -> None:
    found = [x for x in list_expirables(judged()) if x.number == "35.1"]
    assert [(each.due, each.verified_on) for each in found] == [(AS_OF, None)]


def test_the_next_decision_is_due_after_36_months() -> None:
    (found,) = [x for x in list_expirables(judged(last_credentialed="2023-12-01")) if x.issued]
    assert found.due == dt.date(2026, 12, 1)
    decided = BookDecision(dt.date(2024, 2, 29), next_cycle(dt.date(2024, 2, 29)))
    (found,) = [x for x in list_expirables(judged(), decided) if x.issued]
    assert found.due == dt.date(2027, 2, 28)


def test_a_day_of_the_roster_that_cannot_be_read_is_told() -> None:
    found = [x for x in list_expirables(judged(last_credentialed="soon")) if x.status]
    assert [each.due for each in found if "soon" in each.status] == [AS_OF]


def test_the_owner_is_of_the_roster() -> None:
    assert {each.owner for each in list_expirables(judged(Owner="M. Roe"))} == {"M. Roe"}


def test_a_window_is_counted_from_the_day_of_the_verification() -> None:
    on = AS_OF - dt.timedelta(days=100)
    made = judged(certificate(verified_on=on.isoformat()))
    windows = [each for each in list_windows(made) if each.evidence]
    assert [each.last - on for each in windows] == [dt.timedelta(days=120)]
    assert not [x for x in list_lapsed(made, on + dt.timedelta(days=120)) if x.evidence]
    (lapsed,) = (x for x in list_lapsed(made, on + dt.timedelta(days=121)) if x.evidence)
    assert lapsed.requirement == "board_certification"
    assert [x.evidence for x in list_lapsed(made, AS_OF, 90) if x.evidence] == [lapsed.evidence]
