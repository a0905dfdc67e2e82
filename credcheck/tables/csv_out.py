"""CSV, written so that nothing in it acts: no formula in a spreadsheet, no hidden sign."""

from credcheck.text import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """Return a cell that a spreadsheet shows as text (OWASP ASVS 1.2.10): quoted if it could act."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
