"""What a format is: results in, bytes out. The same results give the same bytes."""

from collections.abc import Callable, Mapping
from typing import BinaryIO, NamedTuple

from credcheck.audit.diff import Difference
from credcheck.audit.expirables import Decisions
from credcheck.audit.summary import Summary
from credcheck.model import Finding, Verdict
from credcheck.runs.results import Results

Remark = Callable[[Verdict, Finding], str | None]
"""Says why a finding that fails does not count as failing (a waiver, a baseline), or None."""


def no_remark(verdict: Verdict, finding: Finding) -> str | None:
    """Remark on nothing."""
    del verdict, finding
    return None


class AuditPart(NamedTuple):
    """What an audit came to, for the reports that say it.

    ``differences`` are those from the baseline; None where there is no baseline.
    """

    summary: Summary
    differences: tuple[Difference, ...] | None = None


class ReportContext(NamedTuple):
    """What a report may show beside the results.

    ``log_head`` is the head of the log of runs after this one. ``width`` is that of the screen, for
    what is laid out. ``roster`` is the path of the roster
    as it was given, for reports that point into it. ``audit`` is there where the results were audited.
    ``decisions`` are the committee's, by NPI; None where no book was given.
    """

    log_head: str | None = None
    remark: Remark = no_remark
    roster: str | None = None
    width: int = 120
    audit: AuditPart | None = None
    decisions: Mapping[str, Decisions] | None = None


class Format(NamedTuple):
    """A format of results.

    ``max_rows`` is the most that it can hold. ``is_logged`` says that what it writes is what the log
    of runs keeps the digest of. ``is_compressible`` says that a file's name may end in .zst or .gz
    too. ``needs`` is a package that only it needs, the extra of the format's name. ``has_decisions``
    says that it shows the committee's decisions.
    """

    name: str
    suffix: str
    summary: str
    write: Callable[[Results, BinaryIO, ReportContext], None]
    max_rows: int | None = None
    is_logged: bool = False
    is_compressible: bool = False
    needs: str | None = None
    has_decisions: bool = False
