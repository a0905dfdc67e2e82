"""Where a roster's time goes: the processor time of each stage of the way, in one process.

Usage: python -m benchmarks.registry.stages FOLDER [ROWS]   (of benchmarks.registry.world, imported)
"""

import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from credcheck._util.gc import frozen
from credcheck.cli.options import Request
from credcheck.cli.session import Session, open_session
from credcheck.model import query_from_json
from credcheck.runs.engine import plan
from credcheck.runs.fingerprint import RunKey
from credcheck.runs.journal import Journal
from credcheck.runs.packing import Packer
from credcheck.runs.roster import open_roster
from credcheck.tables import ReadOptions
from credcheck.verify.caching_checker import CachingChecker
from credcheck.verify.collect import collect_dossiers
from credcheck.verify.namesakes import NamesakeCache
from credcheck.verify.resolve import resolve

_AS_OF = "2026-11-20"
_ROWS, _PARTITION = 100_000, 2_000
_WARMING = 4_000  # rows before the clock runs: listings are read at the first question


class Clock:
    """Adds up the processor seconds of each stage, when it runs."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seconds: dict[str, float] = {}
        self.runs = True

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a piece of work of a stage."""
        began = time.process_time()
        yield
        if self.runs:
            took = time.process_time() - began
            self.seconds[stage] = self.seconds.get(stage, 0.0) + took


def planned(folder: Path, journal: Journal, session: Session, clock: Clock, rows: int) -> None:
    """Read the beginning of the roster into the journal."""
    path = journal.path.with_suffix(".csv")
    with (folder / "roster.csv").open() as whole:
        path.write_text("".join(islice(whole, rows + 1)))
    roster = open_roster(path, ReadOptions(), {})
    key = RunKey(
        version="",
        as_of=session.as_of,
        standard=session.standard.ref,
        roster="",
        columns={},
        sources=(),
    )
    with clock("roster into the journal"):
        plan(roster, journal)
        journal.close_plan(key, roster.ref(), "")


def judged(journal: Journal, session: Session, clock: Clock) -> None:
    """Judge all that is in the journal, stage by stage."""
    source_set, as_of = session.source_set, session.as_of
    check, book, pack = (
        CachingChecker(session.standard, as_of),
        NamesakeCache(source_set, as_of),
        Packer(),
    )
    done = 0
    while part := journal.pending(done, _PARTITION):
        clock.runs = done >= _WARMING
        with clock("registry: people by number"):
            people = resolve([query_from_json(each.asked) for each in part], source_set, as_of)
        with clock("listings: rows found, and whose they are"):
            dossiers = collect_dossiers(people, source_set, book, as_of)
        with clock("rules"):
            verdicts = list(map(check, dossiers))
        with clock("verdicts as JSON, packed"):
            blocks = list(pack([each.row for each in part], verdicts))
        with clock("verdicts into the journal"):
            journal.record(blocks)
        done = part[-1].row
    clock.runs = True


def main() -> None:
    """Measure, and print a table."""
    folder, rows = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else _ROWS
    os.environ["CREDCHECK_STORE"] = str(folder / "store")
    session, clock = open_session(Request(config=folder / "credcheck.toml", as_of=_AS_OF)), Clock()
    with tempfile.TemporaryDirectory() as temporary, frozen():
        journal = Journal.create(Path(temporary) / "run.journal")
        planned(folder, journal, session, clock, rows)
        judged(journal, session, clock)
        with clock("results out of the journal"):
            deque(journal.lines(), maxlen=0)
        journal.close()
    _tell(clock.seconds, rows)


def _tell(seconds: dict[str, float], rows: int) -> None:
    counted = dict.fromkeys(seconds, rows - _WARMING)
    counted |= dict.fromkeys(("roster into the journal", "results out of the journal"), rows)
    each = {stage: spent / counted[stage] * 1e6 for stage, spent in seconds.items()}
    print(f"{rows:,} rows, one process\n\n| stage | microseconds a row |\n| --- | ---: |")
    for stage, spent in each.items():
        print(f"| {stage} | {spent:.1f} |")
    print(f"| all | {sum(each.values()):.1f} |")


if __name__ == "__main__":
    main()
