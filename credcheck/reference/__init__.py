"""Reviewed tables: what the names, codes and words of this field mean. Data files beside the code."""

from importlib.resources import files


def table(name: str) -> str:
    """Return the text of a data file of this package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
