"""``credcheck audit``: a roster judged, and a gate for schedulers and CI."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from credcheck.cli import options, table_options
from credcheck.cli.exit_codes import CliExit
from credcheck.cli.run_audit import AuditJob, run_audit
from credcheck.cli.run_roster import RosterJob

EXAMPLES = {
    "audit": """Examples:

credcheck audit roster.csv -o november.ndjson --junit audit.xml

credcheck audit roster.csv --baseline october.ndjson --waivers waivers.toml

credcheck audit roster.csv --fail-on does_not_meet,expiring:60d"""
}
_POLICY = "Policy"
_REPORTS = "Reports"


class SummaryFormat(StrEnum):
    """The formats of the summary."""

    TABLE = "table"
    JSON = "json"


class Annotations(StrEnum):
    """Marks for CI logs."""

    AUTO = "auto"
    GITHUB = "github"
    NONE = "none"


def audit(
    roster: options.Roster,
    *,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LIST",
            help="Fail the audit on does_not_meet, unverified, changed, expiring:90d, or none.",
            rich_help_panel=_POLICY,
        ),
    ] = "does_not_meet,unverified",
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="RESULTS",
            help=(
                "Saved results that were accepted: fail only on what is new, worse or "
                "has another reason."
            ),
            show_default=False,
            rich_help_panel=_POLICY,
        ),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option(
            "--waivers",
            metavar="FILE",
            help="TOML file of waivers: accepted findings, with author, reasons and expiry date.",
            show_default=False,
            rich_help_panel=_POLICY,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Save the results: the next audit's baseline (.ndjson), or a workbook.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    junit: Annotated[
        str | None,
        typer.Option(
            "--junit",
            metavar="FILE",
            help="Write JUnit XML.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    sarif: Annotated[
        str | None,
        typer.Option(
            "--sarif",
            metavar="FILE",
            help="Write SARIF 2.1.0.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write a page for people.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    annotations: Annotated[
        Annotations,
        typer.Option(
            "--annotations",
            help="Annotations in the CI log; auto means on GitHub Actions.",
            rich_help_panel=_REPORTS,
        ),
    ] = Annotations.AUTO,
    format_: Annotated[
        SummaryFormat | None,
        typer.Option(
            "--format",
            help="Format of the summary. Default: table on a terminal, otherwise json.",
            show_default=False,
        ),
    ] = None,
    reading: table_options.RosterOptions,
    how: options.RunOptions,
    request: options.Request,
    look: options.ScreenOptions,
) -> None:
    """Audit a roster: check everybody, then pass or fail by policy.

    Waived and known rows are always listed. The summary goes to stdout.

    Exit status: 0 no row fails the policy, 3 a row that fails is undecided, 4 rows fail and all
    of them were decided, 5 an input is unusable, 2 wrong usage.
    """
    screen = look.open()
    journal = how.journal_file(roster, output)
    job = RosterJob.from_options(roster, reading, how, request, journal, quiet=look.quiet)
    wanted = AuditJob(
        fail_on=fail_on,
        baseline=baseline,
        waivers=waivers,
        targets={"-o": output, "--junit": junit, "--sarif": sarif, "--html": html},
        log=how.log_file,
        annotations=annotations.value,
        verbose=look.verbose,
        as_json=format_ is SummaryFormat.JSON or (format_ is None and not screen.is_terminal),
    )
    raise CliExit(run_audit(job, wanted, screen))
