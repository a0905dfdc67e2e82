"""Entries of the book in one line each, for people."""

from collections.abc import Callable
from typing import Any

from credcheck.book.book import Held
from credcheck.book.entries import (
    AboutPerson,
    Body,
    CertificateVerified,
    CompetencyVerified,
    Confirmed,
    Decided,
    FellowshipVerified,
    FoundOut,
    Opened,
    ProgramVerified,
    Redacted,
    Settled,
    Withdrawn,
)
from credcheck.reference.labels import label_inside


def describe_entry(held: Held) -> str:
    """Return an entry in one line: number, day, whom it is about, what, and by whom."""
    body = held.body
    person = f" NPI {body.npi}" if isinstance(body, AboutPerson) else ""
    what = next(say(body) for kind, say in _SAYS.items() if isinstance(body, kind))
    how = f", {label_inside('how', body.how)}" if isinstance(body, FoundOut) and body.how else ""
    return f"{held.entry.number} {body.on}{person} {what}, by {body.by}{how}"


def _join(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _say_certificate(body: CertificateVerified) -> str:
    record = body.record
    ends = f"expires {record.expires}" if record.expires else record.duration
    return f"certificate: {_join(record.board, record.certificate, record.status, ends)}"


def _say_fellowship(body: FellowshipVerified) -> str:
    record = body.record
    where = record.program_name or record.program_code
    ends = f"ended {record.end_date}" if record.end_date else ""
    return f"fellowship: {_join(where, record.specialty, record.status, ends)}"


def _say_program(body: ProgramVerified) -> str:
    record = body.record
    return f"program: {_join(record.program_code, record.name, record.accreditor, record.status)}"


def _say_competency(body: CompetencyVerified) -> str:
    record = body.record
    ends = f"expires {record.expires}" if record.expires else ""
    return f"permit or course: {_join(record.topic, record.issuer, record.status, ends)}"


def _say_settled(body: Settled) -> str:
    whose = "is this person" if body.is_person else "is not this person"
    return f"row {body.row[:12]} {whose}"


def _say_decision(body: Decided) -> str:
    due = f"next due {body.due}" if body.due else ""
    override = f"override: {body.override}" if body.override else ""
    return f"decision: {_join(body.decision, f'verdict {body.outcome}', due, override)}"


_SAYS: dict[type[Body], Callable[[Any], str]] = {
    Opened: lambda _: "the book was opened",
    CertificateVerified: _say_certificate,
    FellowshipVerified: _say_fellowship,
    ProgramVerified: _say_program,
    CompetencyVerified: _say_competency,
    Settled: _say_settled,
    Decided: _say_decision,
    Confirmed: lambda body: f"confirms {body.entry[:12]}",
    Withdrawn: lambda body: f"withdraws {body.entry[:12]}: {body.reason}",
    Redacted: lambda body: f"removes document {body.document[:12]}: {body.reason}",
}
