"""``credcheck audit``: a roster judged, and a gate for schedulers and CI."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import CliExit

_POLICY = "Policy"
_REPORTS = "Reports"


class Shown(StrEnum):
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
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LIST",
            help="What gates: does_not_meet, unverified, changed, expiring:90d, or none.",
            rich_help_panel=_POLICY,
        ),
    ] = "does_not_meet,unverified",
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="RESULTS",
            help="Saved results that were accepted: only what is new or worse gates.",
            show_default=False,
            rich_help_panel=_POLICY,
        ),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option(
            "--waivers",
            metavar="FILE",
            help="Waivers in TOML: who takes what upon themselves, why, until when.",
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
            help="Keep the results: the next audit's baseline (.ndjson), or a workbook.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    junit: Annotated[
        str | None,
        typer.Option(
            "--junit",
            metavar="FILE",
            help="JUnit XML.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    sarif: Annotated[
        str | None,
        typer.Option(
            "--sarif",
            metavar="FILE",
            help="SARIF 2.1.0.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="A page for people.",
            show_default=False,
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    annotations: Annotated[
        Annotations,
        typer.Option(
            "--annotations",
            help="Marks in the CI log; auto: on GitHub Actions.",
            rich_help_panel=_REPORTS,
        ),
    ] = Annotations.AUTO,
    format_: Annotated[
        Shown | None,
        typer.Option(
            "--format",
            help="How to show the summary. Default: table on a terminal, else json.",
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
    """Audit a roster: check everybody, then pass or fail by policy.

    Waived and known rows are listed, never hidden. The summary goes to stdout.

    Exit status: 0 nothing gates, 3 something that gates is undecided, 4 all of it is decided and
    negative, 5 an input is unusable, 2 wrong usage.
    """
    from credcheck.cli.console import Screen
    from credcheck.cli.run_audit import AuditJob, run_audit
    from credcheck.cli.run_roster import RosterJob
    from credcheck.cli.session import Request

    screen = Screen(no_color=no_color, quiet=quiet, verbose=verbose)
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
        journal=journal or options.journal_path(roster, output),
        resume=resume,
        force=force,
        jobs=jobs,
        quiet=quiet,
    )
    wanted = AuditJob(
        fail_on=fail_on,
        baseline=baseline,
        waivers=waivers,
        targets={"-o": output, "--junit": junit, "--sarif": sarif, "--html": html},
        log=options.log_path(log),
        annotations=annotations.value,
        as_json=format_ is Shown.JSON or (format_ is None and not screen.is_terminal),
    )
    raise CliExit(run_audit(job, wanted, screen))
