"""What enrollment lists have of people's medical schools, by NPI: asked for where a row hangs on it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from credcheck.model import Certificate, Enrollment, EvidenceKind, Fellowship, SourceState
from credcheck.model.npi import Npi
from credcheck.source import Claim, SourceFacts, Subject
from credcheck.source.source_set import SourceResult, SourceSet, query_source, query_witness

if TYPE_CHECKING:
    from credcheck.identity.profile import Profile
    from credcheck.identity.schooling import Schooling

_FIRST_YEAR = 1900


class SchoolingCache:
    """The schooling of those who were asked about. No number is asked for twice.

    Live sources are not asked: the questions are about others than the person of the verdict, too.
    """

    def __init__(self, source_set: SourceSet, as_of: dt.date) -> None:
        self._as_of = as_of
        self._sources = [
            (source, ask)
            for sources, ask in (
                (source_set.about_people, query_source),
                (source_set.witnesses, query_witness),
            )
            for source in sources
            if _is_enrollment_list(source.facts)
        ]
        self.known: dict[str, Schooling] = {}
        self._asked: set[str] = set()

    def load(self, people: Iterable["Profile"]) -> None:
        """Ask about all people at once."""
        wanted = {x.npi: x for x in people if x.npi and x.npi not in self._asked}
        self._asked.update(wanted)
        if not wanted or not self._sources:
            return
        subjects = [Subject(npi=Npi(npi)) for npi in wanted]
        columns = [ask(source, subjects, self._as_of) for source, ask in self._sources]
        for person, results in zip(wanted.values(), zip(*columns, strict=True), strict=True):
            schooling = _read_schooling(person, results, self._as_of.year)
            if schooling is not None:
                self.known[person.npi] = schooling


def _is_enrollment_list(facts: SourceFacts) -> bool:
    """Tell whether a source is a list of enrollments, and not what people say or a live service."""
    return EvidenceKind.ENROLLMENT in facts.kinds and not facts.live and not facts.settles


def may_hang_on_schooling(claim: Claim) -> bool:
    """Tell whether a row can be held against a medical school or the year of its degree."""
    if claim.kind not in {EvidenceKind.CERTIFICATE, EvidenceKind.FELLOWSHIP}:
        return False
    return tells_schooling(claim) or (not claim.about.npi and _tells_career(claim))


def tells_schooling(claim: Claim) -> bool:
    """Tell whether a row has a school or a year itself, so that its namesakes' are asked for too."""
    return bool(claim.about.school or claim.about.graduated)


def _tells_career(claim: Claim) -> bool:
    record = claim.record
    if isinstance(record, Certificate):
        return record.issued is not None
    return isinstance(record, Fellowship) and record.end_date is not None


def _read_schooling(
    person: "Profile", results: Sequence[SourceResult], latest: int
) -> "Schooling | None":
    """Return the school and the year that all rows with a person's number and name agree on."""
    from credcheck.identity.schooling import Schooling  # here, since most runs need none

    told = [
        (record, each.report.state is SourceState.OK)
        for each in results
        if each.report.state is not SourceState.FAILED
        for record in _list_records(person, each)
    ]
    schools = {x.medical_school.upper() for x, _ in told if x.medical_school}
    years = {x.graduation_year for x, _ in told if x.graduation_year}
    school = schools.pop() if len(schools) == 1 else ""
    year = years.pop() if len(years) == 1 else None
    if year is not None and not _FIRST_YEAR <= year <= latest:
        year = None
    if not school and year is None:
        return None
    return Schooling(school, year, any(is_fresh for _, is_fresh in told))


def _list_records(person: "Profile", result: SourceResult) -> Iterator[Enrollment]:
    from credcheck.identity.alignment import names_agree  # as above

    for claim in result.answer.claims:
        record, about = claim.record, claim.about
        if not isinstance(record, Enrollment) or claim.problem or about.npi != person.npi:
            continue
        if names_agree(person.record.names, about.names):
            yield record
