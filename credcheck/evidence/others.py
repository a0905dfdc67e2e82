"""Competencies and procedures: what stands against permits, courses and billed services.

Source: California Radiologic Health Branch (a permit of a physician is valid only while the license is,
whatever date it bears).
"""

from collections.abc import Iterator

from credcheck.evidence.doubt import Doubt, contradiction, not_understood
from credcheck.evidence.licenses import Standing, read_standing
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import CompetencyEvidence, Decision, LicenseEvidence
from credcheck.reference.understanding import understand_word

WHILE_LICENSED = frozenset({"CA"})
"""States whose permits are valid only while the license is."""

_ASK_LICENSE = (
    "Look up the license with the state board: a permit is valid only while the license is."
)
_ASK = "Ask the issuer whether the permit or course is valid, and for the dates."


def find_competency_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each permit, course or attestation."""
    for item in screen.records(CompetencyEvidence):
        record = item.record
        if record is None:
            continue
        topic = understand_word("topic", record.topic.replace("_", " "))
        if topic.value is None:
            yield not_understood(item, "topic", record.topic, _ASK)
        status = understand_word("certificate", record.status)
        if status.is_unclear:
            yield not_understood(item, "status", record.status, _ASK, status.hint)
        if record.state in WHILE_LICENSED and (gone := _list_not_active(screen, record.state)):
            said = f"a permit from {record.state} is valid only while the license is active"
            yield contradiction(item, gone, said, _ASK_LICENSE)
        issued, expires = record.issued, record.expires
        if issued is not None and expires is not None and issued.not_after(expires) is False:
            said = f"issued {issued}, after it expires ({expires})"
            yield contradiction(item, (), said, _ASK)


def _list_not_active(screen: EvidenceScreen, state: str) -> list[LicenseEvidence]:
    """Return this person's licenses of a state, if there are any and none of them is active."""
    found = [
        (item, read_standing(screen, item, item.record))
        for item in screen.records(LicenseEvidence)
        if item.record is not None
        and item.record.state == state
        and item.match.decision is Decision.MATCH
        and item.match.by != "name"
    ]
    held = {Standing.ACTIVE, Standing.RESTRICTED}
    return [] if any(each in held for _, each in found) else [item for item, _ in found]
