"""The client against a played NPPES (respx): every quirk that is known of the API."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from credcheck.adapters import Context
from credcheck.cache import ByteCache, DiskByteCache, NoCache
from credcheck.demo import demo_folder
from credcheck.model import PersonName, Registration
from credcheck.npi import parse
from credcheck.settings import SourceSettings, open_source
from credcheck.source import Answer, Candidates, NameQuestion, Registry, Subject
from credcheck_sources.nppes.options import PUBLIC, NppesOptions
from tests.support.world import record

NPI = "2000001075"
TODAY = dt.date(2026, 11, 24)
GOOD = record(NPI, "ABERNATHY", "ALMA")


@pytest.fixture
def nppes() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=PUBLIC, assert_all_called=False) as router:
        yield router


def found(*records: Any) -> httpx.Response:
    return httpx.Response(200, json={"result_count": len(records), "results": list(records)})


def source(cache: ByteCache | None = None, **options: Any) -> Registry:
    offline, refresh = options.pop("offline", False), options.pop("refresh", False)
    usual = {"rate": 1000.0, "timeout": 5.0, **options}
    context = Context(
        folder=demo_folder(),
        today=TODAY,
        cache=cache or NoCache(),
        offline=offline,
        refresh=refresh,
    )
    opened = open_source(
        SourceSettings(name="nppes", adapter="nppes-api", options=usual), context, ""
    )
    assert isinstance(opened, Registry)
    return opened


def look_up(*, cache: ByteCache | None = None, npi: str = NPI, **options: Any) -> Answer:
    (answer,) = source(cache, **options).collect([Subject(npi=parse(npi))])
    return answer


def search(last: str = "Abernathy", first: str = "Alma", **more: Any) -> Candidates:
    state = more.pop("state", None)
    question = NameQuestion(name=PersonName(last=last, first=first), state=state)
    (candidates,) = source(**more).search([question])
    return candidates


def params(router: respx.MockRouter, place: int = 0) -> dict[str, str]:
    return dict(router.calls[place].request.url.params)


class TestAsking:
    """What is sent."""

    def test_the_number_is_sent_alone(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up()
        assert params(nppes) == {"version": "2.1", "number": NPI}

    def test_the_address_keeps_its_slash(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up()
        assert str(nppes.calls[0].request.url).startswith(f"{PUBLIC}?version=2.1")

    def test_the_tool_names_itself_and_takes_no_encoding(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up()
        headers = nppes.calls[0].request.headers
        assert headers["User-Agent"].startswith("credcheck/")
        assert headers["Accept-Encoding"] == "identity"

    def test_a_name_is_asked_for_without_aliases_and_for_individuals(
        self, nppes: respx.MockRouter
    ) -> None:
        nppes.get().mock(return_value=found(GOOD))
        search(state="oh")
        assert params(nppes) == {
            "version": "2.1",
            "enumeration_type": "NPI-1",
            "last_name": "Abernathy",
            "first_name": "Alma",
            "use_first_name_alias": "False",
            "state": "OH",
            "limit": "200",
            "skip": "0",
        }

    @pytest.mark.parametrize(
        ("last", "first", "sent"),
        [
            ("MUÑOZ", "ÉLENA", {"last_name": "MUNOZ", "first_name": "ELENA"}),
            ("O’Brien", "Al", {"last_name": "O'Brien", "first_name": "Al"}),
            ("Smith!?", "Ann", {"last_name": "Smith", "first_name": "Ann"}),
        ],
    )
    def test_names_are_sent_in_letters_that_nppes_takes(
        self, nppes: respx.MockRouter, last: str, first: str, sent: dict[str, str]
    ) -> None:
        nppes.get().mock(return_value=found(GOOD))
        search(last, first)
        assert sent.items() <= params(nppes).items()

    def test_an_initial_is_left_out(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD))
        search(first="A.")
        assert "first_name" not in params(nppes)

    @pytest.mark.parametrize(("last", "first"), [("*", "Ann"), ("Smith", "J*"), ("!", "Ann")])
    def test_wildcards_and_empty_names_are_never_sent(
        self, nppes: respx.MockRouter, last: str, first: str
    ) -> None:
        assert search(last, first).failure
        assert not nppes.calls


class TestAnswers:
    """What comes back, and what is made of it."""

    def test_a_record(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD))
        answer = look_up()
        (claim,) = answer.claims
        assert isinstance(claim.record, Registration)
        assert claim.record.status == "active"
        assert claim.provenance.url is not None
        assert claim.provenance.url.startswith(PUBLIC)
        assert answer.snapshot is not None
        assert answer.snapshot.as_of == TODAY

    def test_an_empty_answer_is_asked_for_once_more(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(side_effect=[found(), found(GOOD)])
        assert len(look_up().claims) == 1
        assert len(nppes.calls) == 2

    def test_empty_twice_is_an_answer(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found())
        answer = look_up()
        assert (answer.claims, answer.failure) == ((), None)
        assert len(nppes.calls) == 2

    def test_another_number_than_asked_for_is_a_failure_that_names_both(
        self, nppes: respx.MockRouter
    ) -> None:
        nppes.get().mock(return_value=found(record("2100000019", "X", "Y")))
        failure = look_up().failure or ""
        assert NPI in failure
        assert "2100000019" in failure

    def test_two_records_for_one_number_are_a_failure(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(GOOD, GOOD))
        assert look_up().failure

    def test_errors_are_quoted_and_not_tried_again(self, nppes: respx.MockRouter) -> None:
        said = {
            "Errors": [{"number": "07", "field": "state", "description": "Field state requires"}]
        }
        nppes.get().mock(return_value=httpx.Response(200, json=said))
        assert "Field state requires" in (look_up().failure or "")
        assert len(nppes.calls) == 1

    def test_error_15_says_deactivated(self, nppes: respx.MockRouter) -> None:
        said = {"Errors": [{"number": "15", "description": "CMS deactivated NPI"}]}
        nppes.get().mock(return_value=httpx.Response(200, json=said))
        answer = look_up()
        (claim,) = answer.claims
        assert isinstance(claim.record, Registration)
        assert (claim.record.status, claim.record.note) == ("deactivated", "CMS deactivated NPI")

    def test_error_15_among_others_is_a_failure(self, nppes: respx.MockRouter) -> None:
        said = {"Errors": [{"number": "15"}, {"number": "06"}]}
        nppes.get().mock(return_value=httpx.Response(200, json=said))
        assert look_up().failure

    def test_json_with_another_content_type_is_read(self, nppes: respx.MockRouter) -> None:
        content = json.dumps({"result_count": 1, "results": [GOOD]})
        nppes.get().mock(return_value=httpx.Response(200, text=content))
        assert len(look_up().claims) == 1

    @pytest.mark.parametrize("status", [301, 302, 307])
    def test_redirects_are_not_followed(self, nppes: respx.MockRouter, status: int) -> None:
        nppes.get().mock(
            return_value=httpx.Response(status, headers={"Location": "https://evil.test/"})
        )
        assert "redirects" in (look_up().failure or "")
        assert len(nppes.calls) == 1

    @pytest.mark.parametrize("status", [400, 403, 404])
    def test_other_refusals_are_told_and_not_tried_again(
        self, nppes: respx.MockRouter, status: int
    ) -> None:
        nppes.get().mock(return_value=httpx.Response(status))
        assert str(status) in (look_up().failure or "")
        assert len(nppes.calls) == 1

    def test_an_encoded_body_is_refused(self, nppes: respx.MockRouter) -> None:
        import gzip

        bomb = gzip.compress(bytes(1 << 20))
        nppes.get().mock(
            return_value=httpx.Response(
                200, stream=httpx.ByteStream(bomb), headers={"Content-Encoding": "gzip"}
            )
        )
        assert "encoded" in (look_up().failure or "")

    def test_a_body_without_end_is_refused(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(
            return_value=httpx.Response(200, stream=httpx.ByteStream(b" " * (9 << 20)))
        )
        assert "bigger than 8 MB" in (look_up().failure or "")


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
        assert failure == "unavailable after 2 tries: the registry answers with status 503"
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
        assert "asks to wait 999999 s" in failure
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


class TestSearching:
    """Pages, repeats and the end of them."""

    @staticmethod
    def people(start: int, count: int) -> list[Any]:
        from credcheck.npi import check_digit

        nines = [f"21{number:07d}" for number in range(start, start + count)]
        return [record(nine + check_digit(nine), "SMITH", "ANN") for nine in nines]

    def test_one_page_that_is_not_full_is_complete(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(*self.people(0, 3)))
        candidates = search()
        assert (len(candidates.claims), candidates.complete) == (3, True)

    def test_full_pages_are_followed_by_the_next(self, nppes: respx.MockRouter) -> None:
        pages = [found(*self.people(0, 200)), found(*self.people(200, 7))]
        nppes.get().mock(side_effect=pages)
        candidates = search()
        assert (len(candidates.claims), candidates.complete) == (207, True)
        assert params(nppes, 1)["skip"] == "200"

    def test_a_repeated_page_ends_the_search_as_incomplete(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=found(*self.people(0, 200)))
        candidates = search()
        assert (len(candidates.claims), candidates.complete) == (200, False)
        assert len(nppes.calls) == 2

    def test_it_goes_to_1000_and_no_further(self, nppes: respx.MockRouter) -> None:
        pages = [found(*self.people(200 * page, 200)) for page in range(6)]
        nppes.get().mock(side_effect=pages)
        candidates = search()
        assert (len(candidates.claims), candidates.complete) == (1200, False)
        assert params(nppes, 5)["skip"] == "1000"

    def test_an_empty_search_is_asked_for_once_more(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(side_effect=[found(), found(GOOD)])
        assert len(search().claims) == 1

    def test_a_failure_is_no_empty_answer(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(return_value=httpx.Response(404))
        candidates = search()
        assert candidates.failure
        assert candidates.claims == ()


class TestCaching:
    """Only good answers are kept, for their time."""

    def test_a_good_answer_is_kept(self, nppes: respx.MockRouter, cache: DiskByteCache) -> None:
        nppes.get().mock(return_value=found(GOOD))
        first, second = look_up(cache=cache), look_up(cache=cache)
        assert first == second
        assert len(nppes.calls) == 1

    def test_it_keeps_the_day_on_which_it_was_given(
        self, nppes: respx.MockRouter, cache: DiskByteCache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nppes.get().mock(return_value=found(GOOD))
        look_up(cache=cache)
        monkeypatch.setattr(f"{__name__}.TODAY", dt.date(2026, 12, 24))
        answer = look_up(cache=cache)
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


class TestPace:
    """Polite to the public registry, quick on this machine."""

    def test_the_public_registry_is_asked_five_times_a_second_at_most(self) -> None:
        assert NppesOptions().requests_per_second == 5
        assert NppesOptions().concurrency <= 4

    def test_a_server_on_this_machine_is_not_slowed_down(self) -> None:
        assert NppesOptions(base_url="http://127.0.0.1:1/api/").requests_per_second is None

    def test_a_rate_that_is_set_holds(self) -> None:
        local = NppesOptions(base_url="http://127.0.0.1:1/api/", rate=2.5)
        assert local.requests_per_second == 2.5

    @pytest.mark.parametrize(
        ("text", "seconds"), [("0s", 0), ("90m", 5400), ("24h", 86400), ("7d", 604800)]
    )
    def test_the_cache_keeps_answers_as_long_as_it_is_told(self, text: str, seconds: int) -> None:
        assert NppesOptions(cache_ttl=text).cache_seconds == seconds


def test_it_works_inside_a_running_event_loop(nppes: respx.MockRouter) -> None:
    """As in a notebook."""
    import asyncio

    nppes.get().mock(return_value=found(GOOD))

    async def in_a_loop() -> Answer:
        return look_up()

    assert len(asyncio.run(in_a_loop()).claims) == 1
