"""Whether a row is of this physician: a decision with its parts, never a bare score.

The order is number, licence, name. A number decides, unless the row bears another person's name. A
name alone decides only if it agrees in full, something else agrees with it, and nobody else in the
registry bears it: "the same name and nothing to disagree" is not yet the same person.
"""

from collections.abc import Callable, Sequence

from credcheck.identity import names
from credcheck.identity.fold import packed
from credcheck.model import Compared, Decision, License, Match, MatchedBy, Physician, Rival
from credcheck.model import PersonName as Name
from credcheck.source import PersonOnRow

RivalsFor = Callable[[Sequence[Name]], tuple[Rival, ...] | str]
"""Asks the registries who else bears a name: the others, or why that cannot be known."""


def decide(physician: Physician, about: PersonOnRow, rivals_for: RivalsFor) -> Match:
    """Decide whether a row is of the physician.

    ``rivals_for`` is asked only where the decision hangs on the name and nothing speaks against it.
    """
    if about.npi is not None:
        return _by_number(physician, about)
    if about.license is not None and _same_license(physician, about.license):
        return _by_license(physician, about)
    return _by_name(physician, about, rivals_for)


def names_agree(ours: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Tell whether two people's names agree at least partly in every part that both give."""
    return not _disagreeing(_name_features(ours, theirs)[:2])


def _by_number(physician: Physician, about: PersonOnRow) -> Match:
    if about.npi != physician.npi:
        return _match("npi", Decision.NO_MATCH, "another NPI")
    features = _name_features(physician.names, about.names)
    if _disagreeing(features[:2]):
        return _match("npi", Decision.CONFLICT, "this NPI, but another person's name", features)
    return _match("npi", Decision.MATCH, "the same NPI", features)


def _by_license(physician: Physician, about: PersonOnRow) -> Match:
    features = _name_features(physician.names, about.names)
    if _disagreeing(features) or not about.names:
        return _match(
            "licence", Decision.NO_MATCH, "the licence number, but another name", features
        )
    return _match("licence", Decision.MATCH, "the same licence number and state", features)


def _by_name(physician: Physician, about: PersonOnRow, rivals_for: RivalsFor) -> Match:
    features = _name_features(physician.names, about.names)
    if _disagreeing(features) or "not_given" in {part.agreement for part in features[:2]}:
        return _match("name", Decision.NO_MATCH, "another name", features)
    place = names.state(physician.states, about.place.state if about.place else "")
    features = (*features, place)
    if any(part.agreement != "full" for part in features[:2]):
        return _ambiguous("the name agrees only in part", features)
    if place.agreement == "none":
        return _ambiguous("the name agrees, but the row names another state", features)
    if place.agreement == "not_given":
        return _ambiguous("only the name agrees, and a name alone is not proof", features)
    rivals = rivals_for(about.names)
    if isinstance(rivals, str):
        return _ambiguous(f"the name and state agree, but {rivals}", features)
    others = tuple(rival for rival in rivals if rival.npi != physician.npi)
    if others:
        return _ambiguous("others in the registry bear this name", features, others)
    why = "name and state agree, and nobody else in the registry bears the name"
    return _match("name", Decision.MATCH, why, features)


def _name_features(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[Compared, ...]:
    return (
        names.family_name(ours, theirs),
        names.given_name(ours, theirs),
        names.middle_name(ours, theirs),
        names.suffix(ours, theirs),
    )


def _disagreeing(features: Sequence[Compared]) -> bool:
    return any(part.agreement == "none" for part in features)


def _same_license(physician: Physician, license_: License) -> bool:
    wanted = (packed(license_.number), license_.state.upper())
    return all(wanted) and any(
        (packed(own.number), own.state.upper()) == wanted for own in physician.licenses
    )


def _ambiguous(why: str, features: tuple[Compared, ...], rivals: tuple[Rival, ...] = ()) -> Match:
    return _match("name", Decision.AMBIGUOUS, why, features, rivals)


def _match(
    by: MatchedBy,
    decision: Decision,
    why: str,
    features: tuple[Compared, ...] = (),
    rivals: tuple[Rival, ...] = (),
) -> Match:
    given = tuple(part for part in features if part.agreement != "not_given")
    return Match(by=by, decision=decision, why=why, compared=given, rivals=rivals)
