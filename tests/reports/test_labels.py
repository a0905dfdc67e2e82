"""Labels: every code has one, and they are words."""

from enum import StrEnum

import pytest

from credcheck.audit.diff import Change
from credcheck.model import (
    RECORD_TYPES,
    Authority,
    Coverage,
    Decision,
    EvidenceKind,
    Outcome,
    ReasonCode,
    SourceState,
    VerdictOutcome,
)
from credcheck.reference.labels import humanize, label, list_groups, list_labels
from credcheck.standards.loader import list_shipped, load_standard

ENUMS: dict[str, type[StrEnum]] = {
    "verdict": VerdictOutcome,
    "verdict_short": VerdictOutcome,
    "verdict_meaning": VerdictOutcome,
    "outcome": Outcome,
    "reason": ReasonCode,
    "kind": EvidenceKind,
    "authority": Authority,
    "coverage": Coverage,
    "coverage_short": Coverage,
    "state": SourceState,
    "decision": Decision,
    "change": Change,
}


@pytest.mark.parametrize("group", ENUMS)
def test_every_code_has_a_label(group: str) -> None:
    assert [code for code in ENUMS[group] if str(code) not in list_labels(group)] == []


@pytest.mark.parametrize("standard", list_shipped())
def test_every_requirement_of_a_shipped_standard_has_a_label(standard: str) -> None:
    ids = [each.id for each in load_standard(standard).requirements]
    assert [each for each in ids if each not in list_labels("requirement")] == []


def test_every_field_of_a_record_has_a_label() -> None:
    fields = {name for kind in RECORD_TYPES.values() for name in kind.__struct_fields__}
    assert fields - set(list_labels("field")) == set()


@pytest.mark.parametrize("group", list_groups())
def test_labels_are_words_and_no_two_codes_share_one(group: str) -> None:
    labels = list_labels(group)
    assert [text for text in labels.values() if "_" in text or text != text.strip()] == []
    assert len(set(labels.values())) == len(labels)


def test_a_code_that_nobody_labeled_is_shown_as_words() -> None:
    assert label("requirement", "head_and_neck_training") == "Head and neck training"
    assert label("reason", "certificate_expired") == "Board certificate: expired"
    assert humanize("") == ""
