"""An audit from the command line: policy checked first, then the run, the log, and the reports."""

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from credcheck._util.errors import InputError, UsageError
from credcheck._util.text import pluralize
from credcheck.audit.baseline import ACCEPTED, Baseline, BaselineError
from credcheck.audit.diff import Difference, compare_results
from credcheck.audit.gate import Gate
from credcheck.audit.keys import SharedIdError, check_ids
from credcheck.audit.policy import FailOn, parse_fail_on
from credcheck.audit.summary import AuditTally, Summary, add_log_head
from credcheck.audit.waiver_file import WaiverError, load_waivers
from credcheck.audit.waivers import Waiver, Waivers
from credcheck.cli.console import Screen, annotate, print_error, write, write_text
from credcheck.cli.exit_codes import Exit
from credcheck.cli.files import choose_format, open_output
from credcheck.cli.options import Request
from credcheck.cli.paths import named_inputs, output_file
from credcheck.cli.progress import show_writing
from credcheck.cli.run_roster import RosterJob, Run, check_run_paths, run_roster
from credcheck.cli.run_summary import append_to_log, digest_of, print_summary
from credcheck.cli.session import resolve_standard
from credcheck.model import Query, StandardRef, to_pretty_json
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import AuditPart, Format, ReportContext
from credcheck.reports.github import github
from credcheck.reports.run_coverage import RunCoverage
from credcheck.reports.summary import list_reasons
from credcheck.reports.terminal.audit import audit_page
from credcheck.runs.results import Results, ResultsError, open_results

_FORMATS = {"--junit": "junit", "--sarif": "sarif", "--html": "html"}
_SOON = 90  # days: what ends within them is among the changes


@dataclass(frozen=True, kw_only=True)
class AuditJob:
    """What the user asked for beside the roster. ``targets`` are files, by the options for them."""

    fail_on: str
    baseline: Path | None
    waivers: Path | None
    targets: Mapping[str, str | None]
    log: Path
    annotations: str
    as_json: bool
    verbose: int = 0


@dataclass(frozen=True)
class Policy:
    """What gates, read and checked before anything is asked."""

    fail_on: FailOn
    baseline: Baseline | None
    accepted: Results | None
    waivers: list[Waiver]
    reports: list[tuple[Format, str]]

    def check_ids(self, queries: Iterable[Query]) -> None:
        """Check that each id that something was decided by is of one row. Raises UsageError."""
        accepted = self.baseline.ids if self.baseline is not None else ()
        waived = (waiver.id for waiver in self.waivers if waiver.id)
        check_ids(queries, dict.fromkeys(accepted, ACCEPTED) | dict.fromkeys(waived, "a waiver"))

    def gate(self, waivers: Waivers, as_of: dt.date) -> Gate:
        """Return the gate of this policy."""
        return Gate(self.fail_on, waivers, self.baseline, as_of)


def run_audit(job: RosterJob, wanted: AuditJob, screen: Screen) -> Exit:
    """Run the audit and return its status.

    Raises UsageError, InputError or OutputError where it cannot be run or written.
    """
    job = _check_targets(job, wanted)
    policy = _load_policy(job.request, wanted)
    limits = [each.max_rows for each, _ in policy.reports if each.max_rows is not None]
    job = replace(job, max_rows=min(limits, default=None), check_plan=policy.check_ids)
    with run_roster(job) as run:
        waivers = Waivers(policy.waivers, run.session.as_of)
        gate = policy.gate(waivers, run.session.as_of)
        coverage = RunCoverage()
        summary = _summarize(run, gate, waivers, wanted, policy, coverage)
        status = _choose_status(summary)
        digest = digest_of(run.results)
        head = append_to_log(wanted.log, "audit", run.results.header, digest, status)
        summary = add_log_head(summary, str(head))
        _write_reports(run, gate, policy, summary, job)
        _show(summary, coverage, screen, wanted, job)
        if not job.quiet:
            print_summary(run, "-", summary.log_head or "", verbose=wanted.verbose)
        run.finish()
    return status


def _check_targets(job: RosterJob, wanted: AuditJob) -> RosterJob:
    for option, target in wanted.targets.items():
        if target == "-":
            raise UsageError(f"{option} -: standard output is for the summary; name a file")
    reports = [each for option in wanted.targets.items() for each in output_file(*option)]
    policy = named_inputs({"--baseline": wanted.baseline, "--waivers": wanted.waivers})
    return check_run_paths(job, wanted.log, reports, policy)


def _load_policy(request: Request, wanted: AuditJob) -> Policy:
    reports = [
        (formats()[_FORMATS[x]] if x in _FORMATS else choose_format(None, target), target)
        for x, target in wanted.targets.items()
        if target is not None
    ]
    try:
        fail_on = parse_fail_on(wanted.fail_on)
        standard = resolve_standard(request)
        requirements = [each.id for each in standard.requirements]
        waivers = load_waivers(wanted.waivers, requirements) if wanted.waivers else []
        accepted = open_results(wanted.baseline, sealed=True) if wanted.baseline else None
        baseline = _load_baseline(accepted, standard.ref, wanted) if accepted else None
    except WaiverError as error:
        raise UsageError(f"--waivers: {error}") from error
    except ResultsError as error:
        raise InputError(f"--baseline: {error}") from error
    if fail_on.changed and baseline is None:
        raise UsageError("--fail-on changed needs --baseline, to know what changed")
    return Policy(fail_on, baseline, accepted, waivers, reports)


def _load_baseline(accepted: Results, standard: StandardRef, wanted: AuditJob) -> Baseline:
    try:
        return Baseline(accepted, standard)
    except (BaselineError, SharedIdError) as error:
        raise UsageError(f"--baseline {wanted.baseline}: {error}") from error


def _summarize(
    run: Run,
    gate: Gate,
    waivers: Waivers,
    wanted: AuditJob,
    policy: Policy,
    coverage: RunCoverage,
) -> Summary:
    tally = AuditTally(run.session.as_of)
    for verdict in run.results:
        tally.add(gate.evaluate(verdict), list_reasons(verdict))
        coverage.add(verdict)
    baseline_as_of = policy.baseline.as_of if policy.baseline else None
    return tally.summarize(run.results.header, wanted.fail_on, waivers, baseline_as_of)


def _choose_status(summary: Summary) -> Exit:
    if summary.undecided:
        return Exit.UNVERIFIED
    return Exit.DOES_NOT_MEET if summary.gated else Exit.MEETS


def _write_reports(run: Run, gate: Gate, policy: Policy, summary: Summary, job: RosterJob) -> None:
    extra = ReportContext(
        log_head=summary.log_head,
        remark=gate.remark,
        roster=job.roster,
        audit=AuditPart(summary, _compare(run, policy)),
    )
    for form, target in policy.reports:
        with (
            open_output(target) as out,
            show_writing(run.results, target, quiet=job.quiet) as results,
        ):
            form.write(results, out, extra)


def _compare(run: Run, policy: Policy) -> tuple[Difference, ...] | None:
    """Return what differs from the baseline, for the reports that show it."""
    if policy.accepted is None or not any(form.name == "html" for form, _ in policy.reports):
        return None
    return tuple(compare_results(policy.accepted, run.results, _SOON))


def _show(
    summary: Summary, coverage: RunCoverage, screen: Screen, wanted: AuditJob, job: RosterJob
) -> None:
    if wanted.as_json:
        write(to_pretty_json(summary))
    else:
        write_text(screen.render(audit_page(summary, coverage.lines())))
    on_github = wanted.annotations == "auto" and os.environ.get("GITHUB_ACTIONS") == "true"
    if on_github or wanted.annotations == "github":
        for line in github(summary, job.roster):
            annotate(line)
    for entry in summary.adverse_entries:  # with --quiet too: nobody is to miss it
        print_error(f"ADVERSE, but covered by a waiver or the baseline: {entry}")
    if not job.quiet and summary.gated:
        print_error(
            f"{summary.gated:,} of {pluralize(summary.rows, 'row')} failed the policy (--fail-on"
            f" {wanted.fail_on})"
        )
