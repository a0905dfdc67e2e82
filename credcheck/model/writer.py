"""Many verdicts as JSON: what they share is encoded once."""

from credcheck.model.codec import to_json
from credcheck.model.verdict import Finding, Verdict

_AT_HAND = 1 << 12  # pieces


class VerdictWriter:
    """Writes verdicts just as ``to_json`` does.

    A roster's verdicts share their sources and most of their findings: these are the same objects,
    and their bytes are kept.
    """

    def __init__(self) -> None:
        """Begin with nothing at hand."""
        self._known: dict[int, tuple[object, bytes]] = {}

    def after_query(self, verdict: Verdict) -> bytes:
        """Return all that follows the query, which is each row's own."""
        shared = self._shared
        if len(self._known) > _AT_HAND:
            self._known.clear()
        return b"".join(
            (
                b',"resolution":',
                shared(verdict.resolution),
                b',"physician":',
                to_json(verdict.physician),
                b',"standard":',
                shared(verdict.standard),
                b',"as_of":',
                shared(verdict.as_of),
                b',"outcome":',
                shared(verdict.outcome),
                b',"findings":',
                self._findings(verdict.findings),
                b',"evidence":',
                to_json(verdict.evidence),
                b',"sources":',
                shared(verdict.sources),
                b"}",
            )
        )

    def _findings(self, findings: tuple[Finding, ...]) -> bytes:
        """Return the findings; all together they are shared by many, or else some of them are."""
        known = self._known.get(id(findings))
        if known is None:
            each = b"[" + b",".join(map(self._shared, findings)) + b"]"
            known = self._known[id(findings)] = findings, each
        return known[1]

    def _shared(self, value: object) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, to_json(value)  # held, so its id stays its own
        return known[1]
