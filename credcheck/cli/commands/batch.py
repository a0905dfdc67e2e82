"""``credcheck batch``: a roster in, one verdict a row out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import CliExit, Exit

if TYPE_CHECKING:
    from credcheck.cli.run_roster import Run
    from credcheck.reports.formats.base import Format, ReportContext
    from credcheck.runs.results import Results


def batch(
    roster: options.Roster,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is stdout.")
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help=f"{', '.join(options.format_names())}. Default: by OUT's name; ndjson for -.",
            show_default=False,
        ),
    ] = None,
    columns: options.Columns = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = "utf-8",
    delimiter: options.Delimiter = None,
    resume: options.Resume = False,
    force: options.Force = False,
    jobs: options.Jobs = None,
    journal: options.Journal = None,
    log: options.Log = None,
    config: options.Config = None,
    standard: options.Standard = None,
    as_of: options.AsOf = None,
    allow_future: options.AllowFuture = False,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    demo: options.Demo = False,
    only: options.Only = None,
    without: options.Without = None,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check everybody of a roster: one verdict a row, in the roster's order.

    Columns are guessed from the header. A run that was stopped goes on with --resume.

    Exit status: 0 every row got a verdict, 3 a source did not answer for some rows, 5 the roster is
    unusable, 2 wrong usage, 130 stopped.
    """
    from credcheck.cli.console import Screen
    from credcheck.cli.files import check_different, check_target, chosen_format
    from credcheck.cli.run_roster import RosterJob, may_replace, run_roster
    from credcheck.cli.session import Request

    Screen(no_color=no_color, quiet=quiet, verbose=verbose)
    form = chosen_format(format_, output)
    path = options.log_path(log)
    kept = journal or options.journal_path(roster, output)
    check_different([("-o", output), ("--journal", str(kept)), ("--log", str(path))])
    replaceable = may_replace([output], kept, resume=resume, force=force)
    check_target("-o", output, [Path(roster)], force=replaceable)
    job = RosterJob(
        roster=roster,
        read=options.read_options(encoding, delimiter, sheet),
        columns=options.columns_said(columns),
        request=Request(
            config=config,
            standard=standard,
            as_of=as_of,
            allow_future=allow_future,
            offline=offline,
            refresh=refresh,
            demo=demo,
            only=tuple(only or ()),
            without=tuple(without or ()),
        ),
        journal=kept,
        resume=resume,
        force=force,
        jobs=jobs,
        quiet=quiet,
        max_rows=form.max_rows,
    )
    with run_roster(job) as run:
        status = _write(run, form, output, path, roster, quiet=quiet)
    raise CliExit(status)


def _write(run: "Run", form: "Format", output: str, log: Path, roster: str, *, quiet: bool) -> Exit:
    from credcheck.cli.console import width_for
    from credcheck.cli.files import open_output
    from credcheck.cli.progress import show_writing
    from credcheck.cli.run_summary import tell
    from credcheck.reports.formats.base import ReportContext

    status = Exit.UNVERIFIED if run.counts.unanswered else Exit.MEETS
    extra = ReportContext(roster=roster, width=width_for(output))
    with open_output(output) as out, show_writing(run.results, output, quiet=quiet) as results:
        write_and_log = _together if form.is_logged and output != "-" else _logged_first
        head = write_and_log(results, form, out, extra, log, status)
    if not quiet:
        tell(run, output, head)
    run.done()
    return status


def _together(
    results: "Results",
    form: "Format",
    out: BinaryIO,
    extra: "ReportContext",
    log: Path,
    status: Exit,
) -> str:
    """Log what is written, the results read once. The file has its name only after that."""
    from credcheck.cli.files import hashed
    from credcheck.cli.run_summary import logged

    with hashed(out) as (through, digest):
        form.write(results, through, extra)
    return str(logged(log, "batch", results.header, digest.hexdigest(), status))


def _logged_first(
    results: "Results",
    form: "Format",
    out: BinaryIO,
    extra: "ReportContext",
    log: Path,
    status: Exit,
) -> str:
    """Log the results, then write what may show the log's head, or goes where it cannot be unsaid."""
    from credcheck.cli.run_summary import digest_of, logged

    head = str(logged(log, "batch", results.header, digest_of(results), status))
    form.write(results, out, extra._replace(log_head=head))
    return head
