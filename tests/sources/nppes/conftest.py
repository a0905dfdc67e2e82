"""NPPES, played."""

from collections.abc import Iterator

import pytest
import respx

from credcheck_sources.nppes.options import PUBLIC


@pytest.fixture
def nppes() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=PUBLIC, assert_all_called=False) as router:
        yield router
