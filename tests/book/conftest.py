"""The world of the tests of the book as a source."""

from pathlib import Path

import pytest

from tests.support.book_world import make_book_world


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return make_book_world(tmp_path)
