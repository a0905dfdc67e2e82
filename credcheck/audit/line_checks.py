"""What has to agree within one line of a file of results, whatever the rules make of it."""

from collections.abc import Iterator

from credcheck.identity.features.base import FeatureName
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import (
    REMARKS,
    Decision,
    Evidence,
    MatchedBy,
    PersonName,
    ProgramEvidence,
    Query,
    ReasonCode,
    RegistrationEvidence,
    RosterRef,
    SourceReport,
    SourceState,
    Verdict,
)
from credcheck.model.npi import Npi, is_valid

_NAME_COLUMNS = {"name", "last_name", "first_name"}
_ANSWERED = {SourceState.OK, SourceState.STALE}


def check_query(verdict: Verdict, roster: RosterRef | None) -> Iterator[str]:
    """Yield what in a query cannot have been read from one row of the roster."""
    query = verdict.query
    if query.npi is not None and not is_valid(query.npi):
        yield f"query.npi: {query.npi} is not an NPI"
    if query.person is not None and not _is_read_from(query.person, query.name or ""):
        yield f"query.person: {query.person} in the file, read from {query.name!r}"
    if query.npi is None and query.name is None and query.problem is None:
        yield "query: it names no one"
    if roster is None:
        return
    for name in _list_unmapped(query, set(roster.columns)):
        yield f"query.{name}: {getattr(query, name)!r} in the file, and the roster has no such column"
    # A row that could not be read at all has no cells, and so none to hand through.
    if tuple(query.other) != roster.others and (query.other or query.problem is None):
        yield f"query.other: columns that the header does not name ({', '.join(roster.others)})"


def check_resolution(verdict: Verdict) -> Iterator[str]:
    """Yield what in a resolution contradicts itself; most of it is resolved again (see recall)."""
    resolution = verdict.resolution
    codes = {reason.code for reason in resolution.reasons}
    if verdict.physician is None and not codes:
        yield "resolution.reasons: none, although no physician was found"
    is_ambiguous = resolution.decision is Decision.AMBIGUOUS
    if is_ambiguous is not (ReasonCode.IDENTITY_AMBIGUOUS in codes):
        yield f"resolution.decision: {resolution.decision}, but the reasons say otherwise"


def check_evidence(verdict: Verdict) -> Iterator[str]:
    """Yield what in the evidence does not fit the person, the sources or the other records."""
    reports = {report.name: report for report in verdict.sources}
    for place, item in enumerate(verdict.evidence, 1):
        where = f"evidence[{place}]"
        if item.id != f"e{place}":
            yield f"{where}.id: {item.id} in the file, but this is number {place}"
        if item.record is None and item.problem is None:
            yield f"{where}: neither a record nor a problem that explains its absence"
        is_others = item.match.decision is Decision.NO_MATCH
        is_others = is_others and item.match.disposition is None
        if is_others and REMARKS.isdisjoint(item.match.reasons):
            yield f"{where}.match: another person's record"
        yield from _check_disposition(item, where)
        if (report := reports.get(item.source)) is None:
            yield f"{where}.source: {item.source!r} is not one of the sources"
        else:
            yield from _check_origin(item, report, where)
        yield from _check_tie(verdict, item, where)


def check_sources(verdict: Verdict) -> Iterator[str]:
    """Yield what in the sources' reports contradicts itself or the day."""
    seen: set[str] = set()
    for report in verdict.sources:
        where = f"sources[{report.name}]"
        if report.name in seen:
            yield f"{where}: reported twice"
        seen.add(report.name)
        yield from _check_state(verdict, report, where)
        if len(report.rejects) > report.rejected or bool(report.rejects) != bool(report.rejected):
            yield f"{where}.rejected: {report.rejected}, but {len(report.rejects)} are quoted"


def _is_read_from(person: PersonName, text: str) -> bool:
    """Tell whether a name in parts is the text's: from columns of its own, or taken apart."""
    if str(person) == text:
        return True
    try:
        return parse_name(text) == person
    except NameParseError:
        return False


def _list_unmapped(query: Query, columns: set[str]) -> Iterator[str]:
    for name in ("id", "npi", "city", "state", "license_number", "license_state", "specialty"):
        if getattr(query, name) is not None and name not in columns:
            yield name
    if query.name is not None and not columns & _NAME_COLUMNS:
        yield "name"


def _check_origin(item: Evidence, report: SourceReport, where: str) -> Iterator[str]:
    """A record speaks with the authority of its source, of the day and the snapshot that it gave."""
    kind = item.__struct_config__.tag
    if kind not in report.kinds:
        yield f"{where}.kind: {kind}, which {report.name} does not cover"
    authority = item.verification.authority if item.verification else report.authority
    if item.authority is not authority:
        yield f"{where}.authority: {item.authority} in the file, {authority} by its source"
    if report.state is SourceState.FAILED:
        yield f"{where}.source: {report.name}, which did not answer"
    if report.state not in _ANSWERED:
        return
    if item.provenance.snapshot != report.snapshot:
        yield f"{where}.provenance.snapshot: not the snapshot of {report.name}"
    if item.provenance.as_of != report.as_of:
        told = f"{item.provenance.as_of} in the file, {report.as_of} by {report.name}"
        yield f"{where}.provenance.as_of: {told}"


def _check_disposition(item: Evidence, where: str) -> Iterator[str]:
    """A row that a person settled is tied as they said, and one that nobody settled is not."""
    said = item.match.disposition
    if said is None:
        if item.match.by == "disposition":
            yield f"{where}.match: tied by a disposition, but there is none"
        return
    wanted = Decision.MATCH if said.is_person else Decision.NO_MATCH
    if item.match.by == "disposition" and (item.match.decision is not wanted or not said.counts):
        yield f"{where}.match: {item.match.decision} in the file, but {said.by} decided otherwise"
    if said.counts and said.lacks is not None:
        yield f"{where}.match.disposition: it counts in the file, but {said.lacks}"
    if item.match.decision is Decision.NO_MATCH and not said.counts:
        yield f"{where}.match: another person's record, by a disposition that does not count"


def _check_tie(verdict: Verdict, item: Evidence, where: str) -> Iterator[str]:
    """A registration is of the number that was asked for; other records are tied to that person."""
    numbers = _list_numbers(verdict)
    if isinstance(item, RegistrationEvidence):
        if (item.match.by, item.match.decision) != ("npi", Decision.MATCH):
            yield f"{where}.match: a registration must be tied by its NPI"
        if item.record is not None and item.record.npi != numbers[0]:
            yield f"{where}.record.npi: {item.record.npi}, but the verdict is about {numbers[0]}"
        return
    if verdict.physician is None:
        yield f"{where}: a record, but no physician was found"
        return
    compared = [part for part in item.match.compared if part.feature == FeatureName.NPI]
    for part in compared:
        if part.ours not in numbers:
            yield f"{where}.match: compared with NPI {part.ours}, which is not this physician's"
    if item.match.by not in _list_ties(item, has_number=bool(compared)):
        yield f"{where}.match.by: {item.match.by} in the file, but the comparison says otherwise"


def _list_ties(item: Evidence, *, has_number: bool) -> tuple[MatchedBy, ...]:
    """Return by what a record can have been tied: a row that has a number is tied by it alone."""
    if isinstance(item, ProgramEvidence):
        return "program_code", "program_name"
    settled: tuple[MatchedBy, ...] = ("disposition",) if item.match.disposition else ()
    return (*settled, "npi") if has_number else (*settled, "license", "name")


def _list_numbers(verdict: Verdict) -> list[Npi | None]:
    """Return the numbers that a verdict is about: the one asked for first, then those that replaced it.

    A name leads to the person's, or to a number that led to nobody: the registry's records say which.
    """
    found = [x.record for x in verdict.evidence if isinstance(x, RegistrationEvidence)]
    records = [record for record in found if record is not None]
    asked = verdict.query.npi or verdict.npi
    own = asked or next((record.npi for record in records), None)
    return [own, *[record.replacement_npi for record in records]]


def _check_state(verdict: Verdict, report: SourceReport, where: str) -> Iterator[str]:
    if report.state is not SourceState.OK and not report.detail:
        yield f"{where}.detail: missing, and the state is {report.state}"
    if report.state not in _ANSWERED:
        return
    if report.as_of is None or report.max_age_days is None:
        yield f"{where}.as_of: missing, and the state is {report.state}"
        return
    age = (verdict.as_of - report.as_of).days
    if (age > report.max_age_days) is not (report.state is SourceState.STALE):
        told = f"it is {age} days old, and the limit is {report.max_age_days}"
        yield f"{where}.state: {report.state} in the file; {told}"
