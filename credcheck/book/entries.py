"""What an entry of the book can be. Each kind says who, on which day, and what.

Sources: NCQA, information integrity (when, what, who and why of each change);
NCQA file audit (source, method, day and who of each element).
"""

import datetime as dt
from typing import Final, Literal

import msgspec

from credcheck.model import (
    Asked,
    Certificate,
    Competency,
    Fellowship,
    How,
    Licensure,
    Model,
    Outcome,
    Program,
    StandardRef,
    VerdictOutcome,
)
from credcheck.model.base import Sparse

BOOK_SCHEMA: Final = "credcheck.book/1"

DecisionWord = Literal["approve", "defer", "deny", "table"]


class EntryDocument(Sparse, kw_only=True):
    """A document of an entry: its digest, its ending, and its name and size when it was copied."""

    sha256: str
    suffix: str = ""
    name: str = ""
    size: int = 0

    @property
    def file(self) -> str:
        """The name under which it is kept."""
        return f"{self.sha256}{self.suffix}"


class Body(Sparse, kw_only=True, tag_field="kind"):
    """What every entry says: who made it, the day that it speaks of, and a note."""

    by: str
    on: dt.date
    note: str = ""


class BookOpened(Body, kw_only=True, tag="opened"):
    """The first entry: the book was opened."""


class AboutPerson(Body, kw_only=True):
    """An entry about one person. ``name`` is as it was given; ``item`` is that of a work list.

    ``corrects`` is the digest of the entry that this one stands in for.
    """

    npi: str
    name: str = ""
    item: str = ""
    corrects: str | None = None


class FoundOut(AboutPerson, kw_only=True):
    """What somebody found out: how, from whom, and what shows it."""

    how: How | None = None
    contact: str | None = None
    documents: tuple[EntryDocument, ...] = ()


class Verified(FoundOut, kw_only=True):
    """A verification. ``source`` names who was asked."""

    asked: Asked = "other"
    source: str = ""


class CertificateVerified(Verified, kw_only=True, tag="certificate"):
    """A board certificate, as its source has it."""

    record: Certificate


class FellowshipVerified(Verified, kw_only=True, tag="fellowship"):
    """A fellowship, as its source has it."""

    record: Fellowship


class ProgramVerified(Verified, kw_only=True, tag="program"):
    """The accreditation of the program that somebody was trained in."""

    record: Program


class CompetencyVerified(Verified, kw_only=True, tag="competency"):
    """A permit, a course or an attestation."""

    record: Competency


class LicenseVerified(Verified, kw_only=True, tag="license"):
    """A license, as the state's board has it."""

    record: Licensure


class Settled(FoundOut, kw_only=True, tag="disposition"):
    """Whose a row is. ``row`` is its digest; ``source``, ``place`` and ``says`` are for readers."""

    row: str
    is_person: bool
    source: str = ""
    place: str = ""
    says: dict[str, str] = msgspec.field(default_factory=dict)


class OpenFinding(Model, kw_only=True):
    """A finding that was not met when a decision was made."""

    requirement: str
    outcome: Outcome
    codes: tuple[str, ...]


class Decided(AboutPerson, kw_only=True, tag="decision"):
    """A committee's decision, with the verdict of that day, which is kept as a document.

    ``override`` says why it was made although something was open. ``due`` is when the next one is.
    """

    decision: DecisionWord
    standard: StandardRef
    outcome: VerdictOutcome
    verdict: EntryDocument
    open: tuple[OpenFinding, ...] = ()
    override: str = ""
    due: dt.date | None = None


class Confirmed(Body, kw_only=True, tag="confirmation"):
    """A second person stands by an entry, which is named by its digest."""

    entry: str


class Withdrawn(Body, kw_only=True, tag="withdrawal"):
    """An entry holds no more. ``reason`` says why."""

    entry: str
    reason: str


class Redacted(Body, kw_only=True, tag="redaction"):
    """A document was taken out. Its digest stays where it is named."""

    document: str
    reason: str


AnyVerified = (
    CertificateVerified
    | FellowshipVerified
    | ProgramVerified
    | CompetencyVerified
    | LicenseVerified
)
AnyBody = AnyVerified | BookOpened | Settled | Decided | Confirmed | Withdrawn | Redacted


class BookEntry(Model, kw_only=True):
    """An entry: its place in the chain, when it was written, what it says, and its own digest."""

    schema: Literal["credcheck.book/1"] = BOOK_SCHEMA
    number: int
    previous: str
    recorded: dt.datetime
    body: AnyBody
    digest: str = ""

    @property
    def recorded_on(self) -> dt.date:
        """The day on which it was written, in UTC."""
        return self.recorded.date()
