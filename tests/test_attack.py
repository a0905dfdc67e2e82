"""The truth rules by attack, inside the checker.

For a physician who passes, removing, damaging, doubting, delaying or staling any one required input
must never leave ``meets``. Beside the systematic attacks, hypothesis combines them, and mixes in
changes that should not matter: no combination with a real attack in it may pass.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import (
    Authority,
    Coverage,
    Decision,
    Dossier,
    Evidence,
    EvidenceKind,
    SourceState,
    Taxonomy,
)
from credcheck.model.dates import PartialDate
from tests.support.build import dossier, good, match, verdict
from tests.support.examples import examples

replace = msgspec.structs.replace
PASSING = dossier(*good())
REQUIRED = (
    EvidenceKind.REGISTRATION,
    EvidenceKind.CERTIFICATE,
    EvidenceKind.FELLOWSHIP,
    EvidenceKind.PROGRAM,
    EvidenceKind.EXCLUSION,
)
EVIDENCED = REQUIRED[:-1]
Attack = Callable[[Dossier], Dossier]


def test_the_victim_passes() -> None:
    assert verdict(PASSING).outcome == "meets"


def on_source(kind: EvidenceKind, **changes: Any) -> Attack:
    def attack(case: Dossier) -> Dossier:
        changed = tuple(
            replace(each, **changes) if kind in each.kinds else each for each in case.sources
        )
        return replace(case, sources=changed)

    return attack


def without_source(kind: EvidenceKind) -> Attack:
    """The source is not configured at all, so there are no rows of it either."""

    def attack(case: Dossier) -> Dossier:
        kept = tuple(each for each in case.sources if kind not in each.kinds)
        names = {each.name for each in kept}
        rows = tuple(each for each in case.evidence if each.source in names)
        return replace(case, sources=kept, evidence=rows)

    return attack


def on_evidence(kind: EvidenceKind, **changes: Any) -> Attack:
    def attack(case: Dossier) -> Dossier:
        return replace(case, evidence=tuple(_hit(each, kind, changes) for each in case.evidence))

    return attack


def without_evidence(kind: EvidenceKind) -> Attack:
    def attack(case: Dossier) -> Dossier:
        kept = tuple(each for each in case.evidence if each.__struct_config__.tag != kind)
        return replace(case, evidence=kept)

    return attack


def on_record(kind: EvidenceKind, field: str, value: Any) -> Attack:
    def attack(case: Dossier) -> Dossier:
        hit = tuple(
            replace(each, record=replace(each.record, **{field: value}))
            if each.__struct_config__.tag == kind and each.record is not None
            else each
            for each in case.evidence
        )
        return replace(case, evidence=hit)

    return attack


def _hit(item: Evidence, kind: EvidenceKind, changes: dict[str, Any]) -> Evidence:
    return replace(item, **changes) if item.__struct_config__.tag == kind else item


DAMAGED_FIELDS: list[tuple[EvidenceKind, str, list[Any]]] = [
    (EvidenceKind.REGISTRATION, "status", [None, "deactivated"]),
    (EvidenceKind.REGISTRATION, "entity_type", [None, "organization"]),
    (
        EvidenceKind.REGISTRATION,
        "taxonomies",
        [(), (Taxonomy(code="367500000X"),), (Taxonomy(code=""),)],
    ),
    (EvidenceKind.CERTIFICATE, "board", ["", "ABPM", "American Board of Pain Medicine", "ABA?"]),
    (EvidenceKind.CERTIFICATE, "certificate", ["", "Anesthesiology", "Pain"]),
    (EvidenceKind.CERTIFICATE, "status", ["", "Revoked", "Not Certified", "certified?", "\x00"]),
    (EvidenceKind.CERTIFICATE, "expires", [None, PartialDate(2026, 10, 31), PartialDate(2026)]),
    (EvidenceKind.CERTIFICATE, "issued", [PartialDate(2026, 11, 2), PartialDate(2026)]),
    (EvidenceKind.CERTIFICATE, "verified_on", [PartialDate(2020, 1, 1)]),
    (EvidenceKind.FELLOWSHIP, "program_code", ["", "5303899999", "2673821001"]),
    (EvidenceKind.FELLOWSHIP, "specialty", ["Orthopaedic Surgery of the Spine", "?"]),
    (EvidenceKind.FELLOWSHIP, "start_date", [None, PartialDate(2015, 1, 1), PartialDate(2015)]),
    (EvidenceKind.FELLOWSHIP, "end_date", [None, PartialDate(2026, 11, 2), PartialDate(2014)]),
    (EvidenceKind.FELLOWSHIP, "status", ["", "Withdrawn", "Active", "Completed?"]),
    (EvidenceKind.PROGRAM, "specialty", ["", "Anesthesiology Critical Care Medicine"]),
    (EvidenceKind.PROGRAM, "accreditor", ["", "CAST", "None", "ACGM"]),
    (EvidenceKind.PROGRAM, "status", ["", "Accreditation Withheld", "?"]),
    (EvidenceKind.PROGRAM, "accredited_from", [None, PartialDate(2016)]),
    (EvidenceKind.PROGRAM, "accredited_to", [PartialDate(2015, 6, 29), PartialDate(2015)]),
]

ATTACKS: dict[str, Attack] = {
    **{
        f"{kind}: source {state}": on_source(kind, state=state)
        for kind in REQUIRED
        for state in (SourceState.FAILED, SourceState.STALE, SourceState.SKIPPED)
    },
    **{f"{kind}: no source": without_source(kind) for kind in REQUIRED},
    **{f"{kind}: no record": without_evidence(kind) for kind in EVIDENCED},
    **{
        f"{kind}: {decision}": on_evidence(kind, match=match(decision))
        for kind in EVIDENCED
        for decision in (Decision.AMBIGUOUS, Decision.CONFLICT, Decision.NO_MATCH)
    },
    **{
        f"{kind}: unreadable": on_evidence(kind, record=None, problem="has 3 fields")
        for kind in EVIDENCED
    },
    **{f"{kind}: problem": on_evidence(kind, problem="bad date") for kind in EVIDENCED},
    **{
        f"{kind}: self-reported": on_evidence(kind, authority=Authority.SELF_REPORTED)
        for kind in (EvidenceKind.CERTIFICATE, EvidenceKind.FELLOWSHIP)
    },
    **{
        f"{kind}: {field} = {value!s}": on_record(kind, field, value)
        for kind, field, values in DAMAGED_FIELDS
        for value in values
    },
    "exclusion: partial": on_source(EvidenceKind.EXCLUSION, coverage=Coverage.PARTIAL),
}

HARMLESS: dict[str, Attack] = {
    "a partial listing of certificates": on_source(
        EvidenceKind.CERTIFICATE, coverage=Coverage.PARTIAL
    ),
    "a note on who verified": on_record(EvidenceKind.FELLOWSHIP, "verified_by", "letter"),
    "a sponsor": on_record(EvidenceKind.PROGRAM, "sponsor", "Example University"),
    "a complete registry": on_source(EvidenceKind.REGISTRATION, coverage=Coverage.COMPLETE),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_no_single_attack_leaves_meets(name: str) -> None:
    assert verdict(ATTACKS[name](PASSING)).outcome != "meets"


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_not_matter_changes_nothing(name: str) -> None:
    assert verdict(HARMLESS[name](PASSING)).outcome == "meets"


@examples(300)
@given(
    st.lists(st.sampled_from(sorted(ATTACKS)), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(sorted(HARMLESS)), max_size=3, unique=True),
)
def test_no_combination_of_attacks_leaves_meets(attacks: list[str], others: list[str]) -> None:
    case = PASSING
    for name in others:
        case = HARMLESS[name](case)
    for name in attacks:
        case = ATTACKS[name](case)
    assert verdict(case).outcome != "meets"


@pytest.mark.parametrize("kind", REQUIRED)
@pytest.mark.parametrize("state", [SourceState.FAILED, SourceState.STALE, SourceState.SKIPPED])
def test_what_could_not_be_asked_is_unverified_and_never_a_negative(
    kind: EvidenceKind, state: SourceState
) -> None:
    made = verdict(on_source(kind, state=state)(PASSING))
    assert made.outcome == "unverified"


@pytest.mark.parametrize("name", ATTACKS)
def test_whatever_is_not_met_has_a_next_step(name: str) -> None:
    made = verdict(ATTACKS[name](PASSING))
    assert [each.requirement for each in made.failing if not each.next_step] == []
