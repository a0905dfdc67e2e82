"""Given names: initials, short forms, other spellings, compound names, first and middle swapped."""

from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import (
    COST,
    NAME_ORDER_COST,
    Agreement,
    NameAlignment,
    NameOrder,
    given_names_agree,
)

_ANOTHER_MIDDLE = -5.0
_ANOTHER_WHOLE_MIDDLE = -8.0
_MIDDLE_COST = {
    Agreement.SAME: 0.5,
    Agreement.INITIAL: 0.5,
    Agreement.FORM: 3.0,
    Agreement.PART: 3.0,
    Agreement.SPELLING: 3.0,
    Agreement.SLIP: 4.0,
}


def given_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore:
    """Compare the given names that are laid against each other.

    The same name is worth its rarity, a short form that of all the forms together, an initial that
    of the letter.
    """
    crossed = laid.order is NameOrder.MIDDLE
    theirs = laid.person.middle if crossed else laid.person.first
    how = laid.given if laid.order is NameOrder.STRAIGHT else f"{laid.given}, {laid.order}"
    bits = _worth(laid.given, theirs, shares) - COST[laid.given] - NAME_ORDER_COST[laid.order]
    person = laid.person.name.middle if crossed else laid.person.name.first
    return FeatureScore(FeatureName.GIVEN_NAME, _given_on_row(laid), person, laid.given, how, bits)


def middle_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore | None:
    """Compare middle names, or, for someone who goes by the middle name, the other two."""
    crossed = laid.order is NameOrder.MIDDLE
    theirs = laid.person.first if crossed else laid.person.middle
    if laid.order is NameOrder.CALLED or not laid.row.middle or not theirs:
        return None
    agreement = _middle_names_agree(laid.row.middle, theirs)
    whole = len(laid.row.middle) > 1 and len(theirs) > 1
    bits = _ANOTHER_WHOLE_MIDDLE if whole else _ANOTHER_MIDDLE
    if agreement is not Agreement.NONE:
        bits = _worth(agreement, theirs, shares) - _MIDDLE_COST[agreement]
    person = laid.person.name.first if crossed else laid.person.name.middle
    return FeatureScore(
        FeatureName.MIDDLE_NAME, laid.row.name.middle, person, agreement, agreement, bits
    )


def _given_on_row(laid: NameAlignment) -> str:
    name = laid.row.name
    return {NameOrder.FAMILY: name.last, NameOrder.CALLED: name.middle}.get(laid.order, name.first)


def _middle_names_agree(ours: str, theirs: str) -> Agreement:
    """Two single letters that are the same are initials: they say less than a whole name."""
    agreement = given_names_agree(ours, theirs)
    one_letter = agreement is Agreement.SAME and len(ours) == 1
    return Agreement.INITIAL if one_letter else agreement


def _worth(agreement: Agreement, word: str, shares: TermFrequencies) -> float:
    if agreement is Agreement.NONE:
        return 0.0
    if agreement is Agreement.INITIAL:
        return shares.initial(word[0])
    if agreement is Agreement.FORM:
        return shares.given_form(word)
    if agreement is Agreement.SPELLING:
        return shares.given_spelling(word)
    return shares.given(word)
