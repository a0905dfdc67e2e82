"""From a typed name to one number: only when exactly one person fits and all were shown."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.identity.features.base import FeatureName
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.license_number import is_same_number, read_license
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.normalize import normalize, normalize_city
from credcheck.identity.profile import Profile, make_rival, profile_of
from credcheck.identity.scoring import PairScore, Scorer, list_comparisons
from credcheck.model import (
    Decision,
    License,
    PersonName,
    Physician,
    Place,
    Query,
    Reason,
    ReasonCode,
    Resolution,
    Rival,
)
from credcheck.model.npi import Npi
from credcheck.reference.specialties import taxonomy_name
from credcheck.source import (
    Answer,
    Candidates,
    NameQuestion,
    PersonRecord,
    Registry,
)
from credcheck.source.answers import search_answers
from credcheck.source.source_set import SourceSet
from credcheck.verify.namesakes import list_other_forms
from credcheck.verify.physicians import make_physicians

_NARROW = "Give the NPI, or narrow the name with --state, --city or --specialty."
_LISTED_AT_MOST = 20


class NameSearch(NamedTuple):
    """What a search by name led to: one number, or a resolution that says why not.

    ``people`` are those who fit; ``complete`` is False where there may be more of them. ``answer`` is
    how the registry fared: of which day it speaks, or why it did not answer.
    """

    npi: Npi | None
    resolution: Resolution
    people: tuple[Rival, ...] = ()
    complete: bool = True
    answer: Answer | None = None


class _Fit(NamedTuple):
    """Somebody who fits a query, and how."""

    physician: Physician
    assessed: PairScore

    @property
    def rival(self) -> Rival:
        return replace(make_rival(self.physician), compared=list_comparisons(self.assessed))


def search_names(
    queries: Sequence[Query], source_set: SourceSet, *, listed_at_most: int = _LISTED_AT_MOST
) -> list[NameSearch]:
    """Search for every query's name, in order, with all questions to the registry at once.

    Short and familiar forms of the given name are asked for too: who asks for Bob may mean Robert.
    """
    registry = source_set.searchable
    if registry is None:
        reason = Reason(code=ReasonCode.NO_SOURCE, message="no registry can be searched by name")
        return [_report_none(reason, "Add a registry, or give the NPI.") for _ in queries]
    first = _ask(registry, [[query.person] for query in queries if query.person], queries)
    forms = [
        list_other_forms(query.person) if query.person and answer.complete else []
        for query, answer in zip(queries, first, strict=True)
    ]
    more = _ask(registry, forms, queries)
    together = _merge_each(list(zip(first, more, strict=True)))
    name = registry.facts.name
    people = {id(answer): make_physicians(answer.claims) for answer in together}
    decided = [
        _choose(query, answer, people[id(answer)], name, listed_at_most)
        for query, answer in zip(queries, together, strict=True)
    ]
    return _add_fuzzy(registry, queries, decided, listed_at_most)


def _answer_of(found: Candidates) -> Answer | None:
    """Return how the registry fared; one that never takes such a name was not asked."""
    if found.failure is not None:
        return None if found.permanent else Answer(failure=found.failure)
    return Answer(snapshot=found.snapshot) if found.snapshot is not None else None


def _add_fuzzy(
    registry: Registry, queries: Sequence[Query], decided: list[NameSearch], limit: int
) -> list[NameSearch]:
    """Where nobody bears a name, list who bears one near it: to be looked at, never picked."""
    lost = [
        place
        for place, search in enumerate(decided)
        if any(reason.code is ReasonCode.NAME_NOT_FOUND for reason in search.resolution.reasons)
    ]
    names = [[query.person] if query.person else [] for query in (queries[x] for x in lost)]
    answers = _ask(registry, names, [queries[place] for place in lost], near=True)
    for place, answer in zip(lost, answers, strict=True):
        if answer.failure is not None and not answer.permanent:
            decided[place] = _note_fuzzy_failure(
                decided[place], registry.facts.name, answer.failure
            )
            continue
        people = tuple(
            make_rival(person)
            for person in make_physicians(answer.claims)
            if _is_where_wanted(queries[place], person)
        )[:limit]
        if people:
            decided[place] = _list_fuzzy(decided[place], people)
    return decided


def _note_fuzzy_failure(search: NameSearch, registry: str, failure: str) -> NameSearch:
    """Tell that it is not known who bears a name near it."""
    message = f"{registry}, asked for similar names: {failure}"
    reason = Reason(code=ReasonCode.SOURCE_FAILED, message=message)
    reasons = (*search.resolution.reasons, reason)
    return search._replace(resolution=replace(search.resolution, reasons=reasons))


def _list_fuzzy(search: NameSearch, people: tuple[Rival, ...]) -> NameSearch:
    (reason,) = search.resolution.reasons
    message = f"{reason.message}; similar names are listed"
    candidates = {rival.npi: rival for rival in (*search.resolution.candidates, *people)}
    resolution = replace(
        search.resolution,
        reasons=(replace(reason, message=message),),
        candidates=tuple(candidates.values()),
    )
    return search._replace(resolution=resolution, people=people)


def _ask(
    registry: Registry,
    names: Sequence[Sequence[PersonName]],
    queries: Sequence[Query],
    *,
    near: bool = False,
) -> list[Candidates]:
    """Ask for several names for each query, all at once."""
    wanted = [
        [NameQuestion(name=name, state=query.state, near=near) for name in each]
        for query, each in zip(queries, names, strict=True)
    ]
    questions = list(dict.fromkeys(chain(*wanted)))
    answers = search_answers(registry, questions)
    found = dict(zip(questions, answers, strict=True))
    return _merge_each([[found[question] for question in each] for each in wanted])


def _merge_each(parts: Sequence[Sequence[Candidates]]) -> list[Candidates]:
    """Merge the answers to each query; those who ask the same share one answer.

    A roster of one name would otherwise cost all of its bearers once a row.
    """
    keys = [tuple(map(id, each)) for each in parts]
    merged = {key: _merge(each) for key, each in dict(zip(keys, parts, strict=True)).items()}
    return [merged[key] for key in keys]


def _merge(answers: Sequence[Candidates]) -> Candidates:
    failed = [each for each in answers if each.failure is not None]
    return Candidates(
        claims=tuple(claim for each in answers for claim in each.claims),
        complete=all(each.complete for each in answers),
        snapshot=next((each.snapshot for each in answers if each.snapshot is not None), None),
        failure=failed[0].failure if failed else None,
        permanent=bool(failed) and all(each.permanent for each in failed),
    )


def _find_fitting(query: Query, bearers: Sequence[Physician]) -> list[_Fit]:
    """Return the people who fit all that the query says, the best first."""
    assess = Scorer(Profile(_describe_query(query)), default_frequencies())
    people = [each for each in bearers if _is_where_wanted(query, each)]
    fits = [_Fit(each, assess(profile_of(each))) for each in people]
    kept = [fit for fit in fits if _all_fits(query, fit)]
    return sorted(kept, key=lambda fit: (-fit.assessed.bits, fit.physician.npi))


def _describe_query(query: Query) -> PersonRecord:
    number, state = query.license_number, query.license_state or query.state
    return PersonRecord(
        names=(query.person,) if query.person else (),
        places=(Place(city=query.city or "", state=query.state or ""),),
        licenses=(License(number=number, state=state),) if number and state else (),
    )


def _choose(
    query: Query, answer: Candidates, bearers: Sequence[Physician], registry: str, limit: int
) -> NameSearch:
    found = _pick(query, answer, bearers, registry, limit)
    return found._replace(answer=_answer_of(answer))


def _pick(
    query: Query, answer: Candidates, bearers: Sequence[Physician], registry: str, limit: int
) -> NameSearch:
    if answer.failure is not None:
        code = ReasonCode.RECORD_UNREADABLE if answer.permanent else ReasonCode.SOURCE_FAILED
        reason = Reason(code=code, message=f"{registry}: {answer.failure}")
        again = f"Run again when {registry} answers."
        return _report_none(reason, "Give the NPI." if answer.permanent else again)
    fitting = _find_fitting(query, bearers)
    people = tuple(fit.rival for fit in fitting)
    if answer.complete and len(people) == 1 and _is_whole(fitting[0].assessed):
        resolution = Resolution(by="name", decision=Decision.MATCH)
        return NameSearch(people[0].npi, resolution, people)
    if answer.complete and not people:
        limits = _describe_limits(query)
        message = f"{registry} lists no one by this name{limits}"
        reason = Reason(code=ReasonCode.NAME_NOT_FOUND, message=message)
        ask = "Check the spelling, try a former name, or give the NPI."
        ask = f"Loosen the search: leave out the place or the specialty. {ask}" if limits else ask
        return _report_none(reason, ask, tuple(map(make_rival, bearers[:limit])))
    return _report_several(registry, people, limit, complete=answer.complete)


def _describe_limits(query: Query) -> str:
    """Return in words what narrowed the search."""
    limits = {
        "state": query.state,
        "city": query.city,
        "specialty": query.specialty,
        "license": query.license_number,
    }
    said = [f"the {what} {text}" for what, text in limits.items() if text]
    return f" with {' and '.join(said)}" if said else ""


def _report_several(
    registry: str, people: tuple[Rival, ...], limit: int, *, complete: bool
) -> NameSearch:
    message, ask = f"{len(people)} people in {registry} have this name", _NARROW
    if not complete:
        message = f"{registry} has more people with this name than it lists"
    elif len(people) == 1:
        message = f"one person in {registry} has this name only in part"
        ask = "Give the NPI, or the full name as the registry lists it."
    reason = Reason(code=ReasonCode.IDENTITY_AMBIGUOUS, message=message)
    shown = people[:limit]
    return NameSearch(
        None, _make_resolution(Decision.AMBIGUOUS, reason, ask, shown), shown, complete
    )


def _report_none(reason: Reason, next_step: str, candidates: tuple[Rival, ...] = ()) -> NameSearch:
    return NameSearch(None, _make_resolution(Decision.NO_MATCH, reason, next_step, candidates))


def _make_resolution(
    decision: Decision, reason: Reason, next_step: str, candidates: tuple[Rival, ...]
) -> Resolution:
    return Resolution(
        by="name",
        decision=decision,
        reasons=(reason,),
        candidates=candidates,
        next_step=next_step,
    )


def _all_fits(query: Query, fit: _Fit) -> bool:
    return (
        fit.assessed.fits
        and fit.assessed.agreement(FeatureName.MIDDLE_NAME) is not Agreement.NONE
        and _is_where_wanted(query, fit.physician)
    )


def _is_where_wanted(query: Query, physician: Physician) -> bool:
    return (
        _place_fits(query, physician)
        and _specialty_fits(query, physician)
        and _license_fits(query, physician)
    )


def _is_whole(assessed: PairScore) -> bool:
    """Tell whether the name is the very name, suffix included: who asks for Jr means no father."""
    return assessed.is_full and assessed.agreement(FeatureName.SUFFIX) in {None, Agreement.SAME}


def _place_fits(query: Query, physician: Physician) -> bool:
    states = {normalize(state) for state in physician.states}
    cities = {normalize_city(place.city) for place in physician.places}
    state_fits = query.state is None or normalize(query.state) in states
    return state_fits and (query.city is None or normalize_city(query.city) in cities)


def _specialty_fits(query: Query, physician: Physician) -> bool:
    wanted = normalize(query.specialty or "")
    names = (normalize(taxonomy_name(taxonomy.code)) for taxonomy in physician.taxonomies)
    return not wanted or any(wanted in name for name in names)


def _license_fits(query: Query, physician: Physician) -> bool:
    if not query.license_number:
        return True
    state = query.license_state or query.state
    for own in physician.licenses:
        wanted = read_license(License(number=query.license_number, state=state or own.state))
        license_ = read_license(own)
        if wanted is not None and license_ is not None and is_same_number(wanted, license_):
            return True
    return False


def is_full_fit(query: Query, physician: Physician) -> bool:
    """Tell whether somebody fits all that a query by name says, and the name in full."""
    assess = Scorer(Profile(_describe_query(query)), default_frequencies())
    fit = _Fit(physician, assess(profile_of(physician)))
    return _all_fits(query, fit) and _is_whole(fit.assessed)
