"""A verdict as a row of a spreadsheet: what CSV and XLSX have in common."""

from collections.abc import Callable, Mapping, Sequence

from credcheck.model import Finding, Rival, Verdict, VerdictOutcome
from credcheck.reference.labels import label_inside
from credcheck.reports.columns import Columns
from credcheck.reports.paths import list_context, list_open, name_with_paths

_OURS = ("row", "id", "npi", "name", "outcome")
_CANDIDATES = 5


def header_row(columns: Columns, others: tuple[str, ...]) -> list[str]:
    """Return the column names; a roster's own column of one of our names is written roster_NAME."""
    paths = [f"path_{name}" for name in columns.paths]
    ours = [*_OURS, *columns.requirements, *paths, "reasons", "next_steps", "context"]
    return ours + [f"roster_{name}" if name in ours else name for name in others]


def verdict_row(
    verdict: Verdict, columns: Columns, others: tuple[str, ...], remarks: Sequence[str] = ()
) -> list[str]:
    """Return the cells of a verdict, in the order of ``header_row``.

    ``remarks`` say which findings a waiver or a baseline keeps from counting. A blocking requirement
    of which nobody said anything has an empty cell.
    """
    query = verdict.query
    findings = {finding.requirement: str(finding.outcome) for finding in verdict.findings}
    paths = {path.id: str(path.outcome) for path in verdict.paths or ()}
    return [
        str(query.row),
        query.id or "",
        verdict.npi or "",
        verdict.name or "",
        str(verdict.outcome),
        *(findings.get(name, "") for name in columns.requirements),
        *(paths.get(name, "") for name in columns.paths),
        "; ".join([*list_reasons(verdict), *list_candidates(verdict), *remarks]),
        "; ".join(list_next_steps(verdict)),
        "; ".join(list_context(verdict)),
        *(query.other.get(name, "") for name in others),
    ]


def list_reasons(verdict: Verdict) -> list[str]:
    """Return why the verdict is not ``meets``, requirement by requirement, each message once."""
    if verdict.physician is None and verdict.resolution.reasons:
        return [reason.message for reason in verdict.resolution.reasons]
    return [
        f"{name_with_paths(verdict, finding)}: {reasons_line(finding)}"
        for finding in verdict.failing
    ]


def list_remarks(verdict: Verdict, remark: Callable[[Verdict, Finding], str | None]) -> list[str]:
    """Return why findings that fail do not count, each once."""
    found = (remark(verdict, finding) for finding in verdict.failing)
    return list(dict.fromkeys(filter(None, found)))


def list_candidates(verdict: Verdict) -> list[str]:
    """Return who it could be where a name led to nobody, the first few; the NDJSON has them all."""
    found = verdict.resolution.candidates
    shown = [f"possibly {_candidate(each)}" for each in found[:_CANDIDATES]]
    more = len(found) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def _candidate(rival: Rival) -> str:
    place = ", ".join(filter(None, (rival.city, rival.state)))
    return f"{rival.name} (NPI {rival.npi}{', ' + place if place else ''})"


def reasons_line(finding: Finding) -> str:
    """Return a finding's reasons in one line."""
    return "; ".join(reason.message for reason in finding.reasons)


def list_next_steps(verdict: Verdict) -> list[str]:
    """Return what to do, each step once."""
    return list(dict.fromkeys(x.next_step for x in list_open(verdict) if x.next_step))


def describe_outcomes(outcomes: Mapping[str, int]) -> str:
    """Return ``meets 3, does not meet 1, unverified 0``."""
    return ", ".join(
        f"{label_inside('verdict_short', word)} {outcomes.get(word, 0):,}"
        for word in VerdictOutcome
    )
