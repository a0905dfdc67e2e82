"""Waivers: whom, what, who, why, until when."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.audit.gate import Gate
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.waivers import Waiver, WaiverError, Waivers, load_waivers
from tests.support.build import AS_OF
from tests.support.runs import fails, meets

REQUIREMENTS = ("registration", "fellowship", "board_certification")
GOOD = """
[[waiver]]
npi = "2000001075"
requirement = "board_certification"
author = "Dr. A. Chair"
reason = "Renewal is under way; letter of 2026-10-20"
created = 2026-10-20
expires = 2026-12-31
"""


def read(tmp_path: Path, text: str) -> list[Waiver]:
    path = tmp_path / "waivers.toml"
    path.write_text(text)
    return load_waivers(path, REQUIREMENTS)


def waiver(**changes: Any) -> Waiver:
    usual: dict[str, Any] = {
        "npi": "2000001075",
        "requirement": "board_certification",
        "author": "A",
        "reason": "R",
        "created": dt.date(2026, 10, 1),
        "expires": dt.date(2026, 11, 1),
    }
    return Waiver(**usual | changes)


def gated(book: Waivers, *, failing: bool = True) -> tuple[str, ...]:
    gate = Gate(parse_fail_on("does_not_meet"), book, None, AS_OF)
    return gate.evaluate(fails() if failing else meets()).gates


def test_a_waiver_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path, GOOD)
    assert str(found).startswith(
        "NPI 2000001075, board_certification, by Dr. A. Chair until 2026-12-31"
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('author = "Dr. A. Chair"', "", "missing required field `author`"),
        ('author = "Dr. A. Chair"', 'author = " "', "must say something"),
        ("author", "auther", "unknown key 'auther'.*author"),
        ("board_certification", "board_certificate", "no requirement"),
        ("2000001075", "2000001076", "check digit"),
        ("npi =", "id = 'x'\nnpi =", "either npi or id"),
        ("2026-12-31", "2027-12-31", "runs for 437 days; the limit is 365"),
        ("2026-12-31", "2026-10-01", "expires before"),
        ("[[waiver]]", "max_days = 30\n[[waiver]]", "runs for 72 days; the limit is 30"),
        ("[[waiver]]", "max_days = 9999\n[[waiver]]", "up to 365"),
        ("[[waiver]]", "[[waivers]]", "unknown key 'waivers'"),
        ("created = 2026-10-20", 'created = "soon"', "created"),
    ],
)
def test_a_waiver_that_is_not_whole_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(WaiverError, match=said):
        read(tmp_path, GOOD.replace(before, after))


def test_a_waiver_in_force_keeps_a_finding_from_gating() -> None:
    book = Waivers([waiver()], AS_OF)
    assert gated(book) == ()
    assert book.unused == book.overdue == ()


def test_its_last_day_is_included_and_the_day_after_is_not() -> None:
    assert not gated(Waivers([waiver(expires=AS_OF)], AS_OF))
    assert gated(Waivers([waiver(expires=AS_OF - dt.timedelta(days=1))], AS_OF))


def test_an_ended_waiver_is_reported_where_it_would_be_needed() -> None:
    book = Waivers([waiver(expires=dt.date(2026, 10, 31))], AS_OF)
    assert gated(book) == ("does_not_meet",)
    assert book.overdue == (waiver(expires=dt.date(2026, 10, 31)),)


def test_one_that_nothing_needs_is_unused() -> None:
    book = Waivers([waiver()], AS_OF)
    assert gated(book, failing=False) == ()
    assert book.unused == (waiver(),)


def test_one_for_another_requirement_or_person_does_nothing() -> None:
    others = [waiver(requirement="fellowship"), waiver(npi="2100000019")]
    assert gated(Waivers(others, AS_OF)) == ("does_not_meet",)


def test_one_that_has_not_begun_does_nothing() -> None:
    assert gated(
        Waivers([waiver(created=dt.date(2026, 11, 2), expires=dt.date(2026, 12, 1))], AS_OF)
    )


def test_a_waiver_may_name_the_users_own_key() -> None:
    book = Waivers([waiver(npi=None, id="S-1")], AS_OF)
    gate = Gate(parse_fail_on("does_not_meet"), book, None, AS_OF)
    judged = gate.evaluate(fails(id="S-1"))
    assert judged.gates == ()
    assert "until 2026-11-01" in judged.waived["board_certification"]
    assert gate.evaluate(fails(id="S-2")).gates
