"""What the client sends, and what it makes of each answer that NPPES is known to give."""

import json

import httpx
import pytest
import respx

from credcheck.model import Registration
from credcheck.source import Answer
from credcheck_sources.nppes.options import PUBLIC
from tests.sources.nppes.played import GOOD, NPI, TODAY, found, look_up, params, search
from tests.support.world import record


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
        assert "an encoding that was not requested" in (look_up().failure or "")

    def test_a_body_without_end_is_refused(self, nppes: respx.MockRouter) -> None:
        nppes.get().mock(
            return_value=httpx.Response(200, stream=httpx.ByteStream(b" " * (9 << 20)))
        )
        assert "bigger than 8 MB" in (look_up().failure or "")


def test_it_works_inside_a_running_event_loop(nppes: respx.MockRouter) -> None:
    """As in a notebook."""
    import asyncio

    nppes.get().mock(return_value=found(GOOD))

    async def in_a_loop() -> Answer:
        return look_up()

    assert len(asyncio.run(in_a_loop()).claims) == 1
