"""``credcheck merge``: the shares of a roster as one run."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli import options
from credcheck.cli.console import choose_width, print_error
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import choose_format
from credcheck.cli.paths import (
    Input,
    check_paths,
    known_inputs,
    log_output,
    other_log,
    output_file,
)
from credcheck.cli.run_journal import lock_journal
from credcheck.cli.run_summary import print_summary
from credcheck.cli.write_run import write_run
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.history import check_log
from credcheck.runs.journal import Journal, JournalError
from credcheck.runs.journal_file import list_journal_files
from credcheck.runs.merging import merge_shares

EXAMPLES = {
    "merge": """Examples:

credcheck merge results.ndjson.*-of-8.journal -o results.ndjson

credcheck merge share-1.journal share-2.journal -o results.xlsx"""
}


def merge(
    journals: Annotated[
        list[Path],
        typer.Argument(metavar="JOURNALS", help="The journals of all shares, in any order."),
    ],
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
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
    log: options.Log = None,
    look: options.ScreenOptions,
) -> None:
    """Combine the shares of a roster (batch --shard) into the bytes of one run.

    This does not query any source or check anyone again. You need all shares of one run, each once and
    finished. The journals are not changed.

    Exit status: 0 every row has a verdict, 3 a source did not answer for some rows, 5 a journal
    is unusable or unfinished, 2 wrong usage, or the journals are not the shares of one run.
    """
    look.open()
    form = choose_format(format_, output)
    log_file = options.find_log(log)
    _check_paths(journals, output, log_file, force=force)
    with _open_journals(journals) as opened:
        run = merge_shares(opened)
        rows = run.results.header.rows or 0
        if form.max_rows is not None and rows > form.max_rows:
            message = (
                f"{form.name} holds at most {form.max_rows:,} rows, and there are {rows:,};"
                " write CSV instead"
            )
            raise UsageError(message)
        status = Exit.UNVERIFIED if run.counts.unanswered else Exit.MEETS
        extra = ReportContext(roster=run.roster, width=choose_width(output))
        entry = (log_file, "merge", status)
        head = write_run(run.results, form, output, extra, entry, quiet=look.quiet)
        if not look.quiet:
            print_summary(run, output, head)
            if run.counts.unanswered:
                print_error("run the incomplete shares again with --resume, then merge")
    raise CliExit(status)


def _check_paths(journals: Sequence[Path], output: str, log: Path, *, force: bool) -> None:
    if len({path.resolve() for path in journals}) < len(journals):
        raise UsageError("a journal was given twice; name each share once")
    beside = [file for path in journals for file in list_journal_files(path)]
    read = [Input("a journal to merge", path) for path in beside]
    outputs = [*output_file("-o", output), log_output(log)]
    # The usual log is an input only where another one is named: it is written otherwise.
    configured = [each for each in known_inputs() if each.path != options.find_log(None)]
    check_paths(outputs, [*read, *configured, *other_log(log)], force=force)
    check_log(log)


@contextmanager
def _open_journals(paths: Sequence[Path]) -> Iterator[list[Journal]]:
    """Open and prove the journals; none of them is written to, here or by another run meanwhile."""
    with ExitStack() as stack:
        opened: list[Journal] = []
        for path in paths:
            if not path.exists():
                raise JournalError(f"no such journal: {path}")
            stack.enter_context(lock_journal(path))
            opened.append(Journal.reopen(path, write=False))
            stack.callback(opened[-1].close)
        yield opened
