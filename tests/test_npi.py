import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import npi

NINE = st.text("0123456789", min_size=8, max_size=8).map(lambda rest: "2" + rest)


@pytest.mark.parametrize(
    "number", ["1234567893", "1000000004", "1993999998", "2000000002", "2999999990"]
)
def test_valid_numbers(number: str) -> None:
    assert npi.parse(number) == number


@pytest.mark.parametrize("number", ["1234567890", "1234567898", "0000000000"])
def test_a_wrong_check_digit_or_first_digit_is_refused(number: str) -> None:
    assert not npi.is_valid(number)
    with pytest.raises(npi.NpiError):
        npi.parse(number)


def test_the_first_digit_must_be_1_or_2_even_where_the_check_digit_is_right() -> None:
    with pytest.raises(npi.NpiError, match="first digit"):
        npi.parse("3234567899")


def test_the_expected_check_digit_is_told() -> None:
    with pytest.raises(npi.NpiError, match="require 3"):
        npi.parse("1234567898")


@given(NINE)
def test_exactly_one_check_digit_completes_nine_digits(nine: str) -> None:
    valid = [digit for digit in "0123456789" if npi.is_valid(nine + digit)]
    assert valid == [npi.check_digit(nine)]


@given(NINE, st.integers(0, 8), st.integers(1, 9))
def test_any_single_mistyped_digit_is_caught(nine: str, place: int, shift: int) -> None:
    number = nine + npi.check_digit(nine)
    wrong = str((int(number[place]) + shift) % 10)
    assert not npi.is_valid(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    "cell",
    [
        *(" 2000000002 ", "'2000000002", "2000000002.0", "\t2000000002\n"),
        *("2000-000-002", "2000 000 002", "#2000000002", "2000\u2011000002"),
    ],
)
def test_what_spreadsheets_do_is_undone(cell: str) -> None:
    assert npi.read_cell(cell) == "2000000002"


@pytest.mark.parametrize(
    "cell",
    [
        "2.0E+09",
        "1.23457E+09",
        "2000000002.5",
        "2000/000/002",
        "2000000002; 2000000010",
        "２００００００００２",
        "",
        "200000000",
    ],
)
def test_nothing_else_is_undone(cell: str) -> None:
    with pytest.raises(npi.NpiError):
        npi.read_cell(cell)


def test_digits_lost_by_a_spreadsheet_are_named_as_lost() -> None:
    with pytest.raises(npi.NpiError, match="lost digits"):
        npi.read_cell("1.23457E+09")


@pytest.mark.parametrize("secret", ["123456789", "123-45-6789", "123 45 6789"])
def test_nine_digits_may_be_an_ssn_and_are_not_shown(secret: str) -> None:
    with pytest.raises(npi.NpiError) as caught:
        npi.read_cell(secret)
    assert secret not in str(caught.value)
    assert not any(part in str(caught.value) for part in ("123456789", "6789"))
    assert "6789" not in npi.masked(secret)


@given(st.text())
def test_reading_gives_a_valid_number_or_an_npi_error(text: str) -> None:
    try:
        assert npi.is_valid(npi.read_cell(text))
    except npi.NpiError:
        pass
