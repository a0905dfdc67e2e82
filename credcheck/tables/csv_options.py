"""What a user may say about how a table is written."""

from credcheck.model import Model

ENCODINGS = ("utf-8", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")


class ReadOptions(Model, kw_only=True):
    """How a file is written: ``encoding`` and ``delimiter`` of a CSV, ``sheet`` of a workbook.

    Without a delimiter it is a comma, or a tab in a .tsv file.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None
