"""Commands about saved results: diff, report and replay."""

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck._util.text import pluralize
from credcheck.audit.diff import Change, Difference, compare_results, count_changes
from credcheck.audit.policy import FailOn, parse_fail_on
from credcheck.audit.replay import replay_lines
from credcheck.cli import options
from credcheck.cli.console import Screen, choose_width, print_error, write, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import check_target, choose_format, open_output
from credcheck.cli.progress import show_writing
from credcheck.model import StandardRef, VerdictOutcome, to_json, to_pretty_json
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.results import lines, open_results, read_header
from credcheck.standards.loader import Standard, StandardError, load_standard

EXAMPLES = {
    "diff": """Examples:

credcheck diff october.ndjson november.ndjson

credcheck diff october.ndjson november.ndjson --fail-on changed --format json""",
    "report": """Examples:

credcheck report november.ndjson

credcheck report november.ndjson -o november.xlsx""",
    "replay": """Examples:

credcheck replay november.ndjson

credcheck replay november.ndjson -o again.ndjson""",
}
Saved = Annotated[Path, typer.Argument(metavar="RESULTS", help="Saved results, NDJSON.")]


class DiffFormat(StrEnum):
    """The formats of a diff."""

    TABLE = "table"
    JSON = "json"


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Results of before, NDJSON.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Results of now, NDJSON.")],
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LIST",
            help="What gates: does_not_meet and unverified (newly so), changed (anything that"
            " differs), expiring:90d, or none.",
        ),
    ] = "does_not_meet,unverified",
    format_: Annotated[
        DiffFormat | None,
        typer.Option(
            "--format", help="Default: table on a terminal, else json.", show_default=False
        ),
    ] = None,
    no_color: options.NoColor = False,
) -> None:
    """Show what changed between two saved results, physician by physician.

    Exit status: 0 nothing that --fail-on gates, 4 something, 5 a file is unusable, 2 wrong usage.
    """
    screen = Screen(no_color=no_color)
    policy = parse_fail_on(fail_on)
    days = policy.expiring if policy.expiring is not None else 90
    before, now = open_results(old), open_results(new)
    found = list(compare_results(before, now, days))
    default = DiffFormat.TABLE if screen.is_terminal else DiffFormat.JSON
    if (format_ or default) is DiffFormat.TABLE:
        from credcheck.reports.terminal.diff import changes_page

        write_text(screen.render(changes_page(before.header, now.header, found, days)))
    else:
        write(
            to_pretty_json(
                {
                    "schema": "credcheck.diff/1",
                    "old": before.header,
                    "new": now.header,
                    "counts": count_changes(found),
                    "differences": found,
                }
            )
        )
    raise CliExit(
        Exit.DOES_NOT_MEET if any(_violates(policy, each) for each in found) else Exit.MEETS
    )


def report(
    results: Saved,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help=f"{', '.join(options.list_formats())}. Default: by OUT's name; table.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is stdout.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
) -> None:
    """Make a report of saved results: nothing is asked and nothing is judged."""
    form = choose_format(format_, output, otherwise="table")
    check_target("-o", output, [results], force=force)
    saved = open_results(results)
    if form.max_rows is not None and (saved.header.rows or 0) > form.max_rows:
        message = f"{form.name} can hold {form.max_rows:,} rows, there are {saved.header.rows:,}"
        raise UsageError(f"{message}; write CSV")
    with open_output(output) as out, show_writing(saved, output) as seen:
        form.write(seen, out, ReportContext(width=choose_width(output)))


def replay(
    results: Saved,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Write the results as judged again; - is stdout.",
            show_default=False,
        ),
    ] = None,
    standard: options.Standard = None,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Judge saved results again from the evidence that they carry, offline.

    The same bytes come out, or the difference is named. The standard is the shipped one of the same
    name, unless --standard says otherwise.

    Exit status: 0 the same bytes, 4 there are differences, 5 the file is unusable, 2 wrong usage.
    """
    if output is not None:
        check_target("-o", output, [results], force=force)
    rows, unlike = replay_all(results, standard, output)
    if unlike:
        raise CliExit(
            Exit.DOES_NOT_MEET, f"{unlike:,} of {pluralize(rows, 'verdict')} came out otherwise"
        )
    if not quiet:
        print_error(f"{pluralize(rows, 'verdict')} judged again: the same bytes")


def _violates(policy: FailOn, one: Difference) -> bool:
    newly = {Change.NEW, Change.NEWLY_FAILING, Change.NEWLY_UNVERIFIED} & set(one.changes)
    failing = bool(newly) and one.now is VerdictOutcome.DOES_NOT_MEET
    unverified = bool(newly) and one.now is VerdictOutcome.UNVERIFIED
    return (
        (policy.does_not_meet and failing)
        or (policy.unverified and unverified)
        or (policy.changed and bool(set(one.changes) - {Change.EXPIRING}))
        or (policy.expiring is not None and Change.EXPIRING in one.changes)
    )


def replay_all(results: Path, standard: str | None, output: str | None) -> tuple[int, int]:
    """Judge all again and tell every difference. Raises ResultsError.

    Returns how many verdicts there are, and how many came out otherwise.
    """
    header = read_header(results)
    by = _load_standard(standard or header.standard.id)
    if by.ref != header.standard:
        told = f"the results are by standard {_name_standard(header.standard)}"
        print_error(f"{told}; judged again by {_name_standard(by.ref)}")
    rows = unlike = 0
    with ExitStack() as stack:
        out = stack.enter_context(open_output(output)) if output is not None else None
        if out is not None:
            out.write(to_json(header) + b"\n")
        for each in replay_lines(lines(results), by):
            rows, unlike = rows + 1, unlike + bool(each.differences)
            if out is not None:
                out.write(each.text + b"\n")
            for told in each.differences:
                print_error(f"line {each.number} (row {each.row}): {told}")
    return rows, unlike


def _load_standard(name: str) -> Standard:
    try:
        return load_standard(name)
    except StandardError as error:
        raise UsageError(f"{error}; say --standard") from error


def _name_standard(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} (sha256 {standard.sha256[:12]})"
