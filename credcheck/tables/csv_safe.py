"""CSV, written so that nothing in it acts: no formula in a spreadsheet, no hidden sign."""

from credcheck._util.text import escape_control

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def escape_cell(text: str) -> str:
    """Return a cell that a spreadsheet shows as text (OWASP ASVS 1.2.10): quoted if it could act.

    The quote is one leading apostrophe; take it off to have the text again. JSON has it unquoted.
    """
    shown = escape_control(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
