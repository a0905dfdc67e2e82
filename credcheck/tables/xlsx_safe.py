"""Text for a workbook's cells, written so that it is shown as it stands, and read back again."""

import re

from credcheck._util.text import escape_control

LONGEST = 32_767  # what a cell can hold: Excel counts UTF-16 units
_CUT = " ... (cut here; the whole is in the NDJSON)"
_LOOKS_WRITTEN_OUT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN_OUT = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escape_text(text: str) -> str:
    """Return a cell's text: nothing in it hides or acts, and it is no longer than a cell can be.

    Excel reads ``_x202E_`` as the character of that number (ECMA-376, ST_Xstring), so such a text has
    its first underscore written out, as Excel itself does. Line ends stay.
    """
    shown = "\n".join(escape_control(part) for part in text.split("\n"))
    return _LOOKS_WRITTEN_OUT.sub("_x005F_", _cut(shown))


def unescape_text(text: str) -> str:
    """Return what a cell's text stands for: ``_x000D_`` is a line end, ``_x005F_`` an underscore."""
    return _WRITTEN_OUT.sub(_read, text) if "_x" in text else text


def _read(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    is_half = 0xD800 <= number <= 0xDFFF  # of a pair: no character by itself
    return found[0] if is_half else chr(number)


def _cut(text: str) -> str:
    if len(text) * 2 <= LONGEST or _count_units(text) <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(_CUT))]
    return kept.decode("utf-16-le", errors="ignore") + _CUT


def _count_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
