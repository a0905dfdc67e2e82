import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck._util.text import escape_control, escape_control_json, pluralize

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SMITH\x1b[2K\x1b[1A", r"SMITH\x1b[2K\x1b[1A"),
        ("\u202eAICRAG", r"\u202eAICRAG"),
        ("A\u009b31mB", r"A\x9b31mB"),
        ("line\nline", r"line\x0aline"),
        ("MUÑOZ O’BRIEN", "MUÑOZ O’BRIEN"),
        ("[/]", "[/]"),
    ],
)
def test_what_could_act_is_written_out(text: str, shown: str) -> None:
    assert escape_control(text) == shown


@given(st.text(st.characters()))
def test_nothing_hidden_is_left(text: str) -> None:
    assert not {unicodedata.category(c) for c in escape_control(text)} & HIDDEN


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_its_data_and_shows_nothing_hidden(text: str) -> None:
    document = json.dumps({"name": text}, ensure_ascii=False).encode()
    shown = escape_control_json(document)
    assert json.loads(shown) == {"name": text}
    assert not {unicodedata.category(c) for c in shown.decode()} & HIDDEN


def test_plural() -> None:
    assert [pluralize(n, "row") for n in (0, 1, 2000)] == ["0 rows", "1 row", "2,000 rows"]
