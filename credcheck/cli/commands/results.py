"""Commands about saved results: diff, report and replay."""

import shutil
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated

import typer

from credcheck._util.errors import OutputError, UsageError
from credcheck._util.text import pluralize
from credcheck.audit.baseline import name_standard
from credcheck.audit.diff import Change, Difference, compare_results, count_changes
from credcheck.audit.expirables import Decisions
from credcheck.audit.policy import FailOn, parse_fail_on
from credcheck.audit.replay import Replay
from credcheck.book.storage import BookFolder
from credcheck.cli import options
from credcheck.cli.console import Screen, choose_width, print_error, write, write_text
from credcheck.cli.decisions import list_decisions
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import choose_format, open_input, open_output
from credcheck.cli.paths import check_paths, known_inputs, named_inputs, output_file
from credcheck.cli.progress import show_writing
from credcheck.model import RunHeader, VerdictOutcome, to_json, to_pretty_json
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import (
    header_from_line,
    open_results,
    read_header_line,
    read_lines,
)
from credcheck.standards.loader import Standard, StandardError, list_shipped, load_standard

EXAMPLES = {
    "diff": """Examples:

credcheck diff october.ndjson november.ndjson

credcheck diff october.ndjson november.ndjson --fail-on changed --format json""",
    "report": """Examples:

credcheck report november.ndjson

credcheck report november.ndjson -o november.xlsx --book book""",
    "replay": """Examples:

credcheck replay november.ndjson

credcheck replay november.ndjson -o again.ndjson""",
}
Saved = Annotated[Path, typer.Argument(metavar="RESULTS", help="Saved results, NDJSON.")]
SavedOrStdin = Annotated[
    Path,
    typer.Argument(metavar="RESULTS", help="Saved results, NDJSON; - is standard input."),
]


class DiffFormat(StrEnum):
    """The formats of a diff."""

    TABLE = "table"
    JSON = "json"


def diff(
    old: Annotated[
        Path, typer.Argument(metavar="OLD", help="Earlier results, NDJSON; - is stdin.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Later results, NDJSON; - is stdin.")],
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LIST",
            help=(
                "Fail on does_not_meet and unverified (if new or for a new reason), "
                "changed (any difference), expiring:90d, or none."
            ),
        ),
    ] = "does_not_meet,unverified",
    format_: Annotated[
        DiffFormat | None,
        typer.Option(
            "--format", help="Default: table on a terminal, otherwise json.", show_default=False
        ),
    ] = None,
    no_color: options.NoColor = False,
) -> None:
    """Show what changed between two saved results, physician by physician.

    Exit status: 0 no change that --fail-on names, 4 such a change, 5 a file is unusable, 2
    wrong usage.
    """
    screen = Screen(no_color=no_color)
    policy = parse_fail_on(fail_on)
    days = policy.expiring if policy.expiring is not None else 90
    if str(old) == str(new) == "-":
        raise UsageError("only one of the two can come from standard input")
    with open_input(str(old)) as first, open_input(str(new)) as second:
        before, now = open_results(first), open_results(second)
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
    results: SavedOrStdin,
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
        str, typer.Option("-o", "--output", metavar="OUT", help="The output file; - is stdout.")
    ] = "-",
    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            metavar="FOLDER",
            help="For xlsx: show the committee's decisions from this book.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
) -> None:
    """Make a report from saved results, without checking anything again."""
    form = choose_format(format_, output, otherwise="table")
    _check_paths(output, {"the results": results}, force=force)
    decisions = None if book is None else _read_decisions(book, form)
    with open_input(str(results)) as path:
        _write_report(path, form, output, decisions)


def _read_decisions(book: Path, form: Format) -> dict[str, Decisions]:
    if not form.has_decisions:
        raise UsageError(
            f"--book: {form.name} does not show decisions; use --format xlsx, or credcheck packet"
        )
    folder = BookFolder(book)
    if not folder.exists():
        raise UsageError(f"--book {book} is not a book; create one with: credcheck book init")
    return list_decisions(folder)


def _write_report(
    path: Path, form: Format, output: str, decisions: dict[str, Decisions] | None
) -> None:
    saved = open_results(path)
    if form.max_rows is not None and (saved.header.rows or 0) > form.max_rows:
        message = (
            f"{form.name} holds at most {form.max_rows:,} rows, and there are {saved.header.rows:,}"
        )
        raise UsageError(f"{message}; write CSV instead")
    with open_output(output) as out, show_writing(saved, output) as seen:
        form.write(seen, out, ReportContext(width=choose_width(output), decisions=decisions))


def replay(
    results: Saved,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Write the new results; - is stdout.",
            show_default=False,
        ),
    ] = None,
    standard: options.Standard = None,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Check saved results again, offline, from the evidence in them.

    The result has the same bytes, or every difference is named: in a verdict, in the physician
    or in the header. The included standard of the same name is used, unless --standard names
    another.

    A file with rewritten evidence and a new seal passes; the log of runs reveals that.

    Exit status: 0 the same bytes, 4 there are differences, 5 the file is unusable, 2 wrong
    usage.
    """
    own = Path(standard) if standard is not None and standard.endswith(".toml") else None
    _check_paths(output, {"the results": results, "--standard": own}, force=force)
    rows, unlike = replay_all(results, standard, output)
    if unlike:
        told = f"{pluralize(unlike, 'line')} of {rows + 1:,} differ when checked again"
        raise CliExit(Exit.DOES_NOT_MEET, told)
    if not quiet:
        print_error(f"{pluralize(rows, 'verdict')} judged again: identical")


def _check_paths(output: str | None, inputs: Mapping[str, Path | None], *, force: bool) -> None:
    read = [*named_inputs(inputs), *known_inputs()]
    check_paths(output_file("-o", output), read, force=force)


_NEWLY = {
    *(Change.NEW, Change.NEWLY_FAILING, Change.NEWLY_UNVERIFIED),
    Change.REASON_CHANGED,  # expired before, revoked now: as bad as new
}


def _violates(policy: FailOn, one: Difference) -> bool:
    newly = _NEWLY & set(one.changes)
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

    Returns how many verdicts there are, and how many lines, the header among them, came out otherwise.
    """
    first = read_header_line(results)
    header = header_from_line(results, first)
    by = find_standard(results, header, standard)
    if by.ref != header.standard:
        told = f"the results use standard {name_standard(header.standard)}"
        print_error(f"{told}; judged again by {name_standard(by.ref)}")
    again = Replay(first, header, by)
    with TemporaryFile() as judged:  # the header stands first and is known last
        for each in again.judge(read_lines(results)):
            for told in each.differences:
                print_error(f"line {each.number} (row {each.row}): {told}")
            if output is not None:
                _keep(judged, each.text + b"\n")
        differences = again.check_header()
        for told in differences:
            print_error(f"line 1 (header): {told}")
        if output is not None:
            _write_judged(again, judged, output)
    return again.rows, again.unlike + bool(differences)


def _keep(judged: IO[bytes], line: bytes) -> None:
    try:
        judged.write(line)
    except OSError as error:
        message = f"the new verdicts could not be saved: {error.strerror}"
        raise OutputError(message) from error


def _write_judged(again: Replay, judged: IO[bytes], output: str) -> None:
    judged.seek(0)
    header = again.make_header(judged)
    judged.seek(0)
    with open_output(output) as out:
        out.write(to_json(header) + b"\n")
        shutil.copyfileobj(judged, out)


def find_standard(results: Path, header: RunHeader, said: str | None) -> Standard:
    """Return the standard to judge by: the one that is said, or that of the header.

    Where the header names one that there is not, the lines may name another: then the header is wrong.
    """
    try:
        return load_standard(said or header.standard.id)
    except StandardError as error:
        line = None if said else next(read_lines(results), None)
        if line is not None and line.verdict.standard.id in list_shipped():
            return load_standard(line.verdict.standard.id)
        raise UsageError(f"{error}; use --standard") from error
