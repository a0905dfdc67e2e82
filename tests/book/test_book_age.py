"""How long a verification counts: from its own day, whenever it was written down."""

import datetime as dt
from pathlib import Path

import pytest

from credcheck.book.chain import BookError
from credcheck.book.storage import BookFolder
from credcheck.demo import DEMO_AS_OF
from tests.support.book import (
    RECORDED,
    add,
    certified,
    new_book,
    trained,
)
from tests.support.book_world import (
    MET,
    alma,
    certificate_finding,
)
from tests.support.world import codes, findings


class TestAge:
    """A verification counts for 120 days, or as the configuration says; training does not age."""

    def verified(self, world: Path, days: int) -> None:
        """Begin a book in which Alma was verified so many days before the as-of date."""
        day = DEMO_AS_OF - dt.timedelta(days=days)
        new_book(world / "book", certified(on=day), trained(on=day))

    @pytest.mark.parametrize(("days", "right"), [(120, MET), (121, "unverified")])
    def test_it_counts_from_the_day_of_the_verification(
        self, world: Path, days: int, right: str
    ) -> None:
        self.verified(world, days)
        found = findings(alma(world))
        assert found["board_certification"] == right
        assert found["fellowship"] == MET

    def test_a_cvo_has_90(self, world: Path) -> None:
        self.verified(world, 91)
        config = world / "credcheck.toml"
        config.write_text(config.read_text("utf-8") + 'max_age = "90d"\n', encoding="utf-8")
        assert "source_stale" in codes(alma(world), "board_certification")

    def test_who_never_writes_does_not_make_the_book_stale(self, world: Path) -> None:
        """The book as a whole has no age: what it lacks about others is no gap."""
        old = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
        BookFolder(world / "book").begin("J. Roe", old.date(), old)
        assert [x.state for x in alma(world).sources if x.name == "book"] == ["ok"]

    def test_a_verification_of_a_day_to_come_cannot_be_written(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book")
        with pytest.raises(BookError, match="is after the day"):
            add(book, certified(on=RECORDED.date() + dt.timedelta(days=2)))

    def test_a_book_of_a_day_to_come_is_not_used(self, world: Path) -> None:
        later = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
        book = new_book(world / "book")
        add(book, certified(on=later.date()), recorded=later)
        verdict = alma(world)
        assert [x.state for x in verdict.sources if x.name == "book"] == ["failed"]

    def test_the_day_of_writing_makes_nothing_younger(self, world: Path) -> None:
        """An old paper that is entered today is as old as its day."""
        book = new_book(world / "book")
        old = dt.date(2026, 5, 1)
        add(book, certified(on=old))
        assert certificate_finding(world) == "unverified"

    def test_a_certificate_that_was_verified_before_it_ended_has_ended(self, world: Path) -> None:
        new_book(world / "book", certified(expires="2026-10-25"))
        assert certificate_finding(world) != MET
