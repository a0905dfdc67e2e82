"""The truth rules hold with paths, too: over dossiers that hypothesis draws.

The oracle is Kleene's logic itself: AND and OR distribute, so a standard with paths says what any of
the standards says that ask all that is common and one path each. No path, doubt or level can do what
those cannot.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.checker import check
from credcheck.model import (
    Authority,
    Coverage,
    Decision,
    Dossier,
    EvidenceKind,
    Outcome,
    Record,
    SourceState,
    VerdictOutcome,
    any_of,
)
from credcheck.standards.loader import Standard, StandardPath, load_standard
from credcheck.verify.caching_checker import CachingChecker
from tests.paths.standards import PATHS, TWO_PATHS, load
from tests.support.build import (
    AS_OF,
    SOURCES,
    certificate,
    dossier,
    evidence,
    exclusion,
    fellowship,
    match,
    program,
    registration,
    source,
    sources,
)
from tests.support.drawn import dossiers
from tests.support.examples import examples
from tests.truth.test_properties import contradictions

SURGEON = certificate(
    board="American Board of Orthopaedic Surgery",
    certificate="Orthopaedic Surgery",
    certificate_type="general",
)
RECORDS: tuple[Record, ...] = (
    certificate(),
    certificate(status="Revoked"),
    certificate(status="Certified?"),
    certificate(board="Some Board"),
    certificate(issued="2006-09-10", expires="2016-09-09", status="Expired"),
    SURGEON,
    replace(SURGEON, status="Revoked"),
    replace(SURGEON, status="Probation"),
    replace(SURGEON, board="American Board of Anesthesiology"),
    fellowship(),
    fellowship(status="Withdrawn"),
    fellowship(specialty="Pain"),
    fellowship(end_date="2014-09-30"),
    program(),
    program(status="Accreditation Withheld"),
    program(accreditor="CAST"),
    exclusion(),
    exclusion(reinstated_on="2024-01-01"),
)
PAIN: tuple[Record, ...] = (certificate(), fellowship(), program())
FULL = st.sampled_from([PAIN, PAIN, (SURGEON,), (*PAIN, SURGEON), PAIN[:2], ()])
SHIPPED_WITH_PATHS = (
    "physician-licensed",
    "spine-surgeon-injections",
    "us-tn-63-6-244",
    "us-tn-63-9-121",
)
STATES = st.sampled_from([SourceState.OK] * 20 + list(SourceState))
TIES = st.sampled_from([Decision.MATCH] * 12 + [Decision.AMBIGUOUS, Decision.CONFLICT])
TEARS = st.sampled_from([None] * 15 + ["row 9 breaks off"])
AUTHORITIES = st.sampled_from([Authority.PRIMARY] * 12 + [Authority.SELF_REPORTED])


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Standard:
    return load(tmp_path_factory.mktemp("standards"), TWO_PATHS)


@st.composite
def anybody(draw: st.DrawFn) -> Dossier:
    """Anybody: records that agree, contradict, are not understood, and sources in any state."""
    more = draw(st.lists(st.sampled_from(RECORDS), max_size=2, unique_by=id))
    records = [*draw(FULL), *more]
    items = [
        evidence(record, row=n, tied=match(draw(TIES)), authority=draw(AUTHORITIES))
        for n, record in enumerate(records, 1)
    ]
    reports = tuple(
        source(kind, state=draw(STATES), coverage=draw(st.sampled_from(Coverage)), torn=draw(TEARS))
        for kind in SOURCES
    )
    return dossier(evidence(registration(), id_="r"), *items, reports=reports)


def flatten(standard: Standard, path: StandardPath) -> Standard:
    """Return the standard of one path: what is common, and what that path asks."""
    inside = {name for each in standard.paths for name in each.requirements}
    kept = tuple(
        x for x in standard.requirements if x.id not in inside or x.id in path.requirements
    )
    return replace(standard, requirements=kept, paths=())


def any_way(case: Dossier, standard: Standard) -> VerdictOutcome:
    """Return what the standards of the single paths come to, as alternatives."""
    words = {VerdictOutcome.of(each): each for each in Outcome}
    ways = [check(case, flatten(standard, path), AS_OF) for path in standard.paths]
    return VerdictOutcome.of(any_of([words[each.outcome] for each in ways]))


@examples(600)
@given(case=st.one_of(anybody(), dossiers()))
@pytest.mark.slow
def test_paths_say_what_their_single_standards_say_together(
    standard: Standard, case: Dossier
) -> None:
    assert check(case, standard, AS_OF).outcome == any_way(case, standard)


@pytest.mark.parametrize("name", SHIPPED_WITH_PATHS)
@examples(150)
@given(case=st.one_of(anybody(), dossiers()))
@pytest.mark.slow(every_case=True)
def test_shipped_paths_say_what_their_single_standards_say_together(
    name: str, case: Dossier
) -> None:
    shipped = load_standard(name)
    made = check(case, shipped, AS_OF)
    assert made.outcome == any_way(case, shipped)
    assert CachingChecker(shipped, AS_OF)(case) == made


@examples(300)
@given(case=st.one_of(anybody(), dossiers()))
@pytest.mark.slow
def test_whoever_meets_it_has_a_path_and_all_that_is_common(
    standard: Standard, case: Dossier
) -> None:
    made = check(case, standard, AS_OF)
    findings = {each.requirement: each.outcome for each in made.findings}
    paths = made.paths or ()
    inside = {name for path in paths for name in path.requirements}
    whole = [path for path in paths if all(findings[x] == "met" for x in path.requirements)]
    common = all(outcome == "met" for name, outcome in findings.items() if name not in inside)
    assert (made.outcome == "meets") is (bool(whole) and common)
    assert [path.id for path in paths if path.outcome == "met"] == [path.id for path in whole]
    assert (made.failing == ()) is (made.outcome == "meets")


@examples(300)
@given(case=st.one_of(anybody(), dossiers()))
def test_a_finding_is_the_same_in_a_path_and_outside(standard: Standard, case: Dossier) -> None:
    """A path changes how findings combine and nothing of what was found."""
    plain = replace(standard, paths=())
    assert check(case, standard, AS_OF).findings == check(case, plain, AS_OF).findings


@examples(200)
@given(st.lists(st.one_of(anybody(), dossiers()), min_size=1, max_size=6))
@pytest.mark.slow(every_case=True)
def test_what_is_kept_for_many_says_the_same_with_paths(
    standard: Standard, cases: list[Dossier]
) -> None:
    cached = CachingChecker(standard, AS_OF)
    for each in cases:
        assert cached(each) == check(each, standard, AS_OF)


@examples(300)
@given(
    record=contradictions(),
    state=st.sampled_from([SourceState.OK, SourceState.STALE, SourceState.SKIPPED]),
    coverage=st.sampled_from(Coverage),
    authority=st.sampled_from(list(Authority)),
)
@pytest.mark.slow
def test_what_contradicts_the_only_path_never_leaves_meets(
    standard: Standard,
    record: Record,
    state: SourceState,
    coverage: Coverage,
    authority: Authority,
) -> None:
    """Who goes one way alone gains nothing by there being another."""
    item = evidence(record, row=99, source="second", authority=authority)
    kind = EvidenceKind(str(item.__struct_config__.tag))
    second = replace(
        source(kind, name="second", state=state, coverage=coverage), authority=authority
    )
    usual: Sequence[Record] = (fellowship(), certificate(), program())
    case = dossier(*usual, evidence(registration(), id_="r"), item, reports=(*sources(), second))
    assert check(dossier(*usual), standard, AS_OF).outcome == "meets"
    assert check(case, standard, AS_OF).outcome != "meets"


@examples(200)
@given(case=anybody())
def test_one_more_path_never_turns_a_verdict_for_the_worse(
    standard: Standard, case: Dossier
) -> None:
    """A way more to go can only help: does not meet < unverified < meets."""
    ranks = [VerdictOutcome.DOES_NOT_MEET, VerdictOutcome.UNVERIFIED, VerdictOutcome.MEETS]
    one = check(case, flatten(standard, standard.paths[0]), AS_OF).outcome
    both = check(case, standard, AS_OF).outcome
    assert ranks.index(both) >= ranks.index(one)


def test_every_shipped_standard_with_paths_says_what_its_single_standards_say() -> None:
    shipped = [each for each in map(load_standard, SHIPPED_WITH_PATHS) if each.paths]
    assert len(shipped) == len(SHIPPED_WITH_PATHS)
    for each in shipped:
        for records in ((), (SURGEON,), (certificate(), fellowship(), program())):
            case = dossier(*records)
            assert check(case, each, AS_OF).outcome == any_way(case, each)


def test_the_fixture_has_the_paths_that_are_meant(tmp_path: Path) -> None:
    assert PATHS in TWO_PATHS
    assert [each.id for each in load(tmp_path, TWO_PATHS).paths] == ["pain", "surgeon"]
