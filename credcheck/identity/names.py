"""Features of two names: each is a small function that returns both values and how far they agree."""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from credcheck.identity.fold import fold, packed, parts
from credcheck.model import Compared, PersonName

Agreement = Literal["full", "partial", "none", "not_given"]
Names = Sequence[PersonName]


def family_name(ours: Names, theirs: Names) -> Compared:
    """Compare family names, former and other ones included.

    Full if two are the same when folded; partial if one is a hyphened part of the other.
    """
    a, b = _distinct(n.last for n in ours), _distinct(n.last for n in theirs)
    return _compared("family name", a, b, partial=bool(_all_parts(a) & _all_parts(b)))


def given_name(ours: Names, theirs: Names) -> Compared:
    """Compare given names.

    Full if two first names are the same when folded; partial if one is the other's initial, or is
    the other's middle name (people go by either).
    """
    a, b = _distinct(n.first for n in ours), _distinct(n.first for n in theirs)
    crossed = _goes_by_middle(ours, theirs)
    return _compared("given name", a, b, partial=crossed or _initial_fits(a, b))


def middle_name(ours: Names, theirs: Names) -> Compared:
    """Compare middle names: full if equal, partial if one is the other's initial."""
    a, b = _distinct(n.middle for n in ours), _distinct(n.middle for n in theirs)
    return _compared("middle name", a, b, partial=_initial_fits(a, b))


def suffix(ours: Names, theirs: Names) -> Compared:
    """Compare generational suffixes: Jr and III are different people."""
    a, b = _distinct(n.suffix for n in ours), _distinct(n.suffix for n in theirs)
    same = bool({_generation(x) for x in a} & {_generation(x) for x in b})
    return _compared("suffix", a, b, full=same)


def state(ours: Collection[str], theirs: str) -> Compared:
    """Compare the row's state with every state of the physician's practice and licences."""
    return _compared("state", sorted(ours), [theirs] if theirs else [])


def name_keys(names: Names) -> frozenset[str]:
    """Return the keys under which rows that may bear one of these names are found.

    A key is a family name, or a hyphened part of one, with the first letter of a given or middle
    name. Two names that agree at least partly share a key.
    """
    return frozenset(
        f"{family} {given[0]}"
        for name in names
        for family in {packed(name.last), *parts(name.last)} - {""}
        for given in (packed(name.first), packed(name.middle))
        if given
    )


def _compared(
    feature: str,
    ours: Sequence[str],
    theirs: Sequence[str],
    *,
    full: bool | None = None,
    partial: bool = False,
) -> Compared:
    same = bool({packed(x) for x in ours} & {packed(x) for x in theirs}) if full is None else full
    agreement: Agreement = "full" if same else "partial" if partial else "none"
    if not ours or not theirs:
        agreement = "not_given"
    return Compared(
        feature=feature, ours=" / ".join(ours), theirs=" / ".join(theirs), agreement=agreement
    )


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if fold(text)))


def _all_parts(lasts: Sequence[str]) -> set[str]:
    return {part for last in lasts for part in (packed(last), *parts(last))}


def _initial_fits(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    pairs = ((packed(a), packed(b)) for a in ours for b in theirs)
    return any(1 in {len(a), len(b)} and a[0] == b[0] for a, b in pairs)


def _goes_by_middle(ours: Names, theirs: Names) -> bool:
    pairs = {(packed(a.first), packed(b.middle)) for a in ours for b in theirs}
    pairs |= {(packed(a.middle), packed(b.first)) for a in ours for b in theirs}
    return any(first == middle and len(first) > 1 for first, middle in pairs)


_GENERATIONS = {"junior": "jr", "2nd": "ii", "senior": "sr", "3rd": "iii", "4th": "iv"}


def _generation(text: str) -> str:
    folded = packed(text)
    return _GENERATIONS.get(folded, folded)
