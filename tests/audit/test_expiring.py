"""What will end: only what counts because it is current."""

import datetime as dt

from credcheck.audit.expirations import Calendar, expiries, select_within
from tests.support.build import AS_OF, certificate, dossier, fellowship, program, verdict
from tests.support.runs import fails, meets


def parse_days(expires: str) -> list[tuple[str, int]]:
    return [(x.requirement, (x.expires - AS_OF).days) for x in expiries(meets(expires=expires))]


def test_a_certificate_that_counts_now_ends() -> None:
    assert parse_days("2026-11-30") == [("board_certification", 29)]
    assert select_within(expiries(meets(expires="2026-11-30")), AS_OF, 29)
    assert not select_within(expiries(meets(expires="2026-11-30")), AS_OF, 28)


def test_what_is_not_met_does_not_end() -> None:
    assert expiries(fails()) == []


def test_one_without_an_end_does_not_end() -> None:
    endless = certificate(expires=None, duration="continuous")
    assert expiries(verdict(dossier(fellowship(), endless, program()))) == []


def test_a_base_specialty_that_an_ended_certificate_proved_does_not_end() -> None:
    base = certificate(
        certificate="Anesthesiology", certificate_type="general", expires="2015-12-31"
    )
    found = expiries(verdict(dossier(fellowship(), certificate(), base, program())))
    assert {each.requirement for each in found} == {"board_certification"}


def test_the_calendar_counts_people() -> None:
    calendar = Calendar(AS_OF)
    for expires in ("2026-11-20", "2026-12-20", "2030-01-01"):
        calendar.add(expiries(meets(expires=expires)))
    assert dict(calendar.counts) == {30: 1, 60: 2, 90: 2}
    assert dt.date(2026, 11, 1) == AS_OF
