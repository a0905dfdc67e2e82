"""Answers that are not NPPES's own: who stands between says so, in bounded words."""

import datetime as dt
import json
import time
from typing import Any

import httpx
import pytest
import respx

from credcheck.storage import NoCache
from tests.sources.nppes.played import GOOD, TODAY, found, look_up, search
from tests.support.world import record

WAF = (
    "<html><head><title>Request Rejected</title><style>p { color: red }</style></head><body>The"
    " requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is:"
    " 1234567890123456789<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>"
)
LONG = 900


def failure(nppes: respx.MockRouter, response: httpx.Response, **options: Any) -> str:
    nppes.get().mock(return_value=response)
    why = look_up(attempts=1, **options).failure
    assert why is not None
    assert len(why) < LONG
    return why


class TestRefusals:
    """What a service says of itself is quoted."""

    @pytest.mark.parametrize("status", [200, 403, 503])
    def test_the_support_id_is_shown(self, nppes: respx.MockRouter, status: int) -> None:
        why = failure(nppes, httpx.Response(status, html=WAF))
        assert "Your support ID is: 1234567890123456789" in why
        assert str(status) in why
        assert "<" not in why
        assert "color" not in why

    def test_it_is_shown_from_the_end_of_a_long_page(self, nppes: respx.MockRouter) -> None:
        page = "<html>" + "<p>Access denied, and much is said of it.</p>" * 40 + " Ray ID: 8f2a4c"
        assert "Ray ID: 8f2a4c" in failure(nppes, httpx.Response(403, html=page))

    @pytest.mark.parametrize("name", ["CF-RAY", "X-Request-Id", "X-Amzn-RequestId"])
    def test_one_that_stands_in_a_header_is_shown(self, nppes: respx.MockRouter, name: str) -> None:
        why = failure(nppes, httpx.Response(403, headers={name: "8f2a-\u001b4c"}))
        assert "8f2a-" in why

    def test_a_page_without_end_is_left(self, nppes: respx.MockRouter) -> None:
        began = time.monotonic()
        why = failure(nppes, httpx.Response(403, stream=httpx.ByteStream(b"<p>No. " * 3_000_000)))
        assert "403" in why
        assert time.monotonic() - began < 2

    @pytest.mark.parametrize(
        "content", [b"\xff\xfe\x00", b"<" * 100_000, b"<!--" * 9_000, b"\x1f\x8b"]
    )
    def test_a_page_that_is_no_text_is_no_bug(
        self, nppes: respx.MockRouter, content: bytes
    ) -> None:
        began = time.monotonic()
        assert "403" in failure(nppes, httpx.Response(403, content=content))
        assert time.monotonic() - began < 2

    def test_a_redirect_names_its_target(self, nppes: respx.MockRouter) -> None:
        target = "https://me:hunter2@login.example/start?token=secret"
        why = failure(nppes, httpx.Response(302, headers={"Location": target}))
        assert "https://login.example/start" in why
        assert "hunter2" not in why
        assert "secret" not in why

    @pytest.mark.parametrize("target", ["/login", "http://[bad", "x" * 60_000, ""])
    def test_an_odd_target_is_no_bug(self, nppes: respx.MockRouter, target: str) -> None:
        headers = [(b"Location", target.encode())]
        assert "redirects" in failure(nppes, httpx.Response(302, headers=headers))


class TestBounds:
    """Lengths are bounded where an answer is read: one that is too big is no answer."""

    @pytest.mark.parametrize("length", [2_000, 70_000, 3_000_000])
    @pytest.mark.parametrize("field", ["last_name", "first_name", "credential", "status"])
    @pytest.mark.slow(every_case=True)
    def test_a_name_that_no_person_bears(
        self, nppes: respx.MockRouter, field: str, length: int
    ) -> None:
        bad = json.loads(json.dumps(GOOD))
        bad["basic"][field] = "A" * length
        assert field in failure(nppes, found(bad))

    @pytest.mark.parametrize("key", ["other_names", "taxonomies", "addresses", "practiceLocations"])
    def test_lists_without_end(self, nppes: respx.MockRouter, key: str) -> None:
        bad = dict(GOOD) | {key: [{}] * 50_000}
        assert key in failure(nppes, found(bad))

    def test_more_rows_than_a_page_has(self, nppes: respx.MockRouter) -> None:
        many = httpx.Response(200, json={"result_count": 5_000, "results": [GOOD] * 5_000})
        nppes.get().mock(return_value=many)
        assert "results" in (search().failure or "")

    def test_a_number_of_a_thousand_digits(self, nppes: respx.MockRouter) -> None:
        for number in ("2" * 5_000, int("2" * 4_000)):
            why = failure(nppes, found({**GOOD, "number": number}))
            assert "2" * 300 not in why

    def test_errors_of_three_megabytes(self, nppes: respx.MockRouter) -> None:
        said = {
            "Errors": [{"number": "07", "field": "f" * 3_000_000, "description": "d" * 3_000_000}]
        }
        failure(nppes, httpx.Response(200, json=said))
        many = {"Errors": [{"number": "07", "description": "no"}] * 100_000}
        failure(nppes, httpx.Response(200, json=many))
        fifteen = {"Errors": [{"number": "15", "description": "d" * 3_000_000}]}
        failure(nppes, httpx.Response(200, json=fifteen))

    @pytest.mark.parametrize("depth", [1_000, 1_000_000])
    @pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
    def test_a_body_nested_deep(self, nppes: respx.MockRouter, depth: int, brackets: str) -> None:
        middle = len(brackets) - 1
        deep = brackets[:middle] * depth + "1" + brackets[middle:] * depth
        for content in (deep, f'{{"result_count": 0, "results": [], "more": {deep}}}'):
            nppes.get().mock(return_value=httpx.Response(200, text=content))
            assert look_up(attempts=1).failure

    @pytest.mark.parametrize("length", [300, 70_000, 3_000_000])
    def test_a_name_that_cannot_be_asked_for(self, nppes: respx.MockRouter, length: int) -> None:
        for last, first in (("a" * length, "b"), ("b", "a" * length), ("Ab " * length, "x")):
            candidates = search(last, first)
            assert candidates.permanent
            assert len(candidates.failure or "") < LONG
        assert not nppes.calls

    def test_a_mark_of_utf_8_is_no_part_of_the_answer(self, nppes: respx.MockRouter) -> None:
        content = json.dumps({"result_count": 1, "results": [GOOD]}).encode("utf-8-sig")
        nppes.get().mock(return_value=httpx.Response(200, content=content))
        assert len(look_up().claims) == 1

    def test_a_wait_without_end_is_told_in_seconds(self, nppes: respx.MockRouter) -> None:
        headers = {"Retry-After": "9" * 400}
        assert "wait 999999 s" in failure(nppes, httpx.Response(429, headers=headers))

    @pytest.mark.parametrize("length", [150, 3_000_000])
    def test_an_encoding_with_a_long_name(self, nppes: respx.MockRouter, length: int) -> None:
        response = httpx.Response(
            200, stream=httpx.ByteStream(b"x"), headers={"Content-Encoding": "x" * length}
        )
        assert "an encoding that was not requested" in failure(nppes, response)


class TestDays:
    """What is kept of another day than can be is asked for again."""

    @pytest.mark.parametrize(
        ("day", "kept"),
        [
            (TODAY, True),
            (TODAY - dt.timedelta(days=1), True),
            (TODAY + dt.timedelta(days=1), False),
            (dt.date(2099, 1, 1), False),
            (dt.date(9999, 12, 31), False),
            (TODAY - dt.timedelta(days=9), False),
            (dt.date(1, 1, 1), False),
        ],
    )
    @pytest.mark.slow(every_case=True)
    def test_a_day_to_come_or_long_gone(
        self, nppes: respx.MockRouter, day: dt.date, kept: bool
    ) -> None:
        old = json.dumps({"result_count": 1, "results": [record("2000001075", "OLD", "ONE")]})

        class Kept(NoCache):
            def get(self, key: str) -> bytes:
                return day.isoformat().encode() + old.encode()

        nppes.get().mock(return_value=found(GOOD))
        (claim,) = look_up(cache=Kept()).claims
        assert claim.about.names[0].last == ("OLD" if kept else "ABERNATHY")
        offline = look_up(cache=Kept(), offline=True)
        assert bool(offline.claims) is kept
        assert kept or "offline" in (offline.failure or "")

    def test_recorded_records_of_a_day_to_come(self) -> None:
        from credcheck.source import SourceFailed

        with pytest.raises(SourceFailed, match="in the future"):
            look_up(recorded="nppes.json", as_of=dt.date(2099, 1, 1))
