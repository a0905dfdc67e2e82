"""Do the names that a roster gives one number agree? Each with each, as far as that can be compared."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, islice

from credcheck.identity.alignment import names_agree
from credcheck.identity.name_words import name_words
from credcheck.identity.normalize import is_damaged
from credcheck.model import PersonName

_PAIRS_A_NAME = 10
"""How many comparisons a name costs at most. Up to 20 writings are compared each with each."""


def share_one_name(names: Sequence[PersonName]) -> bool:
    """Tell whether all names agree, so that they may be one person's.

    More writings than can be compared each with each are not taken for one name: the rows of such a
    number are unverified, and a person has to look at them.
    """
    groups = list(_group_names(names).values())
    firsts = [group[0] for group in groups]
    if not all(_agree(one, other) for one, other in islice(combinations(firsts, 2), len(names))):
        return False  # seen soon, where the names are different people's
    sizes = [len(group) for group in groups]
    pairs = (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2
    if pairs > _PAIRS_A_NAME * len(names):
        return False
    return all(
        _agree(one, other)
        for these, those in combinations(groups, 2)
        for one in these
        for other in those
    )


def _group_names(names: Sequence[PersonName]) -> dict[tuple[str, str], list[PersonName]]:
    """Group names by their folded family and given name: within a group they agree.

    A damaged one stands alone. Of those that are folded to the same words, one stands for all.
    """
    folded: dict[tuple[object, ...], PersonName] = {}
    groups: defaultdict[tuple[str, str], list[PersonName]] = defaultdict(list)
    for name in names:
        words = name_words(name)
        key: tuple[object, ...] = words[:-1]
        if is_damaged(name.last + name.first):
            key = (name.last, name.first)
        if folded.setdefault(key, name) is name:
            group = (words.last, words.first) if len(key) > 2 else (name.last, name.first)
            groups[group].append(name)
    return groups


def _agree(one: PersonName, other: PersonName) -> bool:
    return names_agree([one], [other]) or names_agree([other], [one])
