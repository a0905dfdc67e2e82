"""Truth rules 8 to 12 as properties, over dossiers that hypothesis draws.

What contradicts a record never leaves ``meets``; what is not recognized never makes
``does_not_meet``; what is irrelevant changes nothing.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.checker import check
from credcheck.model import (
    Authority,
    Coverage,
    Decision,
    Dossier,
    EvidenceKind,
    Record,
    SourceState,
)
from credcheck.reference.understanding import (
    State,
    understand_accreditors,
    understand_board,
    understand_certificate,
    understand_program_number,
    understand_specialty,
    understand_word,
)
from tests.support.build import (
    SOURCES,
    STANDARD,
    certificate,
    codes,
    day,
    dossier,
    evidence,
    exclusion,
    fellowship,
    finding,
    match,
    program,
    registration,
    source,
    sources,
    verdict,
)
from tests.support.examples import examples

GOOD: tuple[Record, ...] = (fellowship(), certificate(), program())
LOSSES = st.sampled_from(
    [
        *(
            "Revoked",
            "Rescinded",
            "Suspended",
            "Inactive",
            "Surrendered",
            "Voluntarily relinquished",
        ),
        *(
            "No longer certified",
            "Not Certified",
            "Retired",
            "Deceased",
            "Probation",
            "Pending",
            "",
        ),
    ]
)
LEFT = st.sampled_from(
    ["Withdrawn", "Dismissed", "Not completed", "Did not complete", "Terminated", "On probation"]
)
NOT_ACCREDITED = st.sampled_from(
    ["Accreditation Withheld", "Not accredited", "Pre-Accreditation", "Initial, under appeal"]
)
OTHER_FIELDS = st.sampled_from(
    ["Regional Anesthesiology and Acute Pain Medicine", "Orthopaedic Surgery of the Spine"]
)
STATES = st.sampled_from([SourceState.OK, SourceState.STALE, SourceState.SKIPPED])
AUTHORITIES = st.sampled_from(list(Authority))
COVERAGES = st.sampled_from(list(Coverage))


@st.composite
def contradictions(draw: st.DrawFn) -> Record:
    """A record about the same thing as one of the good ones, that says the opposite."""
    drawn: Record = draw(
        st.one_of(
            st.builds(lambda word: certificate(status=word), LOSSES),
            st.builds(
                lambda word: certificate(status=word, issued="2006-09-10", expires="2026-12-31"),
                LOSSES,
            ),
            st.builds(lambda word: fellowship(status=word), LEFT),
            st.builds(
                lambda word: fellowship(status=word, program_name="Columbus Pain Medicine"), LEFT
            ),
            st.builds(lambda word: program(status=word), NOT_ACCREDITED),
            st.builds(lambda word: program(specialty=word), OTHER_FIELDS),
            st.just(program(accreditor="CAST")),
            st.just(registration(status="deactivated", deactivation_date="2020-01-01")),
            st.just(registration(entity_type="organization")),
            st.just(exclusion()),
        )
    )
    return drawn


def beside(record: Record, state: SourceState, coverage: Coverage, authority: Authority) -> Dossier:
    """Return the good dossier with one more record, of a second source of its kind."""
    item = evidence(record, row=99, source="second", authority=authority)
    kind = EvidenceKind(str(item.__struct_config__.tag))
    second = replace(
        source(kind, name="second", state=state, coverage=coverage), authority=authority
    )
    return dossier(*GOOD, evidence(registration(), id_="r"), item, reports=(*sources(), second))


@examples(300)
@given(contradictions(), STATES, COVERAGES, AUTHORITIES)
def test_what_contradicts_a_record_never_leaves_meets(
    record: Record, state: SourceState, coverage: Coverage, authority: Authority
) -> None:
    case = beside(record, state, coverage, authority)
    made = verdict(case)
    assert made.outcome != "meets"
    named = {ident for each in made.failing for reason in each.reasons for ident in reason.about}
    rows = {item.id: item.provenance.row for item in case.evidence}
    assert 99 in {rows[ident] for ident in named}


WORDS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        [
            *("Certified?", "Certified pending", "Pain Med", "Am Board of Anesthesiology", "ABPM"),
            *("5.30381E+09", "53038", "Accredited (see note)", "???", "N/A", "x", "unknown"),
        ]
    ),
)
FIELDS: list[tuple[str, str, Any]] = [
    ("certificate", "board", understand_board),
    ("certificate", "certificate", understand_certificate),
    ("certificate", "status", lambda text: understand_word("certificate", text)),
    ("fellowship", "specialty", understand_specialty),
    ("fellowship", "status", lambda text: understand_word("fellowship", text)),
    ("fellowship", "program_code", understand_program_number),
    ("program", "specialty", understand_specialty),
    ("program", "accreditor", understand_accreditors),
    ("program", "status", lambda text: understand_word("accreditation", text)),
]


@examples(400)
@given(st.sampled_from(FIELDS), WORDS, COVERAGES)
def test_a_word_that_is_not_understood_never_makes_a_negative(
    field: tuple[str, str, Any], word: str, coverage: Coverage
) -> None:
    kind, name, understand = field
    assume(understand(word).state is State.NOT_UNDERSTOOD)
    changed = [
        replace(item, **{name: word}) if type(item).__name__.lower() == kind else item
        for item in GOOD
    ]
    kinds = {EvidenceKind.CERTIFICATE: coverage, EvidenceKind.FELLOWSHIP: coverage}
    case = dossier(*changed, reports=sources(**kinds))
    made = verdict(case)
    assert made.outcome == "unverified"
    requirement = "board_certification" if kind == "certificate" else "fellowship"
    assert finding(case, requirement).next_step


@pytest.mark.parametrize(
    "name", ["issued", "expires", "verified_on", "start_date", "end_date", "accredited_from"]
)
@given(year=st.integers(1950, 2026))
@settings(max_examples=40, deadline=None)
def test_a_date_that_cannot_be_read_never_makes_a_negative(name: str, year: int) -> None:
    """The loader leaves the date out and says so: the record has a problem."""
    items = [
        evidence(replace(item, **{name: None}), row=n, problem=f"{name}: '{year}-02-31' is no day")
        if hasattr(item, name)
        else evidence(item, row=n)
        for n, item in enumerate(GOOD, 1)
    ]
    assert verdict(dossier(*items)).outcome == "unverified"


IRRELEVANT: list[Record] = [
    certificate(certificate="Hospice and Palliative Medicine"),
    certificate(certificate="Anesthesiology", certificate_type="general", issued="2010-01-01"),
    certificate(board="American Board of Pain Medicine"),
    certificate(issued="2006-09-10", expires="2016-09-09", status="Expired"),
    fellowship(
        program_code="2673821001",
        specialty="Orthopaedic Surgery of the Spine",
        start_date="2012-07-01",
        end_date="2013-06-30",
    ),
    program(program_code="5303812099", name="Akron Pain Medicine Program"),
    exclusion(reinstated_on="2024-01-01"),
]
OTHER_PEOPLE = st.sampled_from([*GOOD, exclusion(), certificate(status="Revoked")])


@examples(200)
@given(
    st.lists(st.sampled_from(IRRELEVANT), max_size=4, unique_by=id),
    st.lists(OTHER_PEOPLE, max_size=3),
    st.lists(st.sampled_from(GOOD), max_size=3),
    st.randoms(use_true_random=False),
)
def test_irrelevant_rows_duplicates_and_other_peoples_change_nothing(
    irrelevant: list[Record], others: list[Record], again: list[Record], chance: Any
) -> None:
    usual = [evidence(item, row=n) for n, item in enumerate(GOOD, 1)]
    more = [
        *(evidence(item, row=20 + n) for n, item in enumerate(irrelevant)),
        *(
            evidence(item, row=40 + n, tied=match(Decision.NO_MATCH))
            for n, item in enumerate(others)
        ),
        *(evidence(item, row=60 + n) for n, item in enumerate(again)),
    ]
    rows = [*usual, *more]
    chance.shuffle(rows)
    plain, full = verdict(dossier(*usual)), verdict(dossier(*rows))
    assert [each.outcome for each in full.findings] == [each.outcome for each in plain.findings]
    assert full.outcome == "meets"


@examples(100)
@given(st.sampled_from(list(SOURCES)), st.sampled_from([{"torn": "row 3"}, {"nameless": 2}]))
def test_a_list_that_is_not_whole_never_shows_an_absence(
    kind: EvidenceKind, damage: dict[str, Any]
) -> None:
    complete = dict.fromkeys(SOURCES, Coverage.COMPLETE)
    reports = tuple(
        replace(each, **damage) if kind in each.kinds else each for each in sources(**complete)
    )
    without = [item for item in GOOD if EvidenceKind(type(item).__name__.lower()) is not kind]
    case = dossier(*without, reports=reports)
    made = {each.requirement: each for each in verdict(case).findings}
    about = {
        EvidenceKind.CERTIFICATE: "board_certification",
        EvidenceKind.FELLOWSHIP: "fellowship",
        EvidenceKind.PROGRAM: "fellowship",
        EvidenceKind.EXCLUSION: "not_excluded",
    }
    if kind in about:
        assert made[about[kind]].outcome == "unverified"


def test_a_positive_in_a_torn_list_is_doubtful_and_a_negative_stands() -> None:
    reports = (source(EvidenceKind.CERTIFICATE, torn="row 9"),)
    held = finding(dossier(certificate(), reports=reports), "board_certification")
    assert (held.outcome, codes(held)) == ("unverified", {"source_damaged"})
    lost = finding(dossier(certificate(status="Revoked"), reports=reports), "board_certification")
    assert lost.outcome == "not_met"


@examples(100)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)))
def test_a_day_in_the_past_is_never_judged_by_a_word_of_today_alone(as_of: dt.date) -> None:
    """A loss without a day is a negative only from the day on which the list tells it."""
    told = dt.date(2026, 11, 1)
    case = dossier(certificate(status="Suspended", issued="2001-01-01", expires=day("2035-01-01")))
    made = check(case, STANDARD, as_of)
    (found,) = (each for each in made.findings if each.requirement == "board_certification")
    if as_of < told:
        assert found.outcome != "met"
        assert "certificate_suspended" not in codes(found)
