"""Many verdicts as JSON: what they share is encoded once, and told apart from what is one's own."""

from credcheck.model.json import to_json
from credcheck.model.verdict import Verdict

_AT_HAND = 1 << 12  # pieces

Pieces = tuple[bytes, ...]
"""A verdict's JSON in pieces; one that verdicts share is the same object in each of them."""


class VerdictWriter:
    """Writes verdicts just as ``to_json`` does.

    A roster's verdicts share their sources and most of their findings: these are the same objects,
    and their bytes are kept.
    """

    def __init__(self) -> None:
        """Begin with nothing at hand."""
        self._known: dict[int, tuple[object, bytes]] = {}

    def after_query(self, verdict: Verdict) -> Pieces:
        """Return all that follows the query, which is each row's own."""
        if len(self._known) > _AT_HAND:
            self._known.clear()
        return (
            b',"resolution":',
            self._shared(verdict.resolution),
            b',"physician":',
            to_json(verdict.physician),
            b',"standard":',
            self._shared(verdict.standard),
            b',"as_of":',
            self._shared(verdict.as_of),
            b',"outcome":',
            self._shared(verdict.outcome),
            b',"findings":',
            self._shared(verdict.findings),
            b',"evidence":',
            to_json(verdict.evidence),
            b',"sources":',
            self._shared(verdict.sources),
            b"}",
        )

    def _shared(self, value: object) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._encoded(value)  # held: its id is its own
        return known[1]

    def _encoded(self, value: object) -> bytes:
        if isinstance(value, tuple):  # findings of one person may be those of many others, each
            return b"[" + b",".join(map(self._shared, value)) + b"]"
        return to_json(value)
