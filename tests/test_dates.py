import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model.date_forms import DEFAULT_FORMS, EXAMPLES, FormError, check_forms, compile_form
from credcheck.model.dates import DateError, PartialDate, days_from, parse_date

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


@pytest.mark.parametrize(
    ("form", "text", "read"),
    [
        ("MM/DD/YYYY HH:MM:SS AM", "3/1/2024 12:00:00 AM", "2024-03-01"),
        ("M/D/YYYY h:mm:ss a", "3/1/2024 12:00:00 AM", "2024-03-01"),
        ("HH:MM MM/DD/YYYY", "23:59 3/1/2024", "2024-03-01"),
        ("%m/%d/%Y %I:%M:%S %p", "03/01/2024 01:30:00 pm", "2024-03-01"),
        ("MM/DD/YYYY HH:MM:SS", "03/01/2024 00:00:00", "2024-03-01"),
        ("YYYY-MM-DDTHH:MM:SS", "2024-03-01T10:11:12.123", "2024-03-01"),
        ("DD-MON-YYYY", "01-MAR-2024", "2024-03-01"),
        ("MON DD, YYYY", "Sept. 1,  2024", "2024-09-01"),
        ("MONTH YYYY", "March 2024", "2024-03"),
        ("MM/YYYY", "01/2003", "2003-01"),
        ("MM/DD/YY", "3/1/24", "2024-03-01"),
        ("MM/DD/YY", "3/1/98", "1998-03-01"),
        ("MM.DD.YY", "03.01.24", "2024-03-01"),
        ("MMDDYYYY", "03012024", "2024-03-01"),
    ],
)
def test_declared_forms(form: str, text: str, read: str) -> None:
    check_forms([form])
    assert str(parse_date(text, [form])) == read


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        (["QQ"], "'QQ' is not recognized"),
        ([""], "empty"),
        (["MM/DD"], "needs a year"),
        (["YYYY-DD"], "needs a year, and a month"),
        (["MM/MM/YYYY"], "one part twice"),
        (["MM/DD/YYYY", "DD/MM/YYYY"], "as two different days"),
        (["YYYYMMDD", "MMDDYYYY"], "as two different days"),
    ],
)
def test_forms_that_cannot_be_declared(forms: list[str], said: str) -> None:
    with pytest.raises(FormError, match=said):
        check_forms(forms)


def test_the_forms_that_are_proposed_are_forms() -> None:
    for form in (*DEFAULT_FORMS, *EXAMPLES):
        assert compile_form(form) is not None


@given(DAYS, st.sampled_from([*DEFAULT_FORMS, *EXAMPLES]))
def test_no_form_reads_a_day_that_it_does_not_say(day: dt.date, form: str) -> None:
    text = day.strftime("%m/%d/%Y")
    try:
        read = parse_date(text, [form])
    except DateError:
        return
    found = read.earliest.month, read.earliest.day
    assert found == ((day.month, day.day) if form.startswith("MM") else (day.day, day.month))


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
