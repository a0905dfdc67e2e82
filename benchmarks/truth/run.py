"""Judge drawn physicians with clean evidence, and say how many are decided, and how many rightly.

Usage: python -m benchmarks.truth.run [COUNT] [SEED ...]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.truth.clean_world import AS_OF, CleanWorld
from credcheck.config import load_config, open_sources
from credcheck.model import Query, Verdict
from credcheck.model.npi import parse
from credcheck.source.adapter import Context
from credcheck.standards.loader import load_standard
from credcheck.storage import NoCache
from credcheck.verify.pipeline import verify


def judge(world: CleanWorld, folder: Path) -> list[Verdict]:
    """Write a world and judge everybody in it."""
    world.write(folder)
    settings = load_config(folder / "credcheck.toml")
    context = Context(folder=folder, today=AS_OF, cache=NoCache(), store=folder / "store")
    queries = [Query(npi=parse(npi), row=row) for row, npi in enumerate(world.expected, 1)]
    standard = load_standard(settings.standard)
    return list(verify(queries, open_sources(settings, context), standard, AS_OF))


def main() -> None:
    """Print a line for each seed."""
    count, *seeds = [int(word) for word in sys.argv[1:]] or [1_000]
    for seed in seeds or [1, 2, 3]:
        world = CleanWorld(count, seed)
        with tempfile.TemporaryDirectory() as folder:
            verdicts = judge(world, Path(folder))
        decided = [each for each in verdicts if each.outcome != "unverified"]
        right = sum(each.outcome == world.expected[str(each.npi)] for each in decided)
        print(f"seed {seed}: {len(decided)} of {count} decided, {right} of these rightly")
        codes = Counter(
            str(reason.code)
            for each in verdicts
            if each.outcome == "unverified"
            for finding in each.failing
            for reason in finding.reasons
        )
        print("   ", dict(codes.most_common(5)))


if __name__ == "__main__":
    main()
