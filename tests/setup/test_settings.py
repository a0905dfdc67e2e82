"""Options as they are typed: no shell stands in the way, and what is spelled is read again."""

import pytest

from credcheck._util.errors import UsageError
from credcheck._util.text import quote_argument
from credcheck.setup.settings import merge_options, parse_settings, spell_settings


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        (["columns.npi=NPI #"], {"columns": {"npi": "NPI #"}}),
        (["columns.issued=2024"], {"columns": {"issued": "2024"}}),
        (["columns.issued=Date=Time"], {"columns": {"issued": "Date=Time"}}),
        (["header_row=4", "coverage=complete"], {"header_row": 4, "coverage": "complete"}),
        (["date_formats=DD/MM/YYYY"], {"date_formats": ["DD/MM/YYYY"]}),
        (["null_values=PENDING", "null_values=0"], {"null_values": ["PENDING", "0"]}),
        (["ignore_columns=Fax, home"], {"ignore_columns": ["Fax, home"]}),
        (['ignore_columns=["Fax", "Group NPI"]'], {"ignore_columns": ["Fax", "Group NPI"]}),
        (["value_map.status.Grad=Completed"], {"value_map": {"status": {"Grad": "Completed"}}}),
        (
            ["value_map.status.Compl. w/ hon.=Completed", "value_map.status.Left=Withdrawn"],
            {"value_map": {"status": {"Compl. w/ hon.": "Completed", "Left": "Withdrawn"}}},
        ),
        (
            ['value_map.status={ "Grad" = "Completed" }'],
            {"value_map": {"status": {"Grad": "Completed"}}},
        ),
    ],
)
def test_what_is_typed(typed: list[str], options: dict[str, object]) -> None:
    assert parse_settings(typed) == options


def test_what_is_spelled_is_read_again() -> None:
    options = {
        "columns": {"npi": "NPI #", "name": "Dr.'s name"},
        "date_formats": ["MM/DD/YYYY", "YYYY"],
        "value_map": {"status": {"Yes, sir": "Certified"}},
    }
    assert spell_settings(options) == (
        "--set 'columns.npi=NPI #' --set \"columns.name=Dr.'s name\" --set date_formats=MM/DD/YYYY"
        " --set date_formats=YYYY --set 'value_map.status.Yes, sir=Certified'"
    )


def test_a_word_is_added_to_the_words_that_there_are() -> None:
    before = {"value_map": {"status": {"Grad": "Completed"}}, "null_values": ["x"]}
    more = {"value_map": {"status": {"Left": "Withdrawn"}}, "null_values": ["y"]}
    assert merge_options(before, more) == {
        "value_map": {"status": {"Grad": "Completed", "Left": "Withdrawn"}},
        "null_values": ["y"],
    }


@pytest.mark.parametrize("typed", [["columns"], ["columns=NPI", "columns.npi=NPI #"]])
def test_what_is_no_option(typed: list[str]) -> None:
    with pytest.raises(UsageError):
        parse_settings(typed)


@pytest.mark.parametrize("text", ["a b", "$env:HOME", "a;b", "`x`", "", 'a"b'])
def test_an_argument_is_quoted_whole(text: str) -> None:
    assert quote_argument(text) == f"'{text}'"
