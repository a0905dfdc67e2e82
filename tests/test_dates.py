import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model.dates import DEFAULT_FORMS, DateError, PartialDate, days_from, parse_date

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.sampled_from([1, 2, 3]))
    return PartialDate(*(day.year, day.month, day.day)[:known])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-01", "2026-11-01"),
        ("11/1/2026", "2026-11-01"),
        ("03/04/2026", "2026-03-04"),
        ("20261101", "2026-11-01"),
        ("2026-11", "2026-11"),
        ("2026", "2026"),
        (" 2026-11-01 ", "2026-11-01"),
    ],
)
def test_the_default_forms(text: str, read: str) -> None:
    assert str(parse_date(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-29", "2026-13-01", "00000000", "9999-12-31", "0001-01-01", "1/2/26"),
        *(
            "2026-W53-4",
            "Nov 1, 2026",
            "2026-11-01T00:00:00",
            "46387",
            "",
            "２０２６",
            "2026/11/01",
        ),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_a_declared_form_takes_the_place_of_the_default_ones() -> None:
    assert str(parse_date("03/04/2026", ["DD/MM/YYYY"])) == "2026-04-03"
    with pytest.raises(DateError):
        parse_date("2026-04-03", ["DD/MM/YYYY"])


def test_an_unknown_day_is_not_invented() -> None:
    june = PartialDate(2015, 6)
    assert str(june) == "2015-06"
    assert not june.exact
    assert (june.earliest, june.latest) == (dt.date(2015, 6, 1), dt.date(2015, 6, 30))


def test_a_comparison_that_hangs_on_the_unknown_day_says_so() -> None:
    year = PartialDate(2026)
    assert year.before(dt.date(2026, 6, 1)) is None
    assert year.after(dt.date(2026, 6, 1)) is None
    assert year.before(dt.date(2027, 1, 1)) is True
    assert year.after(dt.date(2025, 12, 31)) is True


@given(partial_dates(), DAYS)
def test_before_and_after_hold_for_every_day_or_for_none(date: PartialDate, day: dt.date) -> None:
    ends = (date.earliest, date.latest)
    assert date.before(day) is (all(e < day for e in ends) or (None if ends[0] < day else False))
    assert date.after(day) is (all(e > day for e in ends) or (None if ends[1] > day else False))


@given(partial_dates(), partial_dates())
def test_not_after_is_true_only_where_no_choice_of_days_contradicts(
    a: PartialDate, b: PartialDate
) -> None:
    certain = a.latest <= b.earliest
    possible = a.earliest <= b.latest
    assert a.not_after(b) is (True if certain else None if possible else False)


@given(partial_dates())
def test_text_and_back(date: PartialDate) -> None:
    assert PartialDate.from_iso(str(date)) == date
    assert parse_date(str(date)) == date
    assert hash(PartialDate.from_iso(str(date))) == hash(date)


@given(partial_dates(), partial_dates())
def test_the_length_of_a_vague_period_is_a_range(a: PartialDate, b: PartialDate) -> None:
    least, most = days_from(a, b)
    assert least <= most
    if a.exact and b.exact:
        assert least == most == (b.earliest - a.earliest).days + 1


@given(st.text(max_size=12))
def test_parsing_gives_a_date_or_a_date_error(text: str) -> None:
    try:
        assert 1900 <= parse_date(text, DEFAULT_FORMS).earliest.year < 2200
    except DateError:
        pass


def test_a_date_does_not_change() -> None:
    with pytest.raises(AttributeError):
        PartialDate(2026).text = "2027"
