"""One line that says why, from codes and records alone."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.audit.headlines import headline
from credcheck.model import (
    Coverage,
    Decision,
    Disposition,
    EvidenceKind,
    ReasonCode,
    Verification,
)
from credcheck.reference.labels import list_labels
from tests.support.build import (
    certificate,
    dossier,
    evidence,
    exclusion,
    fellowship,
    good,
    match,
    program,
    source,
    sources,
    verdict,
)

ON = dt.date(2026, 10, 20)
PROOF: dict[str, Any] = {
    "entry": "e" * 64,
    "by": "J. Roe",
    "on": ON,
    "recorded": ON,
    "how": "telephone",
    "contact": "Ms. Registrar",
}
NOT_SHOWN = "not shown: image guidance, radiation safety"


def test_no_code_is_without_words() -> None:
    assert not {code.value for code in ReasonCode} - set(list_labels("phrase"))


def test_who_meets_and_what_is_not_shown() -> None:
    assert headline(verdict(dossier(*good()))) == f"meets; {NOT_SHOWN}"


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (certificate(expires="2025-12-31"), "does not meet: board certificate expired 2025-12-31"),
        (certificate(status="Revoked"), "does not meet: board certificate revoked"),
        (certificate(status="Splendid"), (
            "unverified: board certificate: a record holds a value that is not"
            " recognized"
        )),
    ],
)  # fmt: skip
def test_why_a_certificate_does_not_count(record: Any, said: str) -> None:
    assert headline(verdict(dossier(fellowship(), program(), record))) == said


def test_an_exclusion_has_its_day() -> None:
    assert headline(verdict(dossier(*good(exclusion())))) == "does not meet: excluded 2023-05-19"


def test_what_is_missing_is_told_by_what_is_wanted() -> None:
    partial = sources(certificate=Coverage.PARTIAL)
    said = headline(verdict(dossier(fellowship(), program(), reports=partial)))
    assert said == "unverified: board certificate not found"


def test_several_reasons_stand_in_one_line() -> None:
    said = headline(verdict(dossier(program(), certificate(expires="2025-12-31"), exclusion())))
    assert said == "does not meet: board certificate expired 2025-12-31; excluded 2023-05-19"


def test_what_a_person_verified_is_named() -> None:
    book = replace(source(EvidenceKind.CERTIFICATE, name="book", coverage=Coverage.PARTIAL))
    found = Verification(**PROOF, asked="issuer", max_age_days=120)
    item = replace(evidence(certificate(), row=9, source="book"), verification=found)
    partial = sources(certificate=Coverage.PARTIAL)
    said = headline(verdict(dossier(fellowship(), program(), item, reports=(*partial, book))))
    assert said == f"meets; board certificate by J. Roe, telephone, 2026-10-20; {NOT_SHOWN}"


def test_a_row_that_a_person_settled_is_named() -> None:
    settled = Disposition(**PROOF, is_person=False)
    tied = replace(match(), by="disposition", decision=Decision.NO_MATCH, disposition=settled)
    item = evidence(exclusion(), row=9, tied=tied)
    said = headline(verdict(dossier(*good(item))))
    assert (
        said == f"meets; federal exclusions settled by J. Roe, telephone, 2026-10-20; {NOT_SHOWN}"
    )
