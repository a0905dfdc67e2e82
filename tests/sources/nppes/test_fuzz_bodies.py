"""Bodies that nobody thought of: each is an answer, or a failure in bounded words; nothing else.

What once broke is kept in ``findings``, a file a body, and is tried again each time.
"""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import canonical_json
from credcheck.model.npi import Npi, is_valid
from credcheck_sources.nppes.normalize import make_registration_claim
from credcheck_sources.nppes.page import describe_page
from credcheck_sources.nppes.raw_record import read_record, record_number
from credcheck_sources.nppes.wire import (
    MalformedResponse,
    RawResult,
    Refused,
    UnexpectedSchema,
    read_answer,
)
from tests.sources.nppes.played import GOOD, TODAY
from tests.support.examples import examples

FINDINGS = Path(__file__).parent / "findings"
_LONGEST = 2_000
_SECONDS = 5.0
_PATHS: list[tuple[str | int, ...]] = [
    (), ("result_count",), ("results",), ("results", 0), ("results", 0, "number"),
    ("results", 0, "enumeration_type"), ("results", 0, "basic"), ("results", 0, "basic", "status"),
    ("results", 0, "basic", "last_name"), ("results", 0, "basic", "enumeration_date"),
    ("results", 0, "basic", "deactivation_date"), ("results", 0, "basic", "replacement_npi"),
    ("results", 0, "addresses"), ("results", 0, "addresses", 0), ("results", 0, "taxonomies"),
    ("results", 0, "taxonomies", 0), ("results", 0, "taxonomies", 0, "code"),
    ("results", 0, "taxonomies", 0, "license"), ("results", 0, "other_names"), ("Errors",),
]  # fmt: skip

texts = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["", " ", "--", "<UNAVAIL>", "*", "0000-00-00", "9999-12-31", "2026-13-01", "\u202e", "\x00",
     "I\u0307", "A" * 301, "2" * 21, "\ufdfa" * 20, "\U0001f468\u200d\u2695\ufe0f", "'; DROP", "=1+1"]
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)


def read(content: bytes) -> None:
    """Read a body as the client does: answers become claims, and what is raised is one of three."""
    began = time.monotonic()
    results, why = read_or_tell(content)
    assert why is None or 0 < len(why) < _LONGEST
    for result in results:
        number = record_number(result)
        if is_valid(number):
            claim = make_registration_claim(Npi(number), read_record(result), as_of=TODAY)
            assert canonical_json(claim)
            assert claim.about.npi == number
    assert time.monotonic() - began < _SECONDS


def read_or_tell(content: bytes) -> tuple[list[RawResult], str | None]:
    try:
        return read_answer(content), None
    except (MalformedResponse, Refused, UnexpectedSchema) as error:
        return [], str(error)


def put(path: tuple[str | int, ...], value: Any) -> Any:
    """Return a good answer with something else in one place."""
    answer: Any = {"result_count": 1, "results": [copy.deepcopy(dict(GOOD))]}
    if not path:
        return value
    place = answer
    for step in path[:-1]:
        known = not isinstance(place, dict) or step in place
        place = place[step] if known else place.setdefault(step, {})
    place[path[-1]] = value
    return answer


@examples(300)
@given(path=st.sampled_from(_PATHS), value=values)
def test_a_good_answer_with_something_else_in_one_place(
    path: tuple[str | int, ...], value: Any
) -> None:
    read(json.dumps(put(path, value)).encode("utf-8", errors="surrogatepass"))


@examples(300)
@given(
    place=st.integers(min_value=0, max_value=5_000),
    content=st.binary(max_size=8),
    cut=st.integers(min_value=0, max_value=20),
)
def test_a_good_answer_with_bytes_lost_and_found(place: int, content: bytes, cut: int) -> None:
    good = json.dumps({"result_count": 1, "results": [GOOD]}).encode()
    place %= len(good)
    read(good[:place] + content + good[place + cut :])


@examples(200)
@given(st.binary(max_size=200) | texts.map(str.encode))
def test_any_bytes(content: bytes) -> None:
    read(content)
    assert len(describe_page(content, {})) < _LONGEST


@examples(200)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "<script", "</script>", "<style>", "<!--", "-->", "&#x", "&amp;", "Ray ID:",
             "support id is: ", "\x1b[31m", "\u202e", " ", "a", "\n", "]]>", "'", '"', "<p>", "1234"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_page(parts: list[str]) -> None:
    said = describe_page("".join(parts).encode(), {"CF-RAY": "".join(parts)})
    assert said.isprintable()
    assert "\x1b" not in said
    assert len(said) < _LONGEST


@pytest.mark.parametrize("name", sorted(path.name for path in FINDINGS.glob("*")))
def test_what_once_broke(name: str) -> None:
    content = (FINDINGS / name).read_bytes()
    read(content)
    assert len(describe_page(content, {})) < _LONGEST


@pytest.mark.parametrize(
    "part", [b"<", b"<a", b"<script>", b"&", b"&#", b" ", b"ray id: ", b"request "]
)
def test_a_page_of_one_thing_takes_no_time(part: bytes) -> None:
    began = time.monotonic()
    describe_page(part * 200_000, {})
    assert time.monotonic() - began < _SECONDS
