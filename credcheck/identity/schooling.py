"""What an enrollment list has of somebody's medical school, beside the decision whose a row is.

The school and the year of the degree are known there by NPI. They are no credential, and they decide
little:

- They may confirm a doubtful row whose name is this person's: only where the row itself has a school or
  a year, this person's are the same, and the procedure for all rows (decision.py) is then sure of it.
- They may cast doubt on a row that was this person's, where they do not fit it.
- A row that bears this person's NPI or license is doubted only for a year that is far from theirs.
- They never make somebody of another name fit, never rule a rival out, and never take a row from
  anybody: one that they speak against stays a doubt about this person.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.identity.case import Answer, CandidateSet, MatchDecision, NeedsNamesakes, conclude
from credcheck.identity.decision import decide
from credcheck.identity.features.base import FeatureName
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import Decision, MatchReason
from credcheck.source import Unavailable

SCHOOLING = frozenset({FeatureName.SCHOOL, FeatureName.DEGREE_YEAR})
"""What a row, or a query, and an enrollment list both say of somebody."""

_FAR = 10
"""Years between two degrees that nobody mixes up: the number may be from a namesake's line."""


class Schooling(NamedTuple):
    """A medical school and the year of its degree, as an enrollment list has them by NPI.

    ``proves``: the list counts in this run. One that is stale or was left out may cast doubt alone.
    """

    school: str = ""
    graduated: int | None = None
    proves: bool = True


KnownSchooling = Mapping[str, Schooling]
"""Schooling by NPI. Nothing is known of a number that is not in it."""


def add_schooling(person: Profile, known: KnownSchooling) -> Profile:
    """Return a person with what is known of their schooling, or as they are."""
    found = known.get(person.npi)
    if found is None:
        return person
    described = replace(person.record, school=found.school, graduated=found.graduated)
    return Profile(described, person.physician)


def decide_with_schooling(
    assess: Scorer,
    own: Profile,
    namesakes: CandidateSet | Unavailable | None,
    known: KnownSchooling,
) -> Answer:
    """Decide whose a row is, as ``decide`` does, and then what the schooling does to that."""
    plain = decide(assess, own, namesakes)
    people = namesakes.people if isinstance(namesakes, CandidateSet) else ()
    is_known = any(each.npi in known for each in (own, *people)) if known else False
    if not is_known or isinstance(plain, NeedsNamesakes):
        return plain
    schooling = known.get(own.npi, Schooling(proves=False))
    if plain.decision is Decision.MATCH and plain.by != "name":
        return _hold_against_number(assess.row, plain, schooling)
    mine, rivals = add_schooling(own, known), namesakes
    if isinstance(namesakes, CandidateSet):
        rivals = namesakes._replace(people=[favor_schooling(assess, x, known) for x in people])
    found = decide(assess, mine, rivals)
    if isinstance(found, NeedsNamesakes):
        return found
    if plain.decision is Decision.MATCH:
        return plain if found.decision is Decision.MATCH else _cast_doubt(plain, found.near)
    may_confirm = schooling.proves and plain.by == "name"
    if may_confirm and plain.decision is Decision.AMBIGUOUS and is_confirmed(assess(mine)):
        return found if found.decision is Decision.MATCH else plain
    return plain


def is_confirmed(schooled: PairScore) -> bool:
    """Tell whether the row itself has this person's school or year, and neither is another."""
    agreements = {schooled.agreement(feature) for feature in SCHOOLING}
    return Agreement.SAME in agreements and Agreement.NONE not in agreements


def _hold_against_number(row: Profile, plain: MatchDecision, mine: Schooling) -> MatchDecision:
    """Return what a row's own year does to a match by NPI or license: one that is far is a doubt."""
    ours, theirs = row.record.graduated, mine.graduated
    is_far = ours is not None and theirs is not None and abs(ours - theirs) >= _FAR
    return _cast_doubt(plain, ()) if is_far else plain


def favor_schooling(assess: Scorer, rival: Profile, known: KnownSchooling) -> Profile:
    """Return somebody with their schooling where it speaks for them: it rules nobody out."""
    if rival.npi not in known:
        return rival
    schooled = add_schooling(rival, known)
    return schooled if assess(schooled).bits > assess(rival).bits else rival


def _cast_doubt(plain: MatchDecision, others: Sequence[PairScore]) -> MatchDecision:
    """Return the doubt about a row that was this person's; others who fit it are named."""
    near = [plain.chosen] if plain.chosen is not None else []
    near += [each for each in others if each.person.npi not in {x.person.npi for x in near}]
    return conclude(Decision.AMBIGUOUS, plain.by, MatchReason.SCHOOLING_DIFFERS, near=near)
