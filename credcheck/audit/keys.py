"""Which verdict of one run answers to which of another: the same physician, by number if possible."""

from collections import Counter
from collections.abc import Iterable, Iterator

from credcheck.model import Verdict


def key_of(verdict: Verdict) -> str:
    """Return what a verdict is about: its NPI, else the user's own key, else the name as given."""
    npi = verdict.query.npi or verdict.npi
    if npi and verdict.query.problem is None:
        return f"NPI {npi}"
    if verdict.query.id:
        return f"id {verdict.query.id}"
    if npi or verdict.query.name:
        asked = (npi, verdict.query.name, verdict.query.state)
        return " ".join(filter(None, asked))
    return f"row {verdict.query.row}"


def assign_keys(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, Verdict]]:
    """Yield verdicts with keys that are each used once: the second of a physician is ``... (2)``."""
    seen: Counter[str] = Counter()
    for verdict in verdicts:
        key = key_of(verdict)
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key} ({seen[key]})"), verdict
