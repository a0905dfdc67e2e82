"""What is understood of a cell, by the table of words of its column."""

from collections.abc import Callable, Mapping
from typing import Any

from credcheck.reference.understanding import (
    Understood,
    understand_accreditors,
    understand_board,
    understand_certificate,
    understand_specialty,
    understand_word,
)

_READERS: Mapping[str, Callable[[str], Understood[Any]]] = {
    "board": understand_board,
    "certificate_name": understand_certificate,
    "specialty": understand_specialty,
    "accreditor": understand_accreditors,
}


def understand_cell(words: str, text: str) -> Understood[Any]:
    """Return what a text means by a table: a group of ``words.toml``, boards, certificates or such."""
    reader = _READERS.get(words)
    return reader(text) if reader is not None else understand_word(words, text)
