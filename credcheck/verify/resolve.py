"""From a query to a person: by number, or by a name that leads to one number.

A name that fits several people leads to none of them: they are listed, never picked from, unless the
query has the medical school or the year of the degree of one (name_schooling.py). A number whose
registry record bears another name than the query leads to nobody either.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from credcheck.model import (
    Decision,
    PersonName,
    Physician,
    Query,
    Reason,
    ReasonCode,
    Registration,
    Resolution,
    Rival,
    SourceState,
)
from credcheck.model.npi import Npi
from credcheck.source import Subject
from credcheck.source.source_set import SourceResult, SourceSet, query_source, with_reports
from credcheck.verify.physicians import make_physician, make_rivals
from credcheck.verify.schooling import SchoolingCache

if TYPE_CHECKING:
    from credcheck.verify.name_search import NameSearch

_CHECK_NUMBER = (
    "Check the NPI with the physician; a deactivated number is in CMS's deactivation report."
)
_NEXT_STEPS = {
    ReasonCode.NO_SOURCE: "Add an NPI registry: credcheck sources add nppes --adapter nppes-api.",
    ReasonCode.SOURCE_FAILED: "Run again; the registry could not be reached, so nothing is known yet.",
    ReasonCode.SOURCE_STALE: "Get a current copy of the registry and run again.",
    ReasonCode.NPI_IS_ORGANIZATION: "Ask for the physician's own NPI (an individual's).",
    ReasonCode.RECORD_UNREADABLE: (
        "Look up the number in the NPPES registry itself (npiregistry.cms.hhs.gov)."
    ),
}
_BY_NUMBER = Resolution(by="npi", decision=Decision.MATCH)


class ResolvedQuery(NamedTuple):
    """A query with the person it led to, if any, and what the registries said of the number.

    ``record`` is the registry's record that the physician was read from.
    """

    query: Query
    resolution: Resolution
    physician: Physician | None
    asked: tuple[SourceResult, ...]
    record: Registration | None = None


def resolve(queries: Sequence[Query], source_set: SourceSet, as_of: dt.date) -> list[ResolvedQuery]:
    """Resolve every query, in order. Names are asked for first, then all numbers together."""
    found = _search_all(queries, source_set, as_of)
    numbers = [_choose_number(query, search) for query, search in zip(queries, found, strict=True)]
    answers = iter(_ask_registries([npi for npi in numbers if npi], source_set, as_of))
    return [
        _resolve_one(
            query, search, next(answers) if npi else _report_search(search, source_set, as_of)
        )
        for query, search, npi in zip(queries, found, numbers, strict=True)
    ]


def _report_search(
    search: "NameSearch | None", source_set: SourceSet, as_of: dt.date
) -> tuple[SourceResult, ...]:
    """Return how the registry fared where a name led to nobody."""
    registry = source_set.searchable
    if search is None or search.answer is None or registry is None:
        return ()
    return tuple(with_reports(registry.facts, [search.answer], as_of))


def _search_all(
    queries: Sequence[Query], source_set: SourceSet, as_of: dt.date
) -> "Sequence[NameSearch | None]":
    """Search for all who are asked for by name; of the others there is none."""
    by_name = [place for place, query in enumerate(queries) if _is_name_query(query)]
    found: list[NameSearch | None] = [None] * len(queries)
    for place, search in zip(
        by_name, _search([queries[x] for x in by_name], source_set, as_of), strict=True
    ):
        found[place] = search
    return found


def _search(queries: Sequence[Query], source_set: SourceSet, as_of: dt.date) -> "list[NameSearch]":
    if not queries:
        return []
    from credcheck.verify.name_search import (
        search_names,  # here, since a look-up by number never needs it
    )

    return search_names(queries, source_set, schooling=SchoolingCache(source_set, as_of))


def _is_name_query(query: Query) -> bool:
    return query.npi is None and query.person is not None and query.problem is None


def _choose_number(query: Query, search: "NameSearch | None") -> Npi | None:
    if query.problem is not None:
        return None
    return search.npi if search else query.npi


def _ask_registries(
    numbers: Sequence[Npi], source_set: SourceSet, as_of: dt.date
) -> list[tuple[SourceResult, ...]]:
    subjects = [Subject(npi=npi) for npi in numbers]
    columns = [query_source(registry, subjects, as_of) for registry in source_set.registries]
    return list(zip(*columns, strict=True)) if columns else [()] * len(subjects)


def _resolve_one(
    query: Query, search: "NameSearch | None", asked: tuple[SourceResult, ...]
) -> ResolvedQuery:
    if query.problem is not None:
        conflict = query.problem.code is ReasonCode.IDENTITY_CONFLICT
        decision = Decision.CONFLICT if conflict else Decision.NO_MATCH
        return _resolve_to_nobody(
            query, (), query.problem, "Correct the row and run again.", decision
        )
    if search is not None and search.npi is None:
        return ResolvedQuery(query, search.resolution, None, asked)
    if search is None and query.npi is None:
        reason = Reason(code=ReasonCode.NPI_INVALID, message="neither an NPI nor a name was given")
        return _resolve_to_nobody(query, asked, reason, "Give an NPI, or a first and a last name.")
    return _resolve_number(query, search, asked)


def _resolve_number(
    query: Query, search: "NameSearch | None", asked: tuple[SourceResult, ...]
) -> ResolvedQuery:
    record, physician = _find_physician(asked)
    if physician is None:
        return _resolve_unnamed(query, asked)
    if search is not None:
        return ResolvedQuery(query, search.resolution, physician, asked, record)
    if query.person is not None and (reason := _find_conflict(physician, query.person)):
        candidates = make_rivals([claim for item in asked for claim in item.answer.claims])
        ask = "Check which of the two is right, the number or the name."
        return _resolve_to_nobody(query, asked, reason, ask, Decision.CONFLICT, candidates)
    return ResolvedQuery(query, _BY_NUMBER, physician, asked, record)


def _find_physician(
    asked: Sequence[SourceResult],
) -> tuple[Registration | None, Physician | None]:
    """Return the first person whom a fresh registry names for the number, and its record."""
    for record in _list_records(asked):
        if (physician := make_physician(record)) is not None:
            return record, physician
    return None, None


def _resolve_unnamed(query: Query, asked: tuple[SourceResult, ...]) -> ResolvedQuery:
    """Resolve a number that the registry names no person for: with a name it may be a group's."""
    reason = _explain_nobody(query, asked)
    if query.person is None or reason.code is not ReasonCode.NPI_IS_ORGANIZATION:
        return _resolve_to_nobody(query, asked, reason, _NEXT_STEPS.get(reason.code, _CHECK_NUMBER))
    message = f"{reason.message}, not to {query.person}"
    conflict = Reason(code=ReasonCode.IDENTITY_CONFLICT, message=message)
    ask = "Give the physician's own NPI instead of the organization's."
    return _resolve_to_nobody(query, asked, conflict, ask, Decision.CONFLICT)


def _find_conflict(physician: Physician, person: PersonName) -> Reason | None:
    """Return the reason if the number is of somebody else than the one named."""
    last, first = person.last.upper(), person.first.upper()
    if any(name.last.upper() == last and name.first.upper() == first for name in physician.names):
        return None
    from credcheck.identity.alignment import names_agree
    from credcheck.identity.normalize import (
        has_mixed_scripts,  # here, since a number alone needs neither
    )

    if names_agree(physician.names, [person]):
        return None
    message = f"NPI {physician.npi} belongs to {physician.name}, not to {person}"
    message += " (a name in mixed scripts)" if has_mixed_scripts(person) else ""
    return Reason(code=ReasonCode.IDENTITY_CONFLICT, message=message)


def _list_records(asked: Sequence[SourceResult]) -> list[Registration]:
    """Return what fresh registries say of the number."""
    fresh = [item.answer for item in asked if item.report.state is SourceState.OK]
    records = [claim.record for answer in fresh for claim in answer.claims]
    return [record for record in records if isinstance(record, Registration)]


def _explain_nobody(query: Query, asked: Sequence[SourceResult]) -> Reason:
    if not asked:
        return Reason(
            code=ReasonCode.NO_SOURCE, message="no NPI registry is configured, or none was asked"
        )
    for item in asked:
        if item.report.state is not SourceState.OK:
            stale = item.report.state is SourceState.STALE
            code = ReasonCode.SOURCE_STALE if stale else ReasonCode.SOURCE_FAILED
            return Reason(code=code, message=f"{item.facts.name}: {item.report.detail}")
    for record in _list_records(asked):
        return _explain_no_person(record)
    message = (
        f"NPI {query.npi} is not in the registry: it was never issued, was deactivated, or is"
        " newer than the data"
    )
    return Reason(code=ReasonCode.NPI_NOT_FOUND, message=message)


def _explain_no_person(record: Registration) -> Reason:
    if record.entity_type == "organization":
        message = f"NPI {record.npi} belongs to {record.organization_name or 'an organization'}"
        return Reason(code=ReasonCode.NPI_IS_ORGANIZATION, message=message)
    if record.status == "deactivated":
        day = f" on {record.deactivation_date}" if record.deactivation_date else ""
        message = f"NPI {record.npi} was deactivated{day}, and the registry gives no name for it"
        return Reason(code=ReasonCode.NPI_DEACTIVATED, message=message)
    message = f"the registry's record for NPI {record.npi} has no name"
    return Reason(code=ReasonCode.RECORD_UNREADABLE, message=message)


def _resolve_to_nobody(
    query: Query,
    asked: tuple[SourceResult, ...],
    reason: Reason,
    next_step: str,
    decision: Decision = Decision.NO_MATCH,
    candidates: tuple[Rival, ...] = (),
) -> ResolvedQuery:
    resolution = Resolution(
        by="npi" if query.npi or query.person is None else "name",
        decision=decision,
        reasons=(reason,),
        candidates=candidates,
        next_step=next_step,
    )
    return ResolvedQuery(query, resolution, None, asked)


def resolve_again(
    query: Query, recorded: Resolution, asked: tuple[SourceResult, ...]
) -> ResolvedQuery:
    """Resolve a query from what the registries answered when it was asked (for replay).

    A search by name cannot be asked again: who else bears the name is not recorded. Where it led to
    nobody, what is recorded stands; where it led to somebody, that person must fit all that was asked.
    """
    if not _is_name_query(query):
        return _resolve_one(query, None, asked)
    from credcheck.verify.name_fit import is_full_fit
    from credcheck.verify.name_search import NameSearch

    _, physician = _find_physician(asked)
    if recorded.decision is not Decision.MATCH:
        return ResolvedQuery(query, replace(recorded, by="name"), None, asked)
    if physician is None or not is_full_fit(query, physician):
        nobody = replace(recorded, by="name", decision=Decision.NO_MATCH)
        return ResolvedQuery(query, nobody, None, asked)
    found = NameSearch(physician.npi, Resolution(by="name", decision=Decision.MATCH))
    return _resolve_one(query, found, asked)
