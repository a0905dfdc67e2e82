"""Commands about saved results: diff, report and replay."""

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.audit.replay import replayed
from credcheck.cli import options
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import open_output
from credcheck.model import StandardRef, to_json
from credcheck.runs.results import lines, read_header
from credcheck.standards.loader import Standard, StandardError, load_standard

if TYPE_CHECKING:
    from credcheck.audit.diff import Difference
    from credcheck.audit.policy import FailOn
    from credcheck.runs.results import Results

Saved = Annotated[Path, typer.Argument(metavar="RESULTS", help="Saved results, NDJSON.")]


class Shown(StrEnum):
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
        Shown | None,
        typer.Option(
            "--format", help="Default: table on a terminal, else json.", show_default=False
        ),
    ] = None,
    no_color: options.NoColor = False,
) -> None:
    """Show what changed between two saved results, physician by physician.

    Exit status: 0 nothing that --fail-on gates, 4 something, 5 a file is unusable, 2 wrong usage.
    """
    from credcheck.audit.diff import counted, differences
    from credcheck.audit.policy import FailOnError, parse_fail_on
    from credcheck.cli.console import Screen
    from credcheck.runs.results import ResultsError

    screen = Screen(no_color=no_color)
    try:
        policy = parse_fail_on(fail_on)
        days = policy.expiring if policy.expiring is not None else 90
        before, now = _results(old), _results(new)
        found = list(differences(before, now, days))
    except FailOnError as error:
        raise CliExit(Exit.USAGE, str(error)) from error
    except ResultsError as error:
        raise CliExit(Exit.INPUT_UNUSABLE, str(error)) from error
    from credcheck.cli.console import write, write_text

    if (format_ or (Shown.TABLE if screen.is_terminal else Shown.JSON)) is Shown.TABLE:
        from credcheck.reports.terminal.diff import changes_page

        write_text(screen.render(changes_page(before.header, now.header, found, days)))
    else:
        from credcheck.model import to_pretty_json

        write(
            to_pretty_json(
                {
                    "schema": "credcheck.diff/1",
                    "old": before.header,
                    "new": now.header,
                    "counts": counted(found),
                    "differences": found,
                }
            )
        )
    raise CliExit(Exit.DOES_NOT_MEET if _gates(policy, found) else Exit.MEETS)


def report(
    results: Saved,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="NAME",
            help=f"{', '.join(options.format_names())}. Default: by OUT's name; table.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is stdout.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
) -> None:
    """Make a report of saved results: nothing is asked and nothing is judged."""
    from credcheck.cli.console import width_for
    from credcheck.cli.files import check_target, chosen_format, open_output
    from credcheck.cli.progress import show_writing
    from credcheck.reports.formats.base import ReportContext
    from credcheck.runs.results import ResultsError

    form = chosen_format(to, output, otherwise="table")
    check_target("-o", output, [results], force=force)
    try:
        saved = _results(results)
        if form.max_rows is not None and (saved.header.rows or 0) > form.max_rows:
            message = (
                f"{form.name} can hold {form.max_rows:,} rows, there are {saved.header.rows:,}"
            )
            raise CliExit(Exit.USAGE, f"{message}; write CSV")
        with open_output(output) as out, show_writing(saved, output) as seen:
            form.write(seen, out, ReportContext(width=width_for(output)))
    except ResultsError as error:
        raise CliExit(Exit.INPUT_UNUSABLE, str(error)) from error


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
    from credcheck._util.text import pluralize
    from credcheck.cli.commands.results import replay_all
    from credcheck.cli.console import print_error
    from credcheck.cli.files import check_target
    from credcheck.runs.results import ResultsError

    if output is not None:
        check_target("-o", output, [results], force=force)
    try:
        rows, unlike = replay_all(results, standard, output)
    except ResultsError as error:
        raise CliExit(Exit.INPUT_UNUSABLE, str(error)) from error
    if unlike:
        raise CliExit(
            Exit.DOES_NOT_MEET, f"{unlike:,} of {pluralize(rows, 'verdict')} came out otherwise"
        )
    if not quiet:
        print_error(f"{pluralize(rows, 'verdict')} judged again: the same bytes")


def _results(path: Path) -> "Results":
    from credcheck.runs.results import saved_results

    return saved_results(path)


def _gates(policy: "FailOn", found: "list[Difference]") -> bool:
    return any(_gated(policy, each) for each in found)


def _gated(policy: "FailOn", one: "Difference") -> bool:
    from credcheck.audit.diff import Change
    from credcheck.model import VerdictOutcome

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
    by = _standard(standard or header.standard.id)
    if by.ref != header.standard:
        told = f"the results are by standard {_named(header.standard)}"
        print_error(f"{told}; judged again by {_named(by.ref)}")
    rows = unlike = 0
    with ExitStack() as stack:
        out = stack.enter_context(open_output(output)) if output is not None else None
        if out is not None:
            out.write(to_json(header) + b"\n")
        for each in replayed(lines(results), by):
            rows, unlike = rows + 1, unlike + bool(each.differences)
            if out is not None:
                out.write(each.text + b"\n")
            for told in each.differences:
                print_error(f"line {each.number} (row {each.row}): {told}")
    return rows, unlike


def _standard(name: str) -> Standard:
    try:
        return load_standard(name)
    except StandardError as error:
        raise CliExit(Exit.USAGE, f"{error}; say --standard") from error


def _named(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} (sha256 {standard.sha256[:12]})"
