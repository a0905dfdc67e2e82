"""Only the book settles and verifies: what another adapter says of either is its failure."""

import datetime as dt
from typing import Any

import pytest

from credcheck.model import Coverage, Disposition, EvidenceKind, Verification
from credcheck.model.authority import Authority
from credcheck.source import Answer, Claim, PersonRecord, SourceFacts
from credcheck.source.answers import check_answers
from credcheck.source.interface import AdapterFault, Subject
from credcheck.source.plugin.messages import pack_answer
from tests.support.build import NPI, certificate, evidence, physician

ON = dt.date(2026, 10, 20)
PROOF: dict[str, Any] = {"entry": "e" * 64, "by": "J. Roe", "on": ON, "recorded": ON, "how": "web"}
CLAIM = Claim(
    kind=EvidenceKind.CERTIFICATE,
    about=PersonRecord(npi=NPI),
    record=certificate(),
    verification=Verification(**PROOF, contact="Ms. A", asked="issuer"),
    provenance=evidence(certificate()).provenance,
)
SETTLING = Answer(dispositions={"0" * 64: (Disposition(**PROOF, is_person=False),)})


def facts(**changes: Any) -> SourceFacts:
    usual: dict[str, Any] = {
        "name": "other",
        "adapter": "other",
        "kinds": (EvidenceKind.CERTIFICATE,),
        "authority": Authority.SECONDARY,
        "coverage": Coverage.PARTIAL,
        "max_age_days": 120,
    }
    return SourceFacts(**usual | changes)


@pytest.mark.parametrize("answer", [Answer(claims=(CLAIM,)), SETTLING])
def test_another_adapter_may_not_speak_for_people(answer: Answer) -> None:
    subject = Subject(npi=NPI, physician=physician(), evidence=())
    with pytest.raises(AdapterFault, match="only the book"):
        check_answers(facts(), [subject], [answer])
    assert check_answers(facts(settles=True), [subject], [answer]) == [answer]


def test_a_plugin_may_not_send_a_verification() -> None:
    with pytest.raises(AdapterFault, match="only the book"):
        pack_answer(Answer(claims=(CLAIM,)))
