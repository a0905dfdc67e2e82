"""What is kept of answers, and what never is."""

import datetime as dt

import httpx
import pytest
import respx

from credcheck.storage import DiskByteCache, NoCache
from tests.sources.nppes.played import GOOD, found, look_up


class TestCaching:
    """Only good answers are kept, for their time."""

    def test_a_good_answer_is_kept(self, nppes: respx.MockRouter, cache: DiskByteCache) -> None:
        nppes.get().mock(return_value=found(GOOD))
        first, second = look_up(cache=cache), look_up(cache=cache)
        assert first == second
        assert len(nppes.calls) == 1

    def test_it_keeps_the_day_on_which_it_was_given(
        self, nppes: respx.MockRouter, cache: DiskByteCache
    ) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up(cache=cache)
        answer = look_up(cache=cache, today=dt.date(2026, 12, 24), cache_ttl="30d")
        assert answer.snapshot is not None
        assert answer.snapshot.as_of == dt.date(2026, 11, 24)

    @pytest.mark.parametrize(
        "bad",
        [
            httpx.Response(503),
            httpx.Response(404),
            httpx.Response(200, html="<html></html>"),
            httpx.Response(200, json={"Errors": [{"number": "15"}]}),
            httpx.Response(200, json={"result_count": 0, "results": []}),
        ],
    )
    def test_failures_and_empty_answers_are_not(
        self, nppes: respx.MockRouter, cache: DiskByteCache, bad: httpx.Response
    ) -> None:
        nppes.get().mock(return_value=bad)
        look_up(cache=cache, attempts=1)
        nppes.get().mock(return_value=found(GOOD))
        answer = look_up(cache=cache)
        assert len(answer.claims) == 1
        assert answer.failure is None

    def test_refresh_asks_again(self, nppes: respx.MockRouter, cache: DiskByteCache) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up(cache=cache)
        look_up(cache=cache, refresh=True)
        assert len(nppes.calls) == 2

    def test_offline_uses_what_is_kept_and_nothing_else(
        self, nppes: respx.MockRouter, cache: DiskByteCache
    ) -> None:
        assert "offline" in (look_up(cache=cache, offline=True).failure or "")
        nppes.get().mock(return_value=found(GOOD))
        look_up(cache=cache)
        assert len(look_up(cache=cache, offline=True).claims) == 1
        assert len(nppes.calls) == 1

    def test_a_kept_answer_that_is_damaged_is_asked_for_again(
        self, nppes: respx.MockRouter
    ) -> None:
        class Damaged(NoCache):
            def get(self, key: str) -> bytes:
                return b"2026-11-24{not json"

        nppes.get().mock(return_value=found(GOOD))
        assert len(look_up(cache=Damaged()).claims) == 1
