"""Rule kind ``fellowship``."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from credcheck.model import (
    Authority,
    Coverage,
    EvidenceKind,
    Fellowship,
    Program,
    Record,
    SourceState,
)
from credcheck.standards.loader import load_standard
from tests.support.build import (
    codes,
    dossier,
    evidence,
    fellowship,
    finding,
    program,
    source,
    sources,
)


def judged(*records: Record, **coverage: Coverage) -> tuple[str, set[str]]:
    listed = records if any(isinstance(x, Program) for x in records) else (*records, program())
    found = finding(dossier(*listed, reports=sources(**coverage)), "fellowship")
    return found.outcome, codes(found)


def test_a_completed_accredited_year_meets_it() -> None:
    assert judged(fellowship()) == ("met", {"fellowship_accredited"})


class TestCompletion:
    """An end date is a plan until somebody confirms it."""

    def test_the_end_day_itself_counts(self) -> None:
        assert judged(fellowship(start_date="2025-11-02", end_date="2026-11-01"))[0] == "met"

    @pytest.mark.parametrize("status", ["", "Active", "Completed", "Future Start Date"])
    def test_an_end_after_the_day_is_in_progress(self, status: str) -> None:
        later = fellowship(start_date="2026-07-01", end_date="2027-06-30", status=status)
        assert judged(later) == ("not_met", {"fellowship_in_progress"})

    def test_on_a_day_before_its_end_it_was_not_completed(self) -> None:
        past = dossier(fellowship(), program())
        assert finding(past, "fellowship", as_of=dt.date(2015, 1, 1)).outcome == "not_met"

    def test_completed_before_its_end_is_a_contradiction(self) -> None:
        early = fellowship(end_date="2026-10-15", start_date="2025-10-16", verified_on="2026-01-10")
        assert judged(early) == ("unverified", {"contradiction"})

    @pytest.mark.parametrize("status", ["", "Active", "Leave of Absence"])
    def test_a_past_end_without_confirmation_is_unverified(self, status: str) -> None:
        found = judged(fellowship(status=status))
        assert found == ("unverified", {"fellowship_completion_unconfirmed"})

    def test_verified_on_or_after_the_end_confirms_it(self) -> None:
        assert judged(fellowship(status="", verified_on="2015-06-30"))[0] == "met"
        assert judged(fellowship(status="", verified_on="2015-06-29"))[0] == "unverified"

    def test_a_status_that_says_otherwise_is_not_overruled_by_a_verification(self) -> None:
        still = fellowship(status="Active", verified_on="2026-09-15")
        assert judged(still) == ("unverified", {"fellowship_completion_unconfirmed"})

    def test_verified_in_the_year_of_the_end_may_be_before_it(self) -> None:
        assert judged(fellowship(status="", verified_on="2015"))[0] == "unverified"

    @pytest.mark.parametrize("status", ["Withdrawn", "Dismissed"])
    def test_a_fellowship_that_was_left_is_not_completed(self, status: str) -> None:
        assert judged(fellowship(status=status)) == ("not_met", {"fellowship_not_completed"})

    def test_a_status_that_is_not_known_is_unverified(self) -> None:
        found = judged(fellowship(status="Completed early"))
        assert found == ("unverified", {"not_understood"})

    def test_in_progress_without_an_end(self) -> None:
        found = judged(fellowship(status="Active", end_date=None))
        assert found == ("not_met", {"fellowship_in_progress"})

    def test_another_row_that_says_it_was_left_is_a_contradiction(self) -> None:
        both = (fellowship(), fellowship(status="Withdrawn"))
        assert judged(*both) == ("unverified", {"contradiction"})

    def test_another_try_that_was_left_later_is_no_matter(self) -> None:
        again = fellowship(status="Withdrawn", start_date="2018-07-01", end_date="2018-12-31")
        assert judged(fellowship(), again)[0] == "met"


class TestLength:
    """Twelve months: 360 days count, 270 to 359 are unverified, fewer do not count."""

    @pytest.mark.parametrize(
        ("end", "outcome"),
        [
            ("2015-06-30", "met"),
            ("2015-06-25", "met"),  # 360 days
            ("2015-06-24", "unverified"),  # 359
            ("2015-03-27", "unverified"),  # 270
            ("2015-03-26", "not_met"),  # 269
        ],
    )
    def test_the_limits(self, end: str, outcome: str) -> None:
        found = judged(fellowship(end_date=end))
        assert found[0] == outcome
        assert outcome == "met" or found[1] == {"fellowship_too_short"}

    @pytest.mark.parametrize(
        ("start", "end", "outcome"),
        [
            ("2014-07", "2015-06", "unverified"),
            ("2014", "2015", "unverified"),
            ("2014", "2016", "met"),
            ("2014-07", "2014-12", "not_met"),
        ],
    )
    def test_vague_dates_leave_a_range(self, start: str, end: str, outcome: str) -> None:
        assert judged(fellowship(start_date=start, end_date=end))[0] == outcome

    @pytest.mark.parametrize("missing", ["start_date", "end_date"])
    def test_a_missing_date_is_unverified(self, missing: str) -> None:
        changes: dict[str, Any] = {missing: None}
        assert judged(fellowship(**changes)) == ("unverified", {"fellowship_dates_unknown"})

    def test_an_end_before_the_start_is_a_contradiction(self) -> None:
        turned = fellowship(start_date="2015-06-30", end_date="2014-07-01")
        assert judged(turned) == ("unverified", {"contradiction"})


class TestProgramme:
    """In the specialty, accredited by the right body, on the completion date."""

    @pytest.mark.parametrize(
        "status",
        [
            *("Initial Accreditation", "Initial Accreditation with Warning"),
            *("Continued Accreditation", "Continued Accreditation with Warning"),
            "Probationary Accreditation",
        ],
    )
    def test_these_count(self, status: str) -> None:
        assert judged(fellowship(), program(status=status))[0] == "met"

    @pytest.mark.parametrize(
        "status",
        ["Accreditation Withheld", "Pre-Accreditation", "Initial Accreditation Contingent"],
    )
    def test_these_do_not(self, status: str) -> None:
        found = judged(fellowship(), program(status=status))
        assert found == ("not_met", {"program_not_accredited"})

    def test_a_withdrawn_program_counts_for_training_finished_by_then(self) -> None:
        gone = program(status="Withdrawn", accredited_to="2015-06-30")
        assert judged(fellowship(), gone)[0] == "met"
        earlier = program(status="Withdrawn", accredited_to="2015-06-29")
        assert judged(fellowship(), earlier) == ("not_met", {"program_not_accredited"})

    def test_a_withdrawal_without_a_date_is_unverified(self) -> None:
        assert judged(fellowship(), program(status="Withdrawn"))[0] == "unverified"

    def test_accredited_only_later_is_a_negative(self) -> None:
        found = judged(fellowship(), program(accredited_from="2018-07-01"))
        assert found == ("not_met", {"program_not_accredited"})

    @pytest.mark.parametrize("begun", [None, "2015"])
    def test_a_beginning_that_is_not_known_well_enough_is_unverified(self, begun: Any) -> None:
        found = judged(fellowship(), program(accredited_from=begun))
        assert found == ("unverified", {"fellowship_dates_unknown"})

    def test_a_status_that_is_not_known_is_unverified(self) -> None:
        found = judged(fellowship(), program(status="Accredited (see letter)"))
        assert found == ("unverified", {"not_understood"})

    @pytest.mark.parametrize("accreditor", ["CAST", "None", "not accredited"])
    def test_another_accreditor_is_not_recognized(self, accreditor: str) -> None:
        found = judged(fellowship(), program(accreditor=accreditor))
        assert found == ("not_met", {"accreditation_not_recognized"})

    @pytest.mark.parametrize("accreditor", ["", "UCNS", "ACGM"])
    def test_an_accreditor_that_is_not_understood_is_unverified(self, accreditor: str) -> None:
        found = judged(fellowship(), program(accreditor=accreditor))
        assert found == ("unverified", {"not_understood"})

    @pytest.mark.parametrize("accreditor", ["acgme", "ACGME/AOA", "ACGME (ACGME)"])
    def test_an_accreditor_is_understood_in_any_plain_writing(self, accreditor: str) -> None:
        assert judged(fellowship(), program(accreditor=accreditor))[0] == "met"

    @pytest.mark.parametrize(
        ("start", "end", "outcome"),
        [
            ("2019-07-01", "2020-06-30", "met"),
            ("2019-07-02", "2020-07-01", "not_met"),
            ("2019", "2020", "unverified"),
        ],
    )
    def test_the_aoa_counts_for_training_until_it_stopped(
        self, start: str, end: str, outcome: str
    ) -> None:
        osteopathic = {"program_code": "AOA 126"}
        trained = fellowship(**osteopathic, start_date=start, end_date=end)
        assert judged(trained, program(**osteopathic, accreditor="AOA"))[0] == outcome
        strict = load_standard("interventional-pain-strict")
        found = finding(
            dossier(trained, program(**osteopathic, accreditor="AOA")), "fellowship", strict
        )
        assert found.outcome == "not_met"

    def test_a_negative_status_decides_without_an_accreditor(self) -> None:
        found = judged(fellowship(), program(status="Not Accredited", accreditor=""))
        assert found == ("not_met", {"program_not_accredited"})

    def test_a_negative_status_of_today_leaves_a_period_that_it_gives(self) -> None:
        was = {"status": "Accreditation Withheld", "accredited_to": "2020-06-30"}
        assert judged(fellowship(), program(**was))[0] == "met"
        assert judged(fellowship(), program(**was, accredited_from=None))[0] == "unverified"

    def test_another_specialty_does_not_meet_it(self) -> None:
        spine = {"program_code": "2673821001", "specialty": "Orthopaedic Surgery of the Spine"}
        found = judged(fellowship(**spine), program(**spine), fellowship=Coverage.COMPLETE)
        assert found == ("not_met", {"fellowship_wrong_specialty"})

    def test_another_specialty_in_a_partial_list_is_as_good_as_nothing(self) -> None:
        spine = {"program_code": "2673821001", "specialty": "Orthopaedic Surgery of the Spine"}
        for said in (spine, spine | {"specialty": ""}):
            found = judged(fellowship(**said), program(**spine))
            assert found == ("unverified", {"not_found_in_partial_source"})

    @pytest.mark.parametrize(
        "number", ["530-38-12001", "5303812001.0", "#5303812001", " 5303812001 "]
    )
    def test_a_number_is_understood_with_plain_damage(self, number: str) -> None:
        assert judged(fellowship(program_code=number))[0] == "met"

    @pytest.mark.parametrize("number", ["5.30381E+09", "53038120", "530381200A"])
    def test_a_number_of_another_form_is_not_understood(self, number: str) -> None:
        found = judged(fellowship(program_code=number))
        assert found == ("unverified", {"not_understood"})

    def test_a_code_of_before_2008_is_told(self) -> None:
        older = {"program_code": "0483821001"}
        years = {"start_date": "2002-07-01", "end_date": "2003-06-30"}
        assert judged(fellowship(**older, **years)) == ("unverified", {"program_unknown"})
        found = judged(fellowship(**older, **years), program(**older))
        assert found == ("unverified", {"program_unknown"})

    @pytest.mark.parametrize(
        ("name", "outcome"),
        [
            ("Columbus Pain Medicine Program", "met"),
            ("Univ of Columbus Pain Medicine", "met"),
            ("Pain Medicine Fellowship", "met"),
            ("CPMP", "met"),
            ("Beverly Hills Private Spine Fellowship", "unverified"),
            ("Akron Pain Medicine Program", "unverified"),
        ],
    )
    def test_a_name_must_not_be_another_programs(self, name: str, outcome: str) -> None:
        akron = program(program_code="5303812002", name="Akron Pain Medicine Program")
        assert judged(fellowship(program_name=name), program(), akron)[0] == outcome

    @pytest.mark.parametrize(
        ("row", "listed"),
        [
            ({"specialty": "Regional Anesthesiology and Acute Pain Medicine"}, {}),
            ({"program_code": "2673821001"}, {"program_code": "2673821001"}),
            ({}, {"specialty": "Regional anesthesiology and acute pain medicine"}),
        ],
    )
    def test_specialties_that_disagree_are_a_contradiction(self, row: Any, listed: Any) -> None:
        assert judged(fellowship(**row), program(**listed)) == ("unverified", {"contradiction"})

    def test_one_of_several_rows_of_a_program_is_enough(self) -> None:
        early = program(
            status="Withdrawn", accredited_from="1990-07-01", accredited_to="1994-06-30"
        )
        assert judged(fellowship(), early, program())[0] == "met"

    def test_a_number_that_a_complete_list_lacks_is_a_negative(self) -> None:
        found = judged(fellowship(program_code="5303899999"))
        assert found == ("not_met", {"program_unknown"})

    @pytest.mark.parametrize(
        "other",
        [
            {"status": "Withdrawn", "accredited_to": "2014-06-30"},
            {"status": "Withdrawn", "accredited_to": "2015"},
            {"status": "Withdrawn"},
            {"status": "Voluntary Withdrawal", "accredited_from": None, "accredited_to": "2010"},
            {"accredited_to": "2014-06-30"},
            {"status": "Withdrawn", "accredited_to": "2014-06-30", "name": "Another name"},
            {"status": "Withdrawn", "accredited_to": "2014-06-30", "program_code": "530-3812-001"},
        ],
    )
    def test_two_rows_that_disagree_on_the_day_are_a_contradiction(self, other: Any) -> None:
        outcome, reasons = judged(fellowship(), program(), program(**other))
        assert outcome == "unverified"
        assert "contradiction" in reasons

    def test_a_stale_list_that_lets_it_end_before_is_a_doubt(self) -> None:
        stale = source(EvidenceKind.PROGRAM, state=SourceState.STALE, name="older")
        ended = evidence(
            program(status="Withdrawn", accredited_to="2013-06-30"), source="older", row=3
        )
        case = dossier(fellowship(), program(), ended, reports=(*sources(), stale))
        assert "contradiction" in codes(finding(case, "fellowship"))
        assert finding(case, "fellowship").outcome == "unverified"

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({}, {"status": "Withdrawn", "accredited_to": "2020-06-30"}),
            ({}, {"status": "Withdrawn", "accredited_to": "2015-06-30"}),
            (
                {"accredited_from": "2012-07-01"},
                {"status": "Withdrawn", "accredited_to": "2010-06-30"},
            ),
            (
                {"accredited_from": "1999-04-01"},
                {"status": "Initial Accreditation", "accredited_to": "1999-06-30"},
            ),
        ],
    )
    def test_two_rows_that_agree_on_the_day_do_not(self, one: Any, other: Any) -> None:
        assert judged(fellowship(), program(**one), program(**other))[0] == "met"

    @pytest.mark.parametrize("number", ["530381200", "303812001", "5303812-01"])
    def test_a_listed_number_that_lost_digits_may_be_the_one(self, number: str) -> None:
        assert judged(fellowship(), program(program_code=number)) == (
            "unverified",
            {"contradiction"},
        )

    def test_an_unlisted_number_beside_a_listed_name_is_a_contradiction(self) -> None:
        named = fellowship(program_code="5303812099", program_name=program().name)
        assert judged(named) == ("unverified", {"contradiction"})

    @pytest.mark.parametrize("accreditor", ["ACGME/None", "ACGME; unaccredited", "none and AOA"])
    def test_an_accreditor_and_none_at_once_is_not_understood(self, accreditor: str) -> None:
        found = judged(fellowship(), program(accreditor=accreditor))
        assert found == ("unverified", {"not_understood"})

    def test_a_number_that_a_partial_list_lacks_is_unverified(self) -> None:
        found = judged(fellowship(program_code="5303899999"), program=Coverage.PARTIAL)
        assert found == ("unverified", {"program_unknown"})

    def test_a_name_that_one_program_bears_finds_it(self) -> None:
        named = fellowship(program_code="", program_name="columbus pain medicine program")
        assert judged(named)[0] == "met"

    def test_a_name_that_two_programs_bear_finds_none(self) -> None:
        named = fellowship(program_code="", program_name="Columbus Pain Medicine Program")
        twin = program(program_code="5303812002")
        assert judged(named, program(), twin) == ("unverified", {"program_unknown"})

    def test_a_name_is_not_known_to_be_borne_by_one_where_rows_were_rejected(self) -> None:
        named = fellowship(program_code="", program_name="Columbus Pain Medicine Program")
        reports = tuple(
            msgspec.structs.replace(each, rejected=1)
            if EvidenceKind.PROGRAM in each.kinds
            else each
            for each in sources()
        )
        found = finding(dossier(named, program(), reports=reports), "fellowship")
        assert (found.outcome, codes(found)) == ("unverified", {"program_unknown"})

    def test_a_name_that_no_program_bears_is_unverified_even_in_a_complete_list(self) -> None:
        named = fellowship(program_code="", program_name="Pain Fellowship of Columbus")
        assert judged(named) == ("unverified", {"program_unknown"})

    @pytest.mark.parametrize(
        ("state", "code"),
        [
            (SourceState.FAILED, "source_failed"),
            (SourceState.STALE, "source_stale"),
            (SourceState.SKIPPED, "no_source"),
        ],
    )
    def test_a_program_list_that_was_not_usable(self, state: SourceState, code: str) -> None:
        reports = (source(EvidenceKind.FELLOWSHIP), source(EvidenceKind.PROGRAM, state=state))
        found = finding(dossier(fellowship(), program(), reports=reports), "fellowship")
        assert (found.outcome, codes(found)) == ("unverified", {code})

    def test_without_a_program_list_it_is_unverified(self) -> None:
        found = finding(
            dossier(fellowship(), reports=(source(EvidenceKind.FELLOWSHIP),)), "fellowship"
        )
        assert (found.outcome, codes(found)) == ("unverified", {"no_source"})

    def test_a_program_row_that_cannot_be_read_is_a_gap(self) -> None:
        unread = evidence(None, kind=EvidenceKind.PROGRAM, problem="has 3 fields")
        found = finding(dossier(fellowship(), unread), "fellowship")
        assert found.outcome == "unverified"
        assert "record_unreadable" in codes(found)


def test_one_good_fellowship_of_several_is_enough() -> None:
    short = fellowship(end_date="2014-09-30", start_date="2014-07-01")
    assert judged(short, fellowship(program_code="x"), fellowship())[0] == "met"


def test_absence_is_a_negative_only_in_a_complete_listing() -> None:
    assert judged() == ("unverified", {"not_found_in_partial_source"})
    assert judged(fellowship=Coverage.COMPLETE) == ("not_met", {"not_listed"})


def test_a_self_reported_fellowship_is_unverified() -> None:
    said = evidence(fellowship(), authority=Authority.SELF_REPORTED)
    found = finding(dossier(said, program()), "fellowship")
    assert (found.outcome, codes(found)) == ("unverified", {"self_reported"})


def test_the_finding_names_the_fellowship_and_the_program_as_evidence() -> None:
    found = finding(dossier(fellowship(), program()), "fellowship")
    assert found.evidence == ("fellowship-1", "program-2")


def test_every_check_is_told_in_the_way_to_the_finding() -> None:
    found = finding(dossier(fellowship(), program()), "fellowship")
    assert [str(step.outcome) for step in found.steps] == ["met"] * 3


def test_a_record_type_is_needed_to_weigh() -> None:
    assert isinstance(fellowship(), Fellowship)
