"""The results of a run written to the output, and logged."""

from pathlib import Path
from typing import BinaryIO

from credcheck.cli.exit_codes import Exit
from credcheck.cli.files import open_hashing, open_output
from credcheck.cli.progress import show_writing
from credcheck.cli.run_summary import append_to_log, digest_of
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results


def write_run(
    results: Results,
    form: Format,
    output: str,
    extra: ReportContext,
    entry: tuple[Path, str, Exit],
    *,
    quiet: bool,
) -> str:
    """Write a run's results and log them; return the log's head.

    ``entry`` is the log, the command and the status that the log keeps. Raises OutputError.
    """
    with open_output(output) as out, show_writing(results, output, quiet=quiet) as shown:
        write_and_log = _write_and_log if form.is_logged and output != "-" else _log_then_write
        return write_and_log(shown, form, out, extra, entry)


def _write_and_log(
    results: Results,
    form: Format,
    out: BinaryIO,
    extra: ReportContext,
    entry: tuple[Path, str, Exit],
) -> str:
    """Log what is written, the results read once. The file has its name only after that."""
    log, command, status = entry
    with open_hashing(out) as (through, digest):
        form.write(results, through, extra)
    return str(append_to_log(log, command, results.header, digest.hexdigest(), status))


def _log_then_write(
    results: Results,
    form: Format,
    out: BinaryIO,
    extra: ReportContext,
    entry: tuple[Path, str, Exit],
) -> str:
    """Log the results, then write what may show the log's head, or goes where it cannot be unsaid."""
    log, command, status = entry
    head = str(append_to_log(log, command, results.header, digest_of(results), status))
    form.write(results, out, extra._replace(log_head=head))
    return head
