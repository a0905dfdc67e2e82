"""From a typed name to one number: only when exactly one person fits and all were shown."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.identity.profile import make_rival, profile_of
from credcheck.identity.schooling import KnownSchooling
from credcheck.model import (
    Decision,
    PersonName,
    Physician,
    Query,
    Reason,
    ReasonCode,
    Resolution,
    Rival,
)
from credcheck.model.npi import Npi
from credcheck.source import (
    Answer,
    Candidates,
    NameQuestion,
    Registry,
)
from credcheck.source.answers import search_answers
from credcheck.source.source_set import SourceSet
from credcheck.verify.name_fit import (
    describe_query,
    find_fitting,
    is_where_wanted,
    is_whole,
)
from credcheck.verify.name_schooling import (
    ANOTHER_SCHOOL,
    confirm_one,
    has_schooling,
    is_contradicted,
)
from credcheck.verify.namesakes import list_other_forms
from credcheck.verify.physicians import make_physicians
from credcheck.verify.schooling import SchoolingCache

_NARROW = "Give the NPI, or narrow the name with --state, --city or --specialty."
_BY_NAME = Resolution(by="name", decision=Decision.MATCH)
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


def search_names(
    queries: Sequence[Query],
    source_set: SourceSet,
    *,
    listed_at_most: int = _LISTED_AT_MOST,
    schooling: SchoolingCache | None = None,
) -> list[NameSearch]:
    """Search for every query's name, in order, with all questions to the registry at once.

    Short and familiar forms of the given name are asked for too: who asks for Bob may mean Robert.
    ``schooling`` is asked for those whom the name of a query with a medical school may be.
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
    known: KnownSchooling = {}
    if schooling is not None:
        asked = (x for x in zip(queries, together, strict=True) if has_schooling(x[0]))
        schooling.load(profile_of(person) for _, answer in asked for person in people[id(answer)])
        known = schooling.known
    decided = [
        _choose(query, answer, people[id(answer)], name, listed_at_most, known)
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
            if is_where_wanted(queries[place], person)
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


def _choose(
    query: Query,
    answer: Candidates,
    bearers: Sequence[Physician],
    registry: str,
    limit: int,
    known: KnownSchooling,
) -> NameSearch:
    found = _pick(query, answer, bearers, registry, limit)
    if answer.complete and known and has_schooling(query):
        fitting = [each.physician for each in find_fitting(query, bearers)]
        found = _weigh_schooling(query, found, fitting, known)
    return found._replace(answer=_answer_of(answer))


def _weigh_schooling(
    query: Query, found: NameSearch, people: Sequence[Physician], known: KnownSchooling
) -> NameSearch:
    """Return what the query's school and year make of a search: one confirmed, or one doubted."""
    about = describe_query(query)
    if found.npi is None:
        chosen = confirm_one(query, about, people, known) if len(people) > 1 else None
        return found._replace(npi=chosen.npi, resolution=_BY_NAME) if chosen else found
    if not is_contradicted(query, about, people[0], known):
        return found
    message = f"one person has this name, but {ANOTHER_SCHOOL}"
    reason = Reason(code=ReasonCode.IDENTITY_AMBIGUOUS, message=message)
    ask = "Check the medical school and the year of the degree, or give the NPI."
    resolution = _make_resolution(Decision.AMBIGUOUS, reason, ask, found.people)
    return found._replace(npi=None, resolution=resolution)


def _pick(
    query: Query, answer: Candidates, bearers: Sequence[Physician], registry: str, limit: int
) -> NameSearch:
    if answer.failure is not None:
        code = ReasonCode.RECORD_UNREADABLE if answer.permanent else ReasonCode.SOURCE_FAILED
        reason = Reason(code=code, message=f"{registry}: {answer.failure}")
        again = f"Run again when {registry} answers."
        return _report_none(reason, "Give the NPI." if answer.permanent else again)
    fitting = find_fitting(query, bearers)
    people = tuple(fit.rival for fit in fitting)
    if answer.complete and len(people) == 1 and is_whole(fitting[0].assessed):
        return NameSearch(people[0].npi, _BY_NAME, people)
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
