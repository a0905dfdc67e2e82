"""Truth rules 8 to 12 for what people verified and settled: no entry is a back door.

An entry that is not proven never makes ``met``; one that contradicts never leaves ``meets``; and a row
of an exclusion list is cleared only by people who agree, with proof, and never against its number.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.book.dispositions import settle_match
from credcheck.evidence.verifications import find_weakness
from credcheck.model import (
    Authority,
    Confirmation,
    Coverage,
    Decision,
    Disposition,
    Evidence,
    EvidenceKind,
    Match,
    ProofDocument,
    Record,
    SourceReport,
    Verification,
)
from tests.support.build import (
    AS_OF,
    STANDARD,
    certificate,
    dossier,
    evidence,
    exclusion,
    fellowship,
    finding,
    program,
    registration,
    source,
    sources,
    verdict,
)
from tests.support.examples import examples
from tests.truth.test_properties import contradictions

SECOND = replace(
    STANDARD, requirements=tuple(replace(x, second_person=True) for x in STANDARD.requirements)
)
PROGRAMS = EvidenceKind.PROGRAM

days = st.integers(0, 400).map(lambda n: AS_OF - dt.timedelta(days=n))
documents = st.lists(
    st.builds(
        ProofDocument,
        sha256=st.just("d" * 64),
        state=st.sampled_from(["kept", "redacted", "missing", "changed"]),
    ),
    max_size=2,
).map(tuple)
people = st.sampled_from(["J. Roe", "j roe", "M. Second", "", " - "])
confirmations = st.lists(st.builds(Confirmation, by=people, on=days), max_size=2).map(tuple)


@st.composite
def proofs(draw: st.DrawFn) -> dict[str, Any]:
    """Who verified something, how, when, and what shows it: each of it may be missing."""
    on = draw(days)
    return {
        "entry": "e" * 64,
        "by": draw(people),
        "on": on,
        "recorded": on + dt.timedelta(days=draw(st.integers(-3, 30))),
        "how": draw(st.sampled_from(["web", "letter", "telephone", None])),
        "contact": draw(st.sampled_from([None, "", "Ms. Registrar"])),
        "documents": draw(documents),
        "confirmed": draw(confirmations),
    }


@st.composite
def verifications(draw: st.DrawFn) -> Verification:
    return Verification(
        **draw(proofs()),
        asked=draw(st.sampled_from(["issuer", "other", "physician"])),
        max_age_days=draw(st.sampled_from([None, 90, 120])),
    )


dispositions = st.builds(
    lambda proof, is_person: Disposition(**proof, is_person=is_person), proofs(), st.booleans()
)


def of_book(record: Record, found: Verification, row: int) -> Evidence:
    """Return a record that a person verified, as the book hands it over."""
    item = evidence(record, row=row, source="book", authority=found.authority)
    made: Evidence = replace(item, verification=found)
    return made


def reports() -> tuple[SourceReport, ...]:
    """The usual sources, none of them complete, and the book."""
    kinds = (EvidenceKind.CERTIFICATE, EvidenceKind.FELLOWSHIP, EvidenceKind.PROGRAM)
    usual = sources(certificate=Coverage.PARTIAL, program=Coverage.PARTIAL)
    book = source(PROGRAMS, name="book", coverage=Coverage.PARTIAL, max_age_days=36_525)
    return (*usual, replace(book, kinds=kinds, authority=Authority.SECONDARY))


GOOD: dict[str, Record] = {
    "board_certification": certificate(),
    "fellowship": fellowship(),
    "program": program(),
}


@examples(500)
@given(st.sampled_from(list(GOOD)), verifications())
@pytest.mark.slow
def test_an_entry_that_does_not_count_never_makes_met(which: str, found: Verification) -> None:
    """One record of a good case is known from the book alone."""
    items = [
        of_book(record, found, 77) if name == which else evidence(record, row=n)
        for n, (name, record) in enumerate(GOOD.items(), 1)
    ]
    case = dossier(*items, reports=reports())
    entry = next(x for x in case.evidence if x.source == "book")
    counts = find_weakness(entry, AS_OF) is None and found.asked != "physician"
    assert (verdict(case).outcome == "meets") is counts
    if found.lacks is not None:
        requirement = "fellowship" if which == "program" else which
        assert finding(case, requirement).outcome == "unverified"


@examples(300)
@given(st.sampled_from(list(GOOD)), verifications())
def test_one_person_alone_is_never_two(which: str, found: Verification) -> None:
    items = [
        of_book(record, found, 77) if name == which else evidence(record, row=n)
        for n, (name, record) in enumerate(GOOD.items(), 1)
    ]
    made = verdict(dossier(*items, reports=reports()), SECOND)
    if made.outcome == "meets":
        assert found.seconds


@examples(500)
@given(contradictions(), verifications())
@pytest.mark.slow
def test_an_entry_that_contradicts_never_leaves_meets(record: Record, found: Verification) -> None:
    """Whatever its proof: what speaks against somebody raises doubt, at least."""
    item = of_book(record, found, 99)
    kind = EvidenceKind(str(item.__struct_config__.tag))
    book = source(kind, name="book", coverage=Coverage.PARTIAL, max_age_days=36_525)
    items = (*GOOD.values(), evidence(registration(), id_="r"), item)
    made = verdict(dossier(*items, reports=(*sources(), book)))
    assert made.outcome != "meets"


@examples(300)
@given(st.sampled_from(list(GOOD)), verifications())
def test_an_entry_that_agrees_takes_nothing_away_from_a_good_case(
    which: str, found: Verification
) -> None:
    case = dossier(*GOOD.values(), of_book(GOOD[which], found, 99), reports=reports())
    assert verdict(case).outcome == "meets"


ties = st.builds(
    Match,
    by=st.sampled_from(["npi", "license", "name"]),
    decision=st.sampled_from(list(Decision)),
)


@examples(800)
@given(ties, st.lists(dispositions, min_size=1, max_size=3))
@pytest.mark.slow
def test_a_row_is_cleared_by_proof_and_agreement_alone(tie: Match, said: list[Disposition]) -> None:
    settled = settle_match(tie, said)
    if settled.decision is tie.decision:
        return
    if settled.decision in {Decision.MATCH, Decision.NO_MATCH}:
        assert len({x.is_person for x in said}) == 1
        assert any(x.lacks is None for x in said)
        assert not (tie.decision is Decision.MATCH and tie.by in {"npi", "license"})
    if tie.decision is Decision.NO_MATCH:
        assert settled.decision is Decision.AMBIGUOUS
        assert any(x.is_person for x in said)


@examples(500)
@given(ties, st.lists(dispositions, max_size=3))
@pytest.mark.slow
def test_an_exclusion_is_never_talked_away(tie: Match, said: list[Disposition]) -> None:
    settled = settle_match(tie, said)
    item = evidence(exclusion(), tied=settled)
    made = finding(dossier(*GOOD.values(), item), "not_excluded")
    by_number = tie.by in {"npi", "license"} and tie.decision is Decision.MATCH
    if by_number:
        assert made.outcome != "met"
    if made.outcome == "met" and tie.decision is not Decision.NO_MATCH:
        assert all(not x.is_person for x in said)
        assert any(x.lacks is None for x in said)
        assert "row_settled" in {reason.code for reason in made.reasons}


@examples(200)
@given(st.lists(dispositions, min_size=1, max_size=2))
def test_a_cleared_row_needs_its_second_person(said: list[Disposition]) -> None:
    tie = settle_match(Match(by="name", decision=Decision.AMBIGUOUS), said)
    item = evidence(exclusion(), tied=tie)
    made = finding(dossier(*GOOD.values(), item), "not_excluded", SECOND)
    if made.outcome == "met":
        assert tie.disposition is not None
        assert tie.disposition.seconds


@examples(300)
@given(ties, dispositions)
def test_a_forged_tie_does_not_count(tie: Match, said: Disposition) -> None:
    """A line that says that a row was settled is believed as far as its own proof goes."""
    forged = replace(tie, by="disposition", decision=Decision.MATCH, disposition=said)
    items = (fellowship(), program(), evidence(certificate(), tied=forged))
    made = verdict(dossier(*items, reports=reports()))
    if made.outcome == "meets":
        assert said.is_person
        assert said.lacks is None
