"""``credcheck batch``: a roster in, one verdict a row out."""

from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from credcheck.cli import options, table_options
from credcheck.cli.console import choose_width
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import choose_format, open_hashing, open_output
from credcheck.cli.paths import output_file
from credcheck.cli.progress import show_writing
from credcheck.cli.run_roster import RosterJob, Run, check_run_paths, run_roster
from credcheck.cli.run_summary import append_to_log, digest_of, print_summary
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results

EXAMPLES = {
    "batch": """Examples:

credcheck batch roster.xlsx -o results.ndjson

credcheck batch roster.csv -o results.xlsx --columns npi='Provider Number' --as-of 2026-11-01

credcheck batch roster.csv -o results.ndjson --resume"""
}


def batch(
    roster: options.Roster,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is stdout.")
    ],
    *,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help=f"{', '.join(options.list_formats())}. Default: by OUT's name; ndjson for -.",
            show_default=False,
        ),
    ] = None,
    reading: table_options.RosterOptions,
    how: options.RunOptions,
    request: options.Request,
    look: options.ScreenOptions,
) -> None:
    """Check everybody of a roster: one verdict a row, in the roster's order.

    Columns are guessed from the header. A run that was stopped goes on with --resume.

    Exit status: 0 every row got a verdict, 3 a source did not answer for some rows, 5 the roster is
    unusable, 2 wrong usage, 130 stopped.
    """
    look.open()
    form = choose_format(format_, output)
    log, journal = how.log_file, how.journal_file(roster, output)
    job = RosterJob.from_options(
        roster, reading, how, request, journal, quiet=look.quiet, max_rows=form.max_rows
    )
    job = check_run_paths(job, log, output_file("-o", output), [])
    with run_roster(job) as run:
        status = _write(run, form, output, log, roster, look)
    raise CliExit(status)


def _write(
    run: Run, form: Format, output: str, log: Path, roster: str, look: options.ScreenOptions
) -> Exit:
    status = Exit.UNVERIFIED if run.counts.unanswered else Exit.MEETS
    extra = ReportContext(roster=roster, width=choose_width(output))
    with open_output(output) as out, show_writing(run.results, output, quiet=look.quiet) as results:
        write_and_log = _write_and_log if form.is_logged and output != "-" else _log_then_write
        head = write_and_log(results, form, out, extra, log, status)
    if not look.quiet:
        print_summary(run, output, head, verbose=look.verbose)
    run.finish()
    return status


def _write_and_log(
    results: Results,
    form: Format,
    out: BinaryIO,
    extra: ReportContext,
    log: Path,
    status: Exit,
) -> str:
    """Log what is written, the results read once. The file has its name only after that."""
    with open_hashing(out) as (through, digest):
        form.write(results, through, extra)
    return str(append_to_log(log, "batch", results.header, digest.hexdigest(), status))


def _log_then_write(
    results: Results,
    form: Format,
    out: BinaryIO,
    extra: ReportContext,
    log: Path,
    status: Exit,
) -> str:
    """Log the results, then write what may show the log's head, or goes where it cannot be unsaid."""
    head = str(append_to_log(log, "batch", results.header, digest_of(results), status))
    form.write(results, out, extra._replace(log_head=head))
    return head
