"""Context: what no record establishes is told beside the findings, and never decides."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.checker import check
from credcheck.model import (
    Affiliation,
    Authority,
    Colleagues,
    Competency,
    Decision,
    Dossier,
    Evidence,
    EvidenceKind,
    Record,
    SourceState,
    Statement,
    to_json,
    verdict_from_json,
)
from credcheck.verify.caching_checker import CachingChecker
from tests.support.build import (
    AS_OF,
    STANDARD,
    certificate,
    day,
    dossier,
    evidence,
    fellowship,
    good,
    match,
    program,
    registration,
    source,
    sources,
    verdict,
)
from tests.support.drawn import dossiers
from tests.support.examples import examples

RECENT = (fellowship(), certificate(), program())


def told(*items: Evidence | Record, **changes: Any) -> list[Statement]:
    return list(verdict(dossier(*items, **changes)).context or ())


def attestation(**changes: Any) -> Competency:
    usual: dict[str, Any] = {
        "topic": "multidisciplinary_care",
        "title": "physical therapy is part of every plan",
        "issuer": "Alma Abernathy",
        "issued": day("2026-05-01"),
    }
    return Competency(**usual | changes)


def group(*colleagues: tuple[str, int, int], **changes: Any) -> Affiliation:
    seen = tuple(Colleagues(specialty=s, count=n, same_address=a) for s, n, a in colleagues)
    usual: dict[str, Any] = {
        "group_id": "42",
        "group": "Columbus Spine Group",
        "members": 12,
        "colleagues": seen,
    }
    return Affiliation(**usual | changes)


PHYSIO = ("physical_therapist", 2, 1)


class TestTraining:
    """A met fellowship implies what its program had to teach, on its day."""

    def test_a_met_acgme_fellowship_was_training_in_a_team(self) -> None:
        (said,) = told(*RECENT)
        assert (said.kind, said.topic) == ("training", "multidisciplinary_care")
        assert "was trained in" in said.message
        assert "since 2007-07-01" in said.message
        assert set(said.evidence) == {"fellowship-1", "program-3"}

    def test_one_that_is_not_met_implies_nothing(self) -> None:
        assert told(certificate(), program()) == []
        assert told(fellowship(status="Withdrawn"), certificate(), program()) == []
        assert told(*RECENT, evidence(fellowship(status="Withdrawn"), row=9)) == []

    def test_one_that_began_before_the_requirements_implies_nothing(self) -> None:
        early = fellowship(start_date="2006-07-01", end_date="2007-06-30")
        assert told(early, certificate(), program()) == []
        vague = fellowship(start_date="2007", end_date="2009-06-30")
        assert told(vague, certificate(), program()) == []

    def test_one_of_another_accreditor_implies_nothing(self) -> None:
        aoa = program(accreditor="AOA")
        made = verdict(dossier(fellowship(), certificate(), aoa))
        assert made.outcome == "meets"
        assert not made.context


class TestAttestations:
    """What somebody says, with name and day, while it is no older than a year."""

    def test_it_is_told_with_name_and_day(self) -> None:
        (said,) = told(attestation())
        assert said.kind == "attestation"
        assert said.message == (
            'Alma Abernathy says (2026-05-01): "physical therapy is part of every plan"'
        )
        assert said.evidence == ("competency-1",)

    @pytest.mark.parametrize(
        "topic",
        [
            *("multidisciplinary care", "functional_outcomes", "conservative_care_first"),
            "imaging_review",
        ],
    )
    def test_there_are_topics(self, topic: str) -> None:
        assert [each.topic for each in told(attestation(topic=topic))] == [topic.replace(" ", "_")]

    @pytest.mark.parametrize(
        "changes",
        [
            {"issuer": ""},
            {"issuer": "  "},
            {"issued": None},
            {"issued": day("2026-05")},
            {"title": ""},
            {"topic": "kindness"},
            {"topic": "radiation_safety"},
            {"status": "Revoked"},
            {"status": "well"},
            {"issued": day("2026-11-02")},
            {"issued": day("2025-10-31")},
            {"expires": day("2026-10-31")},
            {"expires": day("2026-04-01")},
        ],
    )
    def test_without_name_or_day_or_out_of_date_it_is_not_read(
        self, changes: dict[str, Any]
    ) -> None:
        assert told(attestation(**changes)) == []

    def test_a_year_counts_its_last_day(self) -> None:
        assert told(attestation(issued=day("2025-11-01")))

    @pytest.mark.parametrize("status", ["", "Active", "Current"])
    def test_a_status_is_not_needed(self, status: str) -> None:
        assert told(attestation(status=status))

    @pytest.mark.parametrize("decision", [Decision.AMBIGUOUS, Decision.CONFLICT])
    def test_one_that_may_be_of_another_person_is_not_told(self, decision: Decision) -> None:
        assert told(evidence(attestation(), tied=match(decision))) == []

    def test_one_of_a_stale_list_is_not_told(self) -> None:
        stale = source(EvidenceKind.COMPETENCY, state=SourceState.STALE)
        reports = tuple(x for x in sources() if EvidenceKind.COMPETENCY not in x.kinds)
        assert told(attestation(), reports=(*reports, stale)) == []


class TestCoLocation:
    """Who is enrolled in the same group may be at hand; a big group says nothing."""

    def test_colleagues_in_a_small_group_may_be_at_hand(self) -> None:
        (said,) = told(group(PHYSIO, ("psychologist", 1, 0)))
        assert said.kind == "co_location"
        assert said.message.startswith("may be available in the same practice: ")
        assert "2 physical therapists (1 at the same address)" in said.message
        assert "1 psychologist" in said.message
        assert "Columbus Spine Group (12 members)" in said.message
        assert "Medicare" in said.message

    @pytest.mark.parametrize("members", [201, 4000, None, 0])
    def test_a_big_group_or_one_of_unknown_size_is_left_out(self, members: int | None) -> None:
        assert told(group(PHYSIO, members=members)) == []

    def test_two_hundred_members_are_not_over_two_hundred(self) -> None:
        assert told(group(PHYSIO, members=200))

    def test_a_group_without_them_says_nothing(self) -> None:
        assert told(group()) == []

    def test_each_group_is_told_once(self) -> None:
        rows = [evidence(group(PHYSIO), row=1), evidence(group(PHYSIO), row=2)]
        (said,) = told(*rows)
        assert said.evidence == ("affiliation-1", "affiliation-2")

    def test_one_of_another_person_is_not_told(self) -> None:
        assert told(evidence(group(PHYSIO), tied=match(Decision.AMBIGUOUS))) == []


CONTEXT: list[Record] = [attestation(), group(PHYSIO), attestation(topic="functional_outcomes")]


@examples(150)
@given(
    dossiers(),
    st.lists(st.sampled_from(CONTEXT), max_size=3, unique_by=id),
    st.sampled_from(list(Authority)),
    st.sampled_from([SourceState.OK, SourceState.FAILED, SourceState.STALE]),
)
def test_context_never_decides(
    case: Dossier, records: list[Record], authority: Authority, state: SourceState
) -> None:
    """All that an attestation or a group can change is the context itself."""
    items = tuple(
        evidence(x, row=70 + n, authority=authority, source="said") for n, x in enumerate(records)
    )
    report = replace(
        source(EvidenceKind.COMPETENCY, name="said", state=state),
        kinds=(EvidenceKind.AFFILIATION,),
    )
    more = replace(case, evidence=(*case.evidence, *items), sources=(*case.sources, report))
    plain, full = check(case, STANDARD, AS_OF), check(more, STANDARD, AS_OF)
    assert full.outcome == plain.outcome
    assert [x.outcome for x in full.findings] == [x.outcome for x in plain.findings]
    assert [x.reasons for x in full.findings] == [x.reasons for x in plain.findings]


@examples(100)
@given(st.lists(dossiers(), min_size=1, max_size=4), st.lists(st.sampled_from(CONTEXT), max_size=2))
def test_what_is_kept_for_many_has_each_ones_own_context(
    cases: list[Dossier], records: list[Record]
) -> None:
    cached = CachingChecker(STANDARD, AS_OF)
    items = tuple(evidence(x, row=70 + n, source="medicare") for n, x in enumerate(records))
    for each in cases:
        more = replace(each, evidence=(*each.evidence, *items))
        assert cached(more) == check(more, STANDARD, AS_OF)


def test_nobody_has_a_context() -> None:
    assert not verdict(dossier(*good(), attestation(), physician=None)).context


def test_it_stands_beside_the_findings_in_json_and_is_left_out_where_there_is_none() -> None:
    line = to_json(verdict(dossier(*RECENT)))
    said = json.loads(line)
    assert said["context"][0]["kind"] == "training"
    assert list(said)[-4:] == ["findings", "context", "evidence", "sources"]
    assert to_json(verdict_from_json(line)) == line
    assert "context" not in json.loads(to_json(verdict(dossier(registration()))))
