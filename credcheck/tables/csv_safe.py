"""CSV, written so that nothing in it acts (no formula, no hidden sign), and undone again."""

import re

from credcheck._util.text import escape_control

_COULD_ACT = re.compile(r"\s*'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def escape_cell(text: str) -> str:
    """Return a cell that a spreadsheet shows as text (OWASP ASVS 1.2.10): quoted if it could act.

    The quote is one leading apostrophe, in front of apostrophes too, so that ``unescape_cell`` has the
    text again. JSON has it unquoted.
    """
    shown = escape_control(text)
    return f"'{shown}" if _COULD_ACT.match(shown) else shown


def unescape_cell(text: str) -> str:
    """Return the text that ``escape_cell`` quoted; every other text as it stands."""
    if text.startswith("'") and _COULD_ACT.match(text, 1):
        return text[1:]
    return text
