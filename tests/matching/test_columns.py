"""Which column is which: guessed from the header, or said."""

import pytest

from credcheck.matching import ColumnsError, bind_people_columns


def test_headers_that_are_in_use_are_guessed() -> None:
    header = ["NPI Number", "Last Name", "FIRST", "med_school", "Grad Year", "cert_year"]
    assert bind_people_columns(header, {}) == {
        "npi": 0,
        "last_name": 1,
        "first_name": 2,
        "medical_school": 3,
        "graduation_year": 4,
        "certificate_year": 5,
    }


def test_a_whole_name_is_enough() -> None:
    assert bind_people_columns(["Physician Name", "St"], {}) == {"name": 0, "state": 1}


def test_what_is_said_goes_before_a_guess() -> None:
    header = ["last_name", "Diplomate Last Name", "first_name"]
    assert bind_people_columns(header, {"last_name": "Diplomate Last Name"})["last_name"] == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"last_nam": "x"}, "last_name"),
        ({"last_name": "Diplomat Last Name"}, "Diplomate Last Name"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(said: dict[str, str], told: str) -> None:
    with pytest.raises(ColumnsError, match=told):
        bind_people_columns(["Diplomate Last Name", "first_name"], said)


def test_the_header_of_an_nppes_file_is_guessed() -> None:
    header = [
        *("NPI", "Provider Last Name (Legal Name)", "Provider First Name"),
        *("Provider Business Practice Location Address City Name", "Replacement NPI"),
    ]
    found = bind_people_columns(header, {})
    assert [found[x] for x in ("npi", "last_name", "first_name", "city", "replacement_npi")] == [
        *(0, 1, 2, 3, 4),
    ]


def test_a_long_header_is_cut_in_the_message() -> None:
    with pytest.raises(ColumnsError, match="c11 and 288 more"):
        bind_people_columns([f"c{place}" for place in range(300)], {})


def test_a_file_without_names_is_told_what_to_say() -> None:
    with pytest.raises(ColumnsError, match="--columns 'last_name="):
        bind_people_columns(["id", "city"], {})
