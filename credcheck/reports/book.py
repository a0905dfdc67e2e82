"""Entries of the book in words: what each says, in labels."""

from collections.abc import Callable
from typing import Any

from credcheck.book.book import DigestedEntry
from credcheck.book.entries import (
    AboutPerson,
    Body,
    BookOpened,
    CertificateVerified,
    CompetencyVerified,
    Confirmed,
    Decided,
    FellowshipVerified,
    FoundOut,
    LicenseVerified,
    ProgramVerified,
    Redacted,
    Settled,
    Withdrawn,
)
from credcheck.reference.labels import label, label_inside


def describe_entry(held: DigestedEntry) -> str:
    """Return an entry in one line: number, day, person, what, and by whom."""
    body = held.body
    person = f" NPI {body.npi}" if isinstance(body, AboutPerson) else ""
    how = f", {label_inside('how', body.how)}" if isinstance(body, FoundOut) and body.how else ""
    return f"{held.entry.number} {body.on}{person} {describe_body(body)}, by {body.by}{how}"


def describe_body(body: Body) -> str:
    """Return what an entry says, without the person, the day and who made it."""
    return next(say(body) for kind, say in _SAYS.items() if isinstance(body, kind))


def _join(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _say_certificate(body: CertificateVerified) -> str:
    record = body.record
    term = label_inside("duration", record.duration) if record.duration else ""
    ends = f"expires {record.expires}" if record.expires else term
    return _add_title("certificate", record.board, record.certificate, record.status, ends)


def _say_fellowship(body: FellowshipVerified) -> str:
    record = body.record
    where = record.program_name or record.program_code
    ends = f"ended {record.end_date}" if record.end_date else ""
    return _add_title("fellowship", where, record.specialty, record.status, ends)


def _say_program(body: ProgramVerified) -> str:
    record = body.record
    return _add_title("program", record.program_code, record.name, record.accreditor, record.status)


def _say_competency(body: CompetencyVerified) -> str:
    record = body.record
    ends = f"expires {record.expires}" if record.expires else ""
    topic = label("topic", record.topic)
    return _add_title("competency", topic, record.title, record.issuer, record.status, ends)


def _add_title(kind: str, *parts: object) -> str:
    return f"{label('kind', kind)}: {_join(*parts)}"


def _say_license(body: LicenseVerified) -> str:
    record = body.record
    ends = f"expires {record.expires}" if record.expires else ""
    order = f"board action {record.order}" if record.order else ""
    return f"license: {_join(f'{record.state} {record.number}', record.status, ends, order)}"


def _say_settled(body: Settled) -> str:
    whose = "is this physician's" if body.is_person else "is not this physician's"
    where = _join(body.source, body.place)
    return f"Row {body.row[:12]}{f' ({where})' if where else ''} {whose}"


def _say_decision(body: Decided) -> str:
    verdict = f"verdict: {label_inside('verdict_short', body.outcome)}"
    due = f"next due {body.due}" if body.due else ""
    override = f"despite open points: {body.override}" if body.override else ""
    return f"Decision: {_join(label_inside('committee', body.decision), verdict, due, override)}"


_SAYS: dict[type[Body], Callable[[Any], str]] = {
    BookOpened: lambda _: "Book opened",
    CertificateVerified: _say_certificate,
    FellowshipVerified: _say_fellowship,
    ProgramVerified: _say_program,
    CompetencyVerified: _say_competency,
    LicenseVerified: _say_license,
    Settled: _say_settled,
    Decided: _say_decision,
    Confirmed: lambda body: f"Confirms entry {body.entry[:12]}",
    Withdrawn: lambda body: f"Withdraws entry {body.entry[:12]}: {body.reason}",
    Redacted: lambda body: f"Removes document {body.document[:12]}: {body.reason}",
}
