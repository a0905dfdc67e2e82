"""Failures that may pass: tried again within limits, and reported when they do not pass."""

from typing import Any

import httpx
import pytest
import respx

from credcheck.model.npi import parse
from credcheck.source import Subject
from tests.sources.nppes.played import GOOD, NPI, found, look_up, source
from tests.support.world import record

pytestmark = pytest.mark.slow


class TestTryingAgain:
    """Transient failures: again, with pauses, within the deadline."""

    @pytest.mark.parametrize(
        "first",
        [
            httpx.Response(500),
            httpx.Response(503),
            httpx.Response(429),
            httpx.Response(200, html="<html>maintenance</html>"),
            httpx.Response(200, content=b""),
            httpx.Response(200, json={"result_count": 1, "results": []}),
            httpx.ReadError("reset"),
            httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body"
            ),
        ],
    )
    def test_once_failed_and_then_good(self, nppes: respx.MockRouter, first: Any) -> None:
        nppes.get().mock(side_effect=[first, found(GOOD)])
        assert len(look_up().claims) == 1
        assert len(nppes.calls) == 2

    def test_always_failing_ends_after_the_attempts(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=httpx.Response(503))
        failure = look_up(attempts=2).failure or ""
        assert failure == "unavailable after 2 tries: the registry answered with status 503"
        assert len(nppes.calls) == 2

    def test_retry_after_is_waited_for(self, nppes: respx.MockRouter) -> None:
        wait = httpx.Response(503, headers={"Retry-After": "0"})
        nppes.get().mock(side_effect=[wait, found(GOOD)])
        assert len(look_up().claims) == 1

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_retry_after_beyond_the_deadline_is_not(
        self, nppes: respx.MockRouter, status: int
    ) -> None:
        wait = httpx.Response(status, headers={"Retry-After": "999999"})
        nppes.get().mock(return_value=wait)
        failure = look_up().failure or ""
        assert "asks credcheck to wait 999999 s" in failure
        assert len(nppes.calls) == 1

    def test_a_changed_shape_is_not_tried_again(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=httpx.Response(200, json={"status": "ok"}))
        assert "no results list" in (look_up().failure or "")
        assert len(nppes.calls) == 1

    def test_a_registry_that_is_down_is_not_asked_for_ever(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=httpx.Response(503))
        subjects = [Subject(npi=parse(NPI))] * 20
        answers = source(attempts=1, concurrency=1).collect(subjects)
        assert all(answer.failure for answer in answers)
        assert len(nppes.calls) == 5
        assert "circuit open" in (answers[-1].failure or "")

    def test_one_failure_does_not_spoil_the_others(self, nppes: respx.MockRouter) -> None:
        other = record("2100000019", "BELLWEATHER", "BORIS")
        nppes.get(params={"number": NPI}).mock(return_value=httpx.Response(404))
        nppes.get(params={"number": "2100000019"}).mock(return_value=found(other))
        subjects = [Subject(npi=parse(NPI)), Subject(npi=parse("2100000019"))]
        first, second = source().collect(subjects)
        assert first.failure
        assert len(second.claims) == 1
