"""``credcheck book decide``: a committee's decision, checked again on its day."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck._util.text import escape_control
from credcheck.audit.windows import list_lapsed, next_cycle
from credcheck.book.book import Book
from credcheck.book.checks import is_signature
from credcheck.book.documents import keep_bytes
from credcheck.book.entries import Decided, OpenFinding
from credcheck.book.storage import BookFolder
from credcheck.cli import options
from credcheck.cli.book_folder import By, Note, find_configured, now, parse_day
from credcheck.cli.console import print_error, write_text
from credcheck.cli.exit_codes import EXIT_OF, CliExit, Exit
from credcheck.cli.options import Request
from credcheck.cli.query import parse_query
from credcheck.cli.session import Session, open_session, today_here
from credcheck.cli.span import Window
from credcheck.model import Outcome, Verdict, VerdictOutcome, to_json
from credcheck.reports.book import describe_entry
from credcheck.reports.summary import reasons_line
from credcheck.verify.pipeline import verify


class CommitteeDecision(StrEnum):
    """What a committee decides."""

    APPROVE = "approve"
    DEFER = "defer"
    DENY = "deny"
    TABLE = "table"


def decide(
    npi: Annotated[str, typer.Argument(metavar="NPI", help="The physician's NPI.")],
    decision: Annotated[CommitteeDecision, typer.Option("--decision", help="The decision.")],
    by: By,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of the decision.")],
    *,
    override: Annotated[
        str,
        typer.Option(
            "--override",
            metavar="REASON",
            help="Approve despite open items, for this reason.",
            show_default=False,
        ),
    ] = "",
    note: Note = "",
    window: Window = None,
    config: options.Config = None,
    standard: options.Standard = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
) -> None:
    """Record a decision, after checking everything again as of that date.

    NCQA counts back from the decision: a verification outside its window has lapsed. An
    approval is refused while anything is open or has lapsed, unless --override gives a reason.
    The book keeps the verdict of that day. The next decision is due after 36 months.

    Exit status: 0 recorded, 3 refused because something is unverified or has lapsed, 4 refused
    because something is not met, 2 wrong usage, 5 the book is unusable.
    """
    day = parse_day("--on", on, today_here())
    if day > today_here():
        raise UsageError(f"--on {day} is in the future; record a decision after it is made")
    session = open_session(
        Request(
            config=config,
            standard=standard,
            as_of=day.isoformat(),
            offline=offline,
            refresh=refresh,
        )
    )
    folder = find_configured(session.settings)
    if folder is None:
        raise UsageError(
            f"{session.settings.file} names no book; add one with: credcheck sources add book"
            " --adapter book"
        )
    folder.read()  # so that nothing is asked where the book cannot be trusted
    verdict = next(
        verify(
            [parse_query(npi, options.NameOptions())],
            session.source_set,
            session.standard,
            session.as_of,
        )
    )
    reasons = [*_list_open(verdict), *_list_lapses(verdict, day, window)]
    if decision is CommitteeDecision.APPROVE and reasons and not is_signature(override):
        _refuse(verdict, reasons, day)
    body = _make_body(folder, session, verdict, decision, by, override, note)
    done = folder.append(lambda book: _choose(book, body), now())
    for held in done.entries:
        write_text(escape_control(f"entry {describe_entry(held)}") + "\n")
    write_text(f"head {done.book.head}\n")


def _choose(book: Book, body: Decided) -> list[Decided]:
    return [body] if book.same_as(body) is None else []


def _list_open(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.failing:
        yield f"{finding.requirement} is {finding.outcome}: {reasons_line(finding)}"


def _list_lapses(verdict: Verdict, day: dt.date, limit: int | None) -> Iterator[str]:
    yield from list_later(verdict, day)
    for each in list_lapsed(verdict, day, limit):
        age = (day - each.verified).days
        yield (
            f"{each.requirement}: {each.what} was verified on {each.verified}, {age} days before"
            f" the decision; it counted only until {each.last}"
        )


def list_later(verdict: Verdict, day: dt.date) -> Iterator[str]:
    """Yield what somebody verified after the decision: it cannot have rested on that."""
    records = {item.id: item for item in verdict.evidence}
    for finding in verdict.findings:
        if finding.outcome is not Outcome.MET or finding.level == "advisory":
            continue
        for ident in finding.evidence:
            item = records.get(ident)
            found = item.verification if item is not None else None
            if item is not None and found is not None and found.on > day:
                yield (
                    f"{finding.requirement}: {item.source} entry {item.provenance.row} was verified by"
                    f" {found.by} on {found.on}, after the decision"
                )


def _refuse(verdict: Verdict, reasons: list[str], day: dt.date) -> None:
    for reason in reasons:
        print_error(reason)
    status = EXIT_OF[verdict.outcome]
    raise CliExit(
        Exit.UNVERIFIED if status is Exit.MEETS else status,
        f"nothing was recorded: as of {day} the points above are open or out of date; settle them,"
        " or use --override with a reason",
    )


def _make_body(
    folder: BookFolder,
    session: Session,
    verdict: Verdict,
    decision: CommitteeDecision,
    by: str,
    override: str,
    note: str,
) -> Decided:
    kept = keep_bytes(folder.folder, to_json(verdict) + b"\n", f"verdict-{verdict.npi}.json")
    approved = decision is CommitteeDecision.APPROVE
    return Decided(
        npi=str(verdict.npi or ""),
        name=verdict.name or "",
        by=by,
        on=session.as_of,
        note=note,
        decision=decision.value,
        standard=verdict.standard,
        outcome=VerdictOutcome(verdict.outcome),
        verdict=kept,
        open=tuple(
            OpenFinding(
                requirement=finding.requirement,
                outcome=finding.outcome,
                codes=tuple(reason.code.value for reason in finding.reasons),
            )
            for finding in verdict.failing
        ),
        override=override.strip() if approved else "",
        due=next_cycle(session.as_of) if approved else None,
    )
