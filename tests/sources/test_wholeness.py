"""Whether a listing is whole: its last rows, and what they say themselves."""

import pytest

from credcheck.tables import RejectedRow
from credcheck_sources.listings.wholeness import find_tear, is_footer

WIDTH = 5


def torn(*cells: str, is_terminated: bool = True, totals: tuple[str, ...] = ()) -> bool:
    last = RejectedRow(7, 8, cells, "has another number of cells")
    return find_tear(last, WIDTH, [0, 1], is_terminated=is_terminated, totals=totals) is not None


@pytest.mark.parametrize(
    "note",
    [
        *("*** output truncated at 1,000 rows ***", "Page 1 of 3", "100 of 250 records"),
        *("Report limited to 500 records", "... and 12 more rows", "Continued on the next sheet"),
        *("First 1,000 results", "This export is incomplete", "Row limit reached"),
        *("Total: 11 records", "Total records: 1,100", "Number of rows 8", "8 physicians"),
    ],
)
def test_a_list_that_says_itself_that_it_goes_on_is_not_whole(note: str) -> None:
    assert torn(note)
    assert torn("1", "2", "3", "4", "5", totals=(f"row 9: '{note}'",))


@pytest.mark.parametrize(
    "note",
    [
        *("Total: 7 records", "Page 3 of 3", "7 of 7 records", "End of report", "Total", "Total 6"),
        *("Generated on 2026-11-01", "* expired", "Source: the board", "---", "© 2026"),
    ],
)
def test_other_notes_are_nobodys(note: str) -> None:
    assert not torn(note)
    assert not torn("1", "2", totals=(f"row 9: '{note}'",))


@pytest.mark.parametrize("left", ["\0" * 512, "\0\0\0 total 3", "\ufffd\ufffd", "\x1a\x1a\x02"])
def test_what_a_bad_disk_leaves_is_no_footer(left: str) -> None:
    assert not is_footer((left,), WIDTH)
    assert torn(left, is_terminated=False)
