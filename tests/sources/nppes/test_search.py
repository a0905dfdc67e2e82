"""Searching by name, page by page."""

from typing import Any

import httpx
import respx

from tests.sources.nppes.played import GOOD, found, params, search
from tests.support.world import record


class TestSearching:
    """Pages, repeats and the end of them."""

    @staticmethod
    def people(start: int, count: int) -> list[Any]:
        from credcheck.model.npi import check_digit

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
        assert not candidates.permanent
        assert candidates.claims == ()

    def test_a_name_in_other_letters_is_not_asked_for(self, nppes: respx.MockRouter) -> None:
        candidates = search(last="\u0418\u0432\u0430\u043d\u043e\u0432")
        assert candidates.failure
        assert candidates.permanent
        assert not nppes.calls
