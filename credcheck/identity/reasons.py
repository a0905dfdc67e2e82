"""The reasons of a decision, in words for people."""

from collections.abc import Sequence

from credcheck.identity.scoring import PairScore
from credcheck.model import MatchReason

_AGREES = 1.0
_WORDS = {
    MatchReason.SAME_NPI: "the same NPI",
    MatchReason.REPLACED_NPI: "an NPI that this physician's NPI replaced, according to the registry",
    MatchReason.OTHER_NPI: "another NPI",
    MatchReason.NPI_MISPRINT: "the row's NPI is one slip away from this physician's",
    MatchReason.NPI_OF_NOBODY: "the name agrees, but the row's NPI does not belong to anyone active",
    MatchReason.NPI_OF_ORGANIZATION: "the row's NPI belongs to an organization",
    MatchReason.NPI_OF_ANOTHER_NAME: "the row's NPI belongs to someone with another name",
    MatchReason.NPI_CONTRADICTED: "the row's NPI belongs to someone whose details contradict the row",
    MatchReason.NPI_OF_NAMESAKE: (
        "the row's NPI belongs to one person, but someone else with that name fits the rest as well"
    ),
    MatchReason.SAME_LICENSE: "the same license number and state",
    MatchReason.LICENSE_OF_SEVERAL: "several people with that name have this license number",
    MatchReason.LICENSE_OF_ANOTHER_NAME: (
        "the same license number and state, but only one part of the name agrees"
    ),
    MatchReason.NAME_IN_PART: "the name agrees only in part",
    MatchReason.NAME_ALONE: "only the name agrees, and a name alone is not proof",
    MatchReason.MIDDLE_NAMES_DIFFER: "the name agrees, but the middle names differ",
    MatchReason.CAREER_IMPOSSIBLE: "the name agrees, but the years do not fit one career",
    MatchReason.SCHOOLING_DIFFERS: (
        "the medical school or the years of training do not fit those in an enrollment list"
    ),
    MatchReason.TOO_LITTLE_AGREES: "the name agrees, but too little else does",
    MatchReason.NAME_TOO_COMMON: (
        "one person fits, but the name is too common or too little agrees to be sure"
    ),
    MatchReason.OTHER_NAME: "another person's name",
    MatchReason.NAME_UNREADABLE: "a character of the name was lost, so it cannot be compared",
    MatchReason.CONTRADICTED: "someone with this name, but other details contradict it",
    MatchReason.ANOTHER_PERSONS: "it is another person's",
    MatchReason.NAMESAKES_UNKNOWN: "it is not known who else has this name",
    MatchReason.NAMED_SO_NEARBY: "someone with this or a similar name in the same state",
    MatchReason.NAMED_SO_ELSEWHERE: "someone with this name in another state",
    MatchReason.PRACTICE_NAMED_SO: "an organization with this name in the same place",
    MatchReason.BIRTH_DATE_AGREES: "the name and the birth date agree",
    MatchReason.BIRTH_DATE_DIFFERS: "the name agrees, but the birth date differs",
}


def explain(
    reasons: Sequence[MatchReason],
    chosen: PairScore | None,
    near: Sequence[PairScore],
) -> str:
    """Return why a decision was taken, in words."""
    if MatchReason.NAME_AND_MORE in reasons and chosen is not None:
        signs = ", ".join([part.feature for part in chosen.others if part.bits >= _AGREES])
        part = "" if chosen.is_full else " (in part)"
        return f"the name{part} and {signs} agree, and no one else is nearly as close a match"
    if MatchReason.SEVERAL_FIT in reasons:
        return f"{len(near)} people fit, and no one fits well enough to be sure"
    said = [_WORDS[reason] for reason in reasons if reason in _WORDS]
    return "; ".join(said)
