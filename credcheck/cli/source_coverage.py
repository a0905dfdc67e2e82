"""What the configured sources can be asked about, as far as it is known without asking them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from credcheck.config import SourceConfig
from credcheck.model import EvidenceKind, SourceReport, SourceState
from credcheck.source import SourceFacts
from credcheck.storage.snapshots import Info


def report_configured(
    configured: Sequence[SourceConfig],
    facts: Sequence[SourceFacts],
    stored: Mapping[str, Info],
) -> list[SourceReport]:
    """Return a report of each source: what it is for, of which state, and what is imported of it."""
    options = {each.name: each.options for each in configured}
    return [_report(fact, options.get(fact.name, {}), stored.get(fact.name)) for fact in facts]


def _report(fact: SourceFacts, options: Mapping[str, object], info: Info | None) -> SourceReport:
    said = options.get("as_of")
    is_stored = info is not None and "snapshot" in options
    is_empty = (
        info is None and "snapshot" in options and EvidenceKind.REGISTRATION not in fact.kinds
    )
    return SourceReport(
        name=fact.name,
        adapter=fact.adapter,
        state=SourceState.SKIPPED if is_empty else SourceState.OK,
        detail="nothing is imported yet" if is_empty else None,
        kinds=fact.kinds,
        authority=fact.authority,
        coverage=fact.coverage,
        max_age_days=fact.max_age_days,
        as_of=info.as_of if info and is_stored else said if isinstance(said, dt.date) else None,
        rows=sum(info.kept.values()) if info and is_stored else None,
        scope=fact.scope,
    )
