"""NPPES answers: strict on shape, tolerant of scalars; and the one normalizer of its records."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import Registration
from credcheck.model.npi import Npi
from credcheck_sources.nppes.normalize import normalize_registration
from credcheck_sources.nppes.raw_record import read_record, record_number
from credcheck_sources.nppes.wire import (
    MalformedResponse,
    RawResult,
    Refused,
    UnexpectedSchema,
    read_answer,
)

BODIES = Path(__file__).parent / "bodies"
RECORDS = sorted(path.name for path in BODIES.glob("v21_*.json"))
REFUSALS = sorted(path.name for path in BODIES.glob("errors_*.json"))


def body(name: str) -> bytes:
    return (BODIES / name).read_bytes()


def read(result: RawResult) -> Registration:
    return normalize_registration(Npi(record_number(result)), read_record(result))


def normalized(name: str) -> Registration:
    (result,) = read_answer(body(name))
    return read(result)


@pytest.mark.parametrize("name", RECORDS)
def test_every_shape_since_2019_is_read(name: str) -> None:
    record = normalized(name)
    assert record.npi.startswith("2")
    assert record.status == "active"
    assert record.entity_type == ("organization" if "_org_" in name else "individual")
    assert record.taxonomies
    assert record.places
    assert all(place.city == "COLUMBUS" for place in record.places)


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_is_quoted_word_for_word(name: str) -> None:
    with pytest.raises(Refused) as caught:
        read_answer(body(name))
    for error in json.loads(body(name))["Errors"]:
        assert error["description"] in str(caught.value)
        assert error["number"] in str(caught.value)


def test_an_empty_result_is_an_answer() -> None:
    assert read_answer(body("empty_result.json")) == []


def test_a_reactivated_number_is_active_and_keeps_its_dates() -> None:
    record = normalized("v21_2019_individual_reactivated_OLDSHAPE.json")
    assert record.status == "active"
    assert str(record.deactivation_date) == "2015-01-14"
    assert str(record.reactivation_date) == "2019-02-13"


def test_other_names_are_kept_with_their_kind() -> None:
    record = normalized("v21_2026_individual_other_names.json")
    assert [(name.first, name.kind) for name in record.names] == [
        ("EMERY", "current"),
        ("CASEY", "former"),
    ]


def test_dashes_and_missing_keys_mean_none() -> None:
    record = normalized("v21_2026_individual_6_taxonomies.json")
    assert record.names[0].suffix == ""
    assert len(record.taxonomies) == 6


def test_null_licences_and_descriptions_are_no_matter() -> None:
    record = normalized("v21_2026_individual_taxonomy_group.json")
    assert record.taxonomies[0].license is None


def answer(**changes: Any) -> bytes:
    result = {
        "number": "2000001075",
        "enumeration_type": "NPI-1",
        "basic": {"status": "A", "last_name": "ABERNATHY", "first_name": "ALMA"},
        "addresses": [
            {"address_purpose": "MAILING", "city": "ELSEWHERE", "state": "NY"},
            {"address_purpose": "LOCATION", "city": "COLUMBUS", "state": "OH"},
        ],
        "practiceLocations": [{"city": "AKRON", "state": "oh"}],
        "taxonomies": [{"code": "207L00000X", "license": "$$$$", "state": "OH", "primary": True}],
        "other_names": [],
    }
    return json.dumps({"result_count": 1, "results": [result | changes]}).encode()


def test_a_number_that_is_an_integer_gives_the_same_record() -> None:
    (old,), (new,) = read_answer(answer(number=2000001075)), read_answer(answer())
    assert read(old) == read(new)


def test_the_order_of_addresses_does_not_matter_and_mailing_is_no_practice() -> None:
    (result,) = read_answer(answer())
    assert [str(place) for place in read(result).places] == ["COLUMBUS, OH", "AKRON, OH"]


def test_a_masked_licence_number_is_none() -> None:
    (result,) = read_answer(answer())
    assert read(result).taxonomies[0].license is None


@pytest.mark.parametrize(
    ("status", "means"),
    [("A", "active"), ("D", "deactivated"), ("a", None), ("", None), (None, None), ("AD", None)],
)
def test_only_the_exact_letter_means_active(status: str | None, means: str | None) -> None:
    (result,) = read_answer(answer(basic={"status": status, "last_name": "X"}))
    assert read(result).status == means


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty answer"),
        (b"  \n", "empty answer"),
        (b"<!DOCTYPE html><html>maintenance</html>", "HTML, not JSON"),
        (b'{"result_count": 1, "results": [', "not JSON"),
        (b'{"result_count": NaN, "results": []}', "not JSON"),
        (b'{"result_count": 0, "result_count": 0, "results": []}', "twice"),
        (b'{"x": ' + b"[" * 200_000, "not JSON"),
        (b'{"x": ' + b"1" * 6000 + b"}", "JSON"),
        (b'{"result_count": 1, "results": [{"number": "\xd1"}]}', "not valid UTF-8"),
        (b'{"result_count": 0, "results": [], "x": "\\ud800"}', "JSON"),
        (b'{"result_count": 1, "results": []}', "claims 1 results but has 0"),
        (b'{"results": []}', "claims None"),
    ],
)
def test_what_is_no_answer_may_be_asked_for_again(content: bytes, said: str) -> None:
    with pytest.raises(MalformedResponse) as caught:
        read_answer(content)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400, "never the whole page"


@pytest.mark.parametrize(
    "content",
    [
        b'{"status": "ok"}',
        b"{}",
        b'{"result_count": 1, "results": {}}',
        b'{"result_count": 1, "results": [{"number": [1]}]}',
        b'{"result_count": 1, "results": [{"basic": {}}]}',
        b"[]",
        b'"text"',
    ],
)
def test_another_shape_is_not_read_as_nothing_found(content: bytes) -> None:
    with pytest.raises(UnexpectedSchema):
        read_answer(content)


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["results", "result_count", "Errors", "number", "basic"]), inner
            )
        ),
        max_leaves=10,
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_records_or_one_of_three_failures(content: bytes) -> None:
    try:
        for result in read_answer(content):
            read(result)
    except (MalformedResponse, Refused, UnexpectedSchema):
        pass
