"""From a typed name to one number: only when exactly one person fits and all were shown."""

from collections.abc import Sequence
from typing import NamedTuple

from credcheck.identity.fold import fold
from credcheck.identity.names import family_name, given_name, middle_name, suffix
from credcheck.model import (
    Code,
    Decision,
    PersonName,
    Query,
    Reason,
    Registration,
    Resolution,
    Rival,
)
from credcheck.npi import Npi
from credcheck.panel import Panel
from credcheck.people import rivals_of
from credcheck.reference.specialties import taxonomy_name
from credcheck.source import Candidates, Claim, NameQuestion, SourceFailed

_NARROW = "Give the NPI, or narrow the name with --state, --city or --specialty."
_LISTED_AT_MOST = 20


class NameSearch(NamedTuple):
    """What a search by name led to: one number, or a resolution that says why not.

    ``people`` are those who fit; ``complete`` is False where there may be more of them.
    """

    npi: Npi | None
    resolution: Resolution
    people: tuple[Rival, ...] = ()
    complete: bool = True


def by_name(
    queries: Sequence[Query], panel: Panel, *, listed_at_most: int = _LISTED_AT_MOST
) -> list[NameSearch]:
    """Search for every query's name, in order, with one question to the registry for all."""
    registry = panel.searchable
    if registry is None:
        reason = Reason(code=Code.NO_SOURCE, message="no registry that can be asked by name")
        return [_none(reason, "Add a registry, or give the NPI.") for _ in queries]
    questions = [
        NameQuestion(name=query.person, state=query.state) for query in queries if query.person
    ]
    try:
        answers = registry.search(questions) if questions else []
    except SourceFailed as failed:
        answers = [Candidates(failure=str(failed))] * len(questions)
    name = registry.facts.name
    pairs = zip(queries, answers, strict=True)
    return [_decided(query, answer, name, listed_at_most) for query, answer in pairs]


def narrowed(query: Query, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims whose people fit all that the query says."""
    person = query.person
    return [
        claim
        for claim in claims
        if isinstance(claim.record, Registration)
        and person is not None
        and _name_fits(person, claim.record.names)
        and _place_fits(query, claim.record)
        and _specialty_fits(query, claim.record)
        and _license_fits(query, claim.record)
    ]


def _decided(query: Query, answer: Candidates, registry: str, limit: int) -> NameSearch:
    if answer.failure is not None:
        reason = Reason(code=Code.SOURCE_FAILED, message=f"{registry}: {answer.failure}")
        return _none(reason, f"Run again when {registry} answers.")
    fitting = narrowed(query, answer.claims)
    people = rivals_of(fitting)
    if answer.complete and len(people) == 1 and _is_full(query.person, fitting[0]):
        resolution = Resolution(by="name", decision=Decision.MATCH)
        return NameSearch(people[0].npi, resolution, people)
    if answer.complete and not people:
        reason = Reason(code=Code.NAME_NOT_FOUND, message=f"{registry} has nobody of this name")
        ask = "Check the spelling, try a former name, or give the NPI."
        return _none(reason, ask, rivals_of(answer.claims)[:limit])
    return _several(registry, people, limit, complete=answer.complete)


def _several(registry: str, people: tuple[Rival, ...], limit: int, *, complete: bool) -> NameSearch:
    message = f"{len(people)} people in {registry} bear this name"
    if not complete:
        message = f"{registry} holds more people of this name than it lists"
    elif len(people) == 1:
        message = f"one person in {registry} fits this name, but only in part"
    reason = Reason(code=Code.IDENTITY_AMBIGUOUS, message=message)
    shown = people[:limit]
    return NameSearch(
        None, _unresolved(Decision.AMBIGUOUS, reason, _NARROW, shown), shown, complete
    )


def _none(reason: Reason, next_step: str, candidates: tuple[Rival, ...] = ()) -> NameSearch:
    return NameSearch(None, _unresolved(Decision.NO_MATCH, reason, next_step, candidates))


def _unresolved(
    decision: Decision, reason: Reason, next_step: str, candidates: tuple[Rival, ...]
) -> Resolution:
    return Resolution(
        by="name",
        decision=decision,
        reasons=(reason,),
        candidates=candidates,
        next_step=next_step,
    )


def _name_fits(person: PersonName, names: Sequence[PersonName]) -> bool:
    features = (family_name, given_name, middle_name, suffix)
    return all(feature(names, [person]).agreement != "none" for feature in features)


def _is_full(person: PersonName | None, claim: Claim) -> bool:
    names = claim.record.names if isinstance(claim.record, Registration) else ()
    return person is not None and all(
        feature(names, [person]).agreement == "full" for feature in (family_name, given_name)
    )


def _place_fits(query: Query, record: Registration) -> bool:
    licensed = {t.license.state for t in record.taxonomies if t.license}
    states = {fold(place.state) for place in record.places} | {fold(state) for state in licensed}
    cities = {fold(place.city) for place in record.places}
    state_fits = query.state is None or fold(query.state) in states
    return state_fits and (query.city is None or fold(query.city) in cities)


def _specialty_fits(query: Query, record: Registration) -> bool:
    wanted = fold(query.specialty or "")
    return any(wanted in fold(taxonomy_name(t.code)) for t in record.taxonomies) or not wanted


def _license_fits(query: Query, record: Registration) -> bool:
    wanted = fold(query.license_number or "")
    return not wanted or any(
        t.license is not None and fold(t.license.number) == wanted for t in record.taxonomies
    )
