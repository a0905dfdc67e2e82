"""``credcheck batch``: a roster in, one verdict a row out."""

from dataclasses import replace
from typing import Annotated

import typer

from credcheck.cli import options, table_options
from credcheck.cli.cluster import Engine, Scheduler, check_cluster
from credcheck.cli.console import choose_width
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import choose_format
from credcheck.cli.paths import output_file
from credcheck.cli.run_roster import RosterJob, check_run_paths, run_roster
from credcheck.cli.run_share import choose_share_journal, run_share
from credcheck.cli.run_summary import print_summary
from credcheck.cli.write_run import write_run
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.shards import parse_shard

EXAMPLES = {
    "batch": """Examples:

credcheck batch roster.xlsx -o results.ndjson

credcheck batch roster.csv -o results.xlsx --columns 'npi=Provider Number' --as-of 2026-11-01

credcheck batch roster.csv -o results.ndjson --resume

credcheck batch roster.csv -o results.ndjson --shard 1/8 --as-of 2026-11-01

credcheck batch roster.csv -o results.ndjson --engine dask --scheduler tcp://10.0.0.5:8786"""
}


def batch(
    roster: options.Roster,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The output file; - is stdout.")
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
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="I/N",
            help=(
                "Check only share I of N, for credcheck merge. Writes the journal "
                "OUT.I-of-N.journal instead of OUT."
            ),
            show_default=False,
            rich_help_panel="Run",
        ),
    ] = None,
    engine: Engine = None,
    scheduler: Scheduler = None,
    reading: table_options.RosterOptions,
    how: options.RunOptions,
    request: options.Request,
    look: options.ScreenOptions,
) -> None:
    """Check everybody on a roster: one verdict per row, in the order of the roster.

    Columns are recognized by their headers. Use --resume to continue an interrupted run.

    Exit status: 0 every row has a verdict, 3 a source did not answer for some rows, 5 the
    roster is unusable, 2 wrong usage, 130 interrupted.
    """
    look.open()
    form = choose_format(format_, output)
    check_cluster(engine, scheduler, {"--jobs": how.jobs, "--shard": shard})
    if shard is not None:
        part = parse_shard(shard)
        path = how.journal or choose_share_journal(roster, output, part)
        job = RosterJob.from_options(roster, reading, how, request, path, quiet=look.quiet)
        raise CliExit(run_share(job, part, how.log_file))
    log, journal = how.log_file, how.journal_file(roster, output)
    job = RosterJob.from_options(
        roster, reading, how, request, journal, quiet=look.quiet, max_rows=form.max_rows
    )
    job = replace(job, scheduler=scheduler)
    job = check_run_paths(job, log, output_file("-o", output), [])
    with run_roster(job) as run:
        status = Exit.UNVERIFIED if run.counts.unanswered else Exit.MEETS
        extra = ReportContext(roster=roster, width=choose_width(output))
        entry = (log, "batch", status)
        head = write_run(run.results, form, output, extra, entry, quiet=look.quiet)
        if not look.quiet:
            print_summary(run, output, head, verbose=look.verbose)
        run.finish()
    raise CliExit(status)
