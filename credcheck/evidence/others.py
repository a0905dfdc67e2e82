"""Competencies and procedures: what stands against permits, courses and billed services."""

from collections.abc import Iterator

from credcheck.evidence.doubt import Doubt, contradiction, not_understood
from credcheck.evidence.screen import Screen
from credcheck.model import CompetencyEvidence
from credcheck.reference.understanding import understand_word

_ASK = "Ask the issuer whether the permit or course is valid, and for its dates."


def find_competency_doubts(screen: Screen) -> Iterator[Doubt]:
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
        issued, expires = record.issued, record.expires
        if issued is not None and expires is not None and issued.not_after(expires) is False:
            said = f"issued {issued}, after it expires ({expires})"
            yield contradiction(item, (), said, _ASK)
