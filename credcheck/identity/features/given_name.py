"""Given names: initials, short forms, other spellings, compound names, first and middle swapped."""

from credcheck.identity.alignment import (
    NAME_ORDER_COST,
    NameAlignment,
    NameOrder,
    middle_names_agree,
)
from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import COST, WAYS_TO_MISWRITE, Agreement

_ANOTHER_MIDDLE = -5.0
_ANOTHER_WHOLE_MIDDLE = -8.0
_MIDDLE_COST = {
    Agreement.SAME: 0.5,
    Agreement.INITIAL: 0.5,
    Agreement.FORM: 3.0,
    Agreement.PART: 3.0,
    Agreement.SPELLING: 3.0,
    Agreement.SLIP: 4.0,
    Agreement.BEGINNING: 4.0,
}


def given_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore:
    """Compare the given names that are laid against each other.

    The same name is worth its rarity, a short form that of all the forms together. An initial on the
    row is worth that of the letter; an initial in the registry, the rarity of the row's name: that
    somebody of whom an initial is known bears it is as likely as for everybody whom it fits.
    """
    how = laid.given if laid.order is NameOrder.STRAIGHT else f"{laid.given}, {laid.order}"
    cost = COST[laid.given] + NAME_ORDER_COST[laid.order]
    bits = _given_worth(laid, shares) - cost
    miswritten = laid.given in WAYS_TO_MISWRITE
    if miswritten and shares.are_given_names(laid.row.first, laid.given_word):
        own_name = shares.given(laid.row.first) - WAYS_TO_MISWRITE[laid.given]
        bits = min(bits, own_name - cost)
    return FeatureScore(
        FeatureName.GIVEN_NAME, _given_on_row(laid), _given_of_person(laid), laid.given, how, bits
    )


def middle_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore | None:
    """Compare middle names word by word, or, for who goes by a middle name, those that are left."""
    ours, theirs = laid.row.middles, laid.person.middles
    if laid.order is NameOrder.MIDDLE:
        theirs = (laid.person.first, *[word for word in theirs if word != laid.given_word])
    if laid.order in {NameOrder.CALLED, NameOrder.MAIDEN} or laid.given is Agreement.JOINED:
        return None
    agreement = middle_names_agree(ours, theirs)
    if agreement is None:
        return None
    whole = all(len(word) > 1 for word in (*ours, *theirs))
    bits = _ANOTHER_WHOLE_MIDDLE if whole else _ANOTHER_MIDDLE
    if agreement is not Agreement.NONE:
        bits = _worth(agreement, _agreeing_word(ours, theirs), shares) - _MIDDLE_COST[agreement]
    person = laid.person.name.middle or laid.person.name.first
    row = laid.row.name.middle or laid.row.name.first
    if laid.order is NameOrder.MIDDLE:
        person = laid.person.name.first
    return FeatureScore(FeatureName.MIDDLE_NAME, row, person, agreement, agreement, bits)


def _agreeing_word(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """Return the person's middle name that agrees best."""
    pairs = [(middle_names_agree(ours, (word,)), word) for word in theirs]
    return min(pairs, key=lambda pair: COST[pair[0] or Agreement.NONE])[1]


def _given_on_row(laid: NameAlignment) -> str:
    name = laid.row.name
    return {NameOrder.FAMILY: name.last, NameOrder.CALLED: name.middle}.get(laid.order, name.first)


def _given_of_person(laid: NameAlignment) -> str:
    name = laid.person.name
    return name.middle if laid.order is NameOrder.MIDDLE else name.first


def _given_worth(laid: NameAlignment, shares: TermFrequencies) -> float:
    unknown = laid.order is NameOrder.STRAIGHT and len(laid.given_word) == 1 < len(laid.row.first)
    if laid.given is Agreement.INITIAL and unknown:
        return shares.given(laid.row.first)
    return _worth(laid.given, laid.given_word, shares)


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
