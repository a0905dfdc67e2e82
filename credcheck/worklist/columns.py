"""The columns of the work list: what is shown, and what is filled in. docs/reference/work-list.md.

One set of columns serves every kind of answer: ``organization`` is a board, a program or an issuer,
``subject`` a certificate, a specialty, a topic or a state, ``from`` and ``to`` the days of it.
"""

from typing import NamedTuple

from credcheck.model import Certificate, Competency, Fellowship, Licensure, Program, Record
from credcheck.worklist.addressees import Wanted

ANSWERS = ("found", "is this person", "is not this person", "no answer yet")
HOW = ("web", "letter", "telephone", "email", "fax", "file", "in person")
ASKED = ("issuer", "other", "physician")
TERMS = ("time_limited", "time_unlimited", "continuous")


class SheetColumn(NamedTuple):
    """A column: its header, its width, whether it is filled in, the words of a drop-down, its help."""

    name: str
    width: int
    help: str
    is_input: bool = False
    words: tuple[str, ...] = ()
    is_date: bool = False
    is_hidden: bool = False


COLUMNS = (
    SheetColumn("ask", 30, "who can answer"),
    SheetColumn("reach", 30, "how to reach them, from your directory of contacts"),
    SheetColumn("letter", 12, "the number of the request letter"),
    SheetColumn("due", 11, "the last day on which an answer helps", is_date=True),
    SheetColumn("name", 24, "the physician"),
    SheetColumn("npi", 12, "the physician's number"),
    SheetColumn("requirement", 20, "the requirement that is open"),
    SheetColumn("open", 56, "what is missing or contradictory"),
    SheetColumn("assigned_to", 14, "who works on it; kept in the next list", is_input=True),
    SheetColumn("answer", 18, "the result", is_input=True, words=ANSWERS),
    SheetColumn("organization", 28, "the board, program or issuer", is_input=True),
    SheetColumn("number", 13, "the program's or the license's number", is_input=True),
    SheetColumn("subject", 20, "the certificate, specialty, topic or state", is_input=True),
    SheetColumn("status", 16, "the status, in the source's own words", is_input=True),
    SheetColumn("from", 11, "issued, begun, accredited from", is_input=True, is_date=True),
    SheetColumn("to", 11, "expires, ended, accredited to", is_input=True, is_date=True),
    SheetColumn("term", 14, "a certificate's duration", is_input=True, words=TERMS),
    SheetColumn("accreditor", 11, "who accredits a program", is_input=True),
    SheetColumn("order", 16, "a license: the board's order, or none", is_input=True),
    SheetColumn("how", 11, "how you asked", is_input=True, words=HOW),
    SheetColumn("asked", 11, "who you asked: the issuer itself?", is_input=True, words=ASKED),
    SheetColumn("contact", 20, "who answered, by name", is_input=True),
    SheetColumn("verified_by", 16, "your name", is_input=True),
    SheetColumn("verified_on", 11, "the day you asked", is_input=True, is_date=True),
    SheetColumn("document", 24, "the file that proves it; separate several with ;", is_input=True),
    SheetColumn("corrects", 9, "the number of the entry that it replaces", is_input=True),
    SheetColumn("note", 30, "kept in the next list", is_input=True),
    SheetColumn("kind", 12, "what an answer becomes; do not change"),
    SheetColumn("item", 14, "the item; do not change"),
    SheetColumn("row", 14, "the row of a list in question; do not change"),
    SheetColumn("check", 14, "reveals a sheet that was sorted wrongly; do not change"),
)
"""All columns, in order. A filled sheet is read by these names."""

INPUTS = tuple(column.name for column in COLUMNS if column.is_input)
KEPT = ("assigned_to", "note")
"""What goes on to the next list also when the answer is in the book."""

PREFILLED = ("organization", "number", "subject")
"""What identifies the thing that is asked about. Its status and its days are for the source to say."""

WRITTEN = tuple(name for name in INPUTS if name not in PREFILLED)
"""What shows that somebody has written into a row."""

FIELDS: dict[type[Record], dict[str, str]] = {
    Certificate: {
        "organization": "board",
        "subject": "certificate",
        "status": "status",
        "from": "issued",
        "to": "expires",
        "term": "duration",
    },
    Fellowship: {
        "organization": "program_name",
        "number": "program_code",
        "subject": "specialty",
        "status": "status",
        "from": "start_date",
        "to": "end_date",
    },
    Program: {
        "organization": "name",
        "number": "program_code",
        "subject": "specialty",
        "status": "status",
        "from": "accredited_from",
        "to": "accredited_to",
        "accreditor": "accreditor",
    },
    Competency: {
        "organization": "issuer",
        "subject": "topic",
        "status": "status",
        "from": "issued",
        "to": "expires",
    },
    Licensure: {
        "number": "number",
        "subject": "state",
        "status": "status",
        "from": "issued",
        "to": "expires",
        "order": "order",
    },
}
"""Which field of a record each column of the sheet is."""

RECORD_TYPES: dict[Wanted, type[Record]] = {
    Wanted.CERTIFICATE: Certificate,
    Wanted.FELLOWSHIP: Fellowship,
    Wanted.PROGRAM: Program,
    Wanted.COMPETENCY: Competency,
    Wanted.LICENSE: Licensure,
}
USED: dict[Wanted, frozenset[str]] = {
    wanted: frozenset(FIELDS[RECORD_TYPES[wanted]]) if wanted in RECORD_TYPES else frozenset()
    for wanted in Wanted
}
"""Which of the columns of a record each kind of answer has."""

RECORD_COLUMNS = frozenset().union(*USED.values())
PROOF_COLUMNS = ("how", "asked", "contact", "verified_by", "verified_on", "document")


def describe_known(record: Record | None) -> dict[str, str]:
    """Return what a record says already, under the columns of the sheet, for readers."""
    fields = next((x for kind, x in FIELDS.items() if isinstance(record, kind)), {})
    said = {column: getattr(record, name) for column, name in fields.items()}
    return {column: str(value) for column, value in said.items() if value}
