"""What a run rests on. A run may be resumed only if nothing of it has changed."""

import datetime as dt
from collections.abc import Sequence

from credcheck.model import Model, SourceState, StandardRef, canonical_json
from credcheck.runs.shards import ShardKey
from credcheck.source.source_set import SourceSet, probe


class SourceKey(Model, kw_only=True):
    """One source: the digest of how it is configured, and its snapshot if it has one."""

    name: str
    settings: str
    snapshot: str | None


class RunKey(Model, kw_only=True):
    """All that the verdicts of a run are a function of."""

    version: str
    as_of: dt.date
    standard: StandardRef
    roster: str
    columns: dict[str, str]
    sources: tuple[SourceKey, ...]
    reading: str = ""
    shard: ShardKey | None = None


def list_snapshots(source_set: SourceSet, as_of: dt.date) -> dict[str, str | None]:
    """Return the snapshot of every source that has one; a live source is not asked for it."""
    found: dict[str, str | None] = {}
    for source in source_set.sources:
        asked = None if source.facts.live else probe(source, as_of)
        usable = asked is not None and asked.report.state is not SourceState.FAILED
        found[source.facts.name] = asked.report.snapshot if asked and usable else None
    return found


def list_differences(before: RunKey, now: RunKey) -> list[str]:
    """Name what differs. A snapshot that was or is not to be had is no difference by itself."""
    named = [
        ("the roster", before.roster, now.roster),
        ("the column mapping", canonical_json(before.columns), canonical_json(now.columns)),
        ("how the roster is read", before.reading, now.reading),
        ("the standard", _describe_standard(before.standard), _describe_standard(now.standard)),
        ("the as-of date", before.as_of, now.as_of),
        ("the version of credcheck", before.version, now.version),
        ("the share of the roster", _describe_share(before), _describe_share(now)),
    ]
    told = [
        f"{what} (was {_abbreviate(old)}, now {_abbreviate(new)})"
        for what, old, new in named
        if old != new
    ]
    return told + _list_source_differences(before.sources, now.sources)


def _list_source_differences(before: Sequence[SourceKey], now: Sequence[SourceKey]) -> list[str]:
    old, new = ({each.name: each for each in keys} for keys in (before, now))
    told = [f"source {name} (it was used before and is not now)" for name in old if name not in new]
    told += [
        f"source {name} (it is used now and was not before)" for name in new if name not in old
    ]
    for name in (name for name in old if name in new):
        if old[name].settings != new[name].settings:
            told.append(f"the configuration of source {name}")
        files = old[name].snapshot, new[name].snapshot
        if None not in files and files[0] != files[1]:
            told.append(
                f"the file of source {name} (was {_abbreviate(files[0])}, is {_abbreviate(files[1])})"
            )
    return told


def _describe_standard(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} {standard.sha256[:12]}"


def _describe_share(key: RunKey) -> str:
    return str(key.shard.shard) if key.shard is not None else "all of it"


def _abbreviate(value: object) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    is_digest = len(text) == 64 and " " not in text
    return text[:12] if is_digest else text
