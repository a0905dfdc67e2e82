"""The search by name: how often the person meant is among the first five, and how long it takes."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.registry.queries import queries
from credcheck.source import NameQuestion
from credcheck.storage.snapshots import Store
from credcheck_sources.nppes_file.registry import StoredRegistry


def measured(store_folder: Path, count: int, seed: int) -> Iterator[str]:
    """Ask a snapshot, in a warm process, about people of one state each."""
    store = Store(store_folder)
    info = store.current("nppes")
    if info is None:
        raise SystemExit("nothing is imported")
    registry = StoredRegistry(store.path(info), info)
    asked = queries(registry, count, seed)
    hits: Counter[str] = Counter()
    seconds = []
    for query in asked:
        began = time.perf_counter()
        found = registry.find_fuzzy(NameQuestion(name=query.name, state=query.state))[:5]
        seconds.append(time.perf_counter() - began)
        hits[query.kind] += query.npi in found
    total = Counter(query.kind for query in asked)
    yield f"\n## Search by name within a state: {count:,} held-out queries, seed {seed}\n"
    yield "| as it is written | queries | in the first five |\n| --- | ---: | ---: |"
    for kind in sorted(total):
        yield f"| {kind} | {total[kind]} | {hits[kind] / total[kind]:.1%} |"
    yield f"| all | {count:,} | {sum(hits.values()) / count:.2%} |"
    seconds.sort()
    half, most = seconds[count // 2] * 1e3, seconds[int(count * 0.99)] * 1e3
    yield f"\nWarm: p50 {half:.2f} ms, p99 {most:.1f} ms."
