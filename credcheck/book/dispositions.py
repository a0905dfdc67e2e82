"""Dispositions: what a person's decision whose a row is does to how the row was tied. Pure.

This is the one place where a person overrules the comparison of names and numbers. A disposition is
bound to the digest of the row and to the person: another row, and one that was changed, is open again.

==================  =====================  ==========================
tied before         "is this person"       "is not this person"
==================  =====================  ==========================
ambiguous           match                  somebody else's, and shown
conflict            match                  somebody else's, and shown
match, by name      match                  somebody else's, and shown
match, by number    unchanged              ambiguous: a contradiction
somebody else's     ambiguous              unchanged
==================  =====================  ==========================

One that is not proven (no method, or neither document nor contact), two that disagree, and one of a
book that was left out clear nobody and tie nothing: the last row of the table alone holds for them.

Sources: OIG, "Tips" for the LEIE (verify a hit, keep a record of it).
"""

from collections.abc import Sequence

from msgspec.structs import replace

from credcheck.model import Decision, Disposition, Match, MatchReason

_BY_NUMBER = frozenset({"npi", "license"})
_BY_PROGRAM = frozenset({"program_code", "program_name"})


def settle_match(
    match: Match, dispositions: Sequence[Disposition], *, proves: bool = True, alone: bool = True
) -> Match:
    """Return how a row is tied once people have said whose it is.

    ``proves``: the book that says so counts in this run. ``alone``: no other row of the list has the
    same digest; of two that differ in private columns alone nobody can tell which was meant.
    """
    if not dispositions or match.by in _BY_PROGRAM:
        return match
    latest = dispositions[-1]
    agreed = all(each.is_person is latest.is_person for each in dispositions)
    counting = next((each for each in reversed(dispositions) if each.lacks is None), latest)
    if proves and agreed and alone and counting.lacks is None:
        return _settle(match, counting)
    doubt = counting if agreed else next(each for each in dispositions if each.is_person)
    if not proves and match.decision is not Decision.NO_MATCH:
        return match
    trouble = _explain(agreed=agreed, alone=alone, proves=proves, said=doubt)
    return _leave_open(match, doubt, trouble, agreed=agreed)


def decide_settled(match: Match, *, is_person: bool) -> Decision:
    """Return the decision on a row that was tied so, once a person has settled it."""
    if match.decision is Decision.NO_MATCH:
        return Decision.AMBIGUOUS if is_person else Decision.NO_MATCH
    if match.decision is Decision.MATCH and match.by in _BY_NUMBER:
        return Decision.MATCH if is_person else Decision.AMBIGUOUS
    return Decision.MATCH if is_person else Decision.NO_MATCH


def _settle(match: Match, said: Disposition) -> Match:
    decision = decide_settled(match, is_person=said.is_person)
    if decision is match.decision is Decision.NO_MATCH:
        return match
    noted = replace(said, before=match.decision)
    if decision is Decision.AMBIGUOUS:
        whose = "is this physician's" if said.is_person else "is not this physician's"
        why = f"{said} decided that it {whose}, but the row says otherwise ({match.why})"
        return replace(match, decision=decision, why=why, disposition=replace(noted, counts=False))
    if decision is match.decision and match.by != "name":
        return replace(match, disposition=noted)
    why = f"settled by {said}"
    return replace(
        match,
        by="disposition",
        decision=decision,
        reasons=(MatchReason.SETTLED_BY_PERSON,),
        why=why,
        disposition=noted,
        rivals=(),
    )


def _leave_open(match: Match, said: Disposition, trouble: str, *, agreed: bool) -> Match:
    """Return the tie as it was; a row that somebody says is this person's is not passed over."""
    noted = replace(said, before=match.decision, counts=False)
    if match.decision is Decision.NO_MATCH:
        if not said.is_person:
            return match
        why = f"{said} decided that it is this physician's; {trouble}"
        return replace(match, decision=Decision.AMBIGUOUS, why=why, disposition=noted)
    by_name = match.decision is Decision.MATCH and match.by == "name"
    decision = Decision.AMBIGUOUS if by_name and not agreed else match.decision
    return replace(match, decision=decision, why=f"{match.why}; {trouble}", disposition=noted)


def _explain(*, agreed: bool, alone: bool, proves: bool, said: Disposition) -> str:
    if not proves:
        return "the book was left out of this run"
    if not agreed:
        return "people disagree about whose row it is"
    return said.lacks or ("" if alone else "two rows of the list differ only in private data")
