"""Exclusions: what stands against each row of a list of excluded people.

Sources: OIG, LEIE record layout (EXCLDATE, REINDATE).
"""

from collections.abc import Iterator

from credcheck.evidence.doubt import Doubt, contradiction
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import (
    Exclusion,
    ExclusionEvidence,
    RevocationEvidence,
    StateExclusionEvidence,
)
from credcheck.reference.vocabulary import list_words, normalize_phrase

ListEvidence = ExclusionEvidence | StateExclusionEvidence | RevocationEvidence

_ASK = (
    "Look up the entry in the list's own online search, and ask its publisher which date is right."
)


def find_exclusion_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each exclusion. An exclusion in force is not undone by a doubt."""
    for items in (
        screen.records(ExclusionEvidence),
        screen.records(StateExclusionEvidence),
        screen.records(RevocationEvidence),
    ):
        for item in items:
            if item.record is None:
                continue
            yield from _own_doubts(item, item.record)
            for other in items:
                if other is not item and other.record and _differ(item.record, other.record):
                    day = item.record.excluded_on
                    said = f"excluded on {day}: one row says reinstated, the other does not"
                    yield contradiction(item, (other,), said, _ASK)


def _own_doubts(item: ListEvidence, record: Exclusion) -> Iterator[Doubt]:
    for word, back in (("reinstated", record.reinstated_on), ("ended", record.ends_on)):
        began = record.excluded_on
        if back is not None and began is not None and began.not_after(back) is False:
            said = f"{word} on {back}, before the exclusion on {record.excluded_on}"
            yield contradiction(item, (), said, _ASK)


def is_said_to_be_over(record: Exclusion) -> bool:
    """Tell whether a row's own words say that it is over, where its dates do not."""
    if record.reinstated_on is not None or record.ends_on is not None:
        return False
    over = list_words("exclusion_type").keys()
    return not over.isdisjoint(normalize_phrase(record.exclusion_type).split())


def _differ(one: Exclusion, other: Exclusion) -> bool:
    """Tell whether two rows about one exclusion differ in whether it has ended."""
    same = one.excluded_on == other.excluded_on and one.exclusion_type == other.exclusion_type
    same = same and (one.publisher, one.state) == (other.publisher, other.state)
    return same and (one.reinstated_on is None) != (other.reinstated_on is None)
