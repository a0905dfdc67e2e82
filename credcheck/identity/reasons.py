"""The reasons of a decision, in words for people."""

from collections.abc import Sequence

from credcheck.identity.scoring import PairScore
from credcheck.model import MatchReason

_AGREES = 1.0
_WORDS = {
    MatchReason.SAME_NPI: "the same NPI",
    MatchReason.REPLACED_NPI: "an NPI that the registry says was replaced by this physician's",
    MatchReason.OTHER_NPI: "another NPI",
    MatchReason.NPI_MISPRINT: "the row's NPI is one slip away from this physician's",
    MatchReason.NPI_OF_NOBODY: "the name agrees, but the row's NPI leads to nobody in service",
    MatchReason.NPI_OF_ORGANIZATION: "the row's NPI is an organization's",
    MatchReason.NPI_OF_ANOTHER_NAME: "the row's NPI is of somebody of another name",
    MatchReason.NPI_CONTRADICTED: "the row's NPI is of somebody whom the row contradicts",
    MatchReason.NPI_OF_NAMESAKE: (
        "the row's NPI is of one person, but another of that name fits the rest as well"
    ),
    MatchReason.SAME_LICENSE: "the same license number and state",
    MatchReason.LICENSE_OF_SEVERAL: "several people of that name have this license number",
    MatchReason.LICENSE_OF_ANOTHER_NAME: (
        "the same license number and state, under a name that agrees in one part alone"
    ),
    MatchReason.NAME_IN_PART: "the name agrees only in part",
    MatchReason.NAME_ALONE: "only the name agrees, and a name alone is not proof",
    MatchReason.MIDDLE_NAMES_DIFFER: "the name agrees, but the middle names differ",
    MatchReason.CAREER_IMPOSSIBLE: "the name agrees, but the years are not of one career",
    MatchReason.TOO_LITTLE_AGREES: "the name agrees, but too little beside it does",
    MatchReason.NAME_TOO_COMMON: (
        "one person fits, but the name is too common, or too little agrees, to be sure"
    ),
    MatchReason.OTHER_NAME: "another person's name",
    MatchReason.NAME_UNREADABLE: "a character of the name was lost, so it agrees with nothing",
    MatchReason.CONTRADICTED: "somebody of this name, whom something contradicts",
    MatchReason.ANOTHER_PERSONS: "it is another person's",
    MatchReason.NAMESAKES_UNKNOWN: "it is not known who else has this name",
    MatchReason.NAMED_SO_NEARBY: "somebody of this name, or one like it, in the same state",
    MatchReason.NAMED_SO_ELSEWHERE: "somebody of this name in another state",
    MatchReason.PRACTICE_NAMED_SO: "an organization that bears this name, in the same place",
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
        return f"the name{part} and {signs} agree, and nobody else fits nearly as well"
    if MatchReason.SEVERAL_FIT in reasons:
        return f"{len(near)} people fit, and none of them is sure enough"
    said = [_WORDS[reason] for reason in reasons if reason in _WORDS]
    return "; ".join(said)
