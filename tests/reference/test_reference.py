import csv

import pytest

from credcheck.reference import table
from credcheck.reference.boards import all_boards, find_boards
from credcheck.reference.labels import list_phrases, phrase
from credcheck.reference.specialties import (
    SPECIALTIES,
    certificate_specialty,
    is_physician_code,
    taxonomy,
    taxonomy_name,
)
from credcheck.reference.understanding import understand_word
from credcheck.reference.vocabulary import normalize_phrase


def test_abms_has_24_member_boards() -> None:
    assert sum(board.member_of == "ABMS" for board in all_boards()) == 24


def test_a_boards_full_name_means_that_board_alone() -> None:
    for board in all_boards():
        assert find_boards(board.name) == (board,)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("American Board of Anesthesiology", ["ABA"]),
        ("the american board of  ANESTHESIOLOGY", ["ABA"]),
        ("ABA", ["ABA"]),
        ("American Board of Physical Medicine & Rehabilitation", ["ABPMR"]),
        ("ABPM&R", ["ABPMR"]),
        ("American Board of Orthopedic Surgery", ["ABOS"]),
        ("ABPM", ["ABPrevM", "AMBPM"]),
        ("ABPS", ["ABPlS", "ABPSp"]),
        ("American Board of Pain Mgmt", []),
        ("American Bd of Anesthesiologists", []),
        ("American Board of Anesthesiology and Pain", []),
        ("", []),
    ],
)
def test_boards_are_told_whole_or_not_at_all(text: str, ids: list[str]) -> None:
    assert [board.id for board in find_boards(text)] == ids


def test_every_row_says_what_it_rests_on() -> None:
    for name in ("boards.csv", "certificates.csv"):
        for row in csv.DictReader(table(name).splitlines()):
            assert row["basis"] in {"seen", "memory"}


@pytest.mark.parametrize(
    ("text", "specialty"),
    [
        ("Pain Medicine", "pain_medicine"),
        ("Pain Management", "pain_medicine"),
        ("PAIN  MEDICINE", "pain_medicine"),
        ("Hospice and Palliative Medicine", "hospice_and_palliative_medicine"),
        ("Regional Anesthesiology and Acute Pain Medicine", "other"),
        ("Orofacial Pain", "other"),
        ("Headache Medicine", "other"),
        ("Neurology", "neurology"),
        ("Emergency Medicine", "emergency_medicine"),
        ("Interventional Pain", None),
        ("Pain", None),
        ("Orthopedic Surgery", "orthopaedic_surgery"),
    ],
)
def test_certificates_are_told_by_their_whole_name(text: str, specialty: str | None) -> None:
    assert certificate_specialty(text) == specialty


@pytest.mark.parametrize(
    ("code", "base"),
    [
        ("207L00000X", "anesthesiology"),
        ("207LP2900X", "anesthesiology"),
        ("2081P2900X", "physical_medicine_and_rehabilitation"),
        ("2084P2900X", "psychiatry_and_neurology"),
        ("208VP0014X", "none"),
        ("208VP0000X", "none"),
        ("2084A2900X", "psychiatry_and_neurology"),
        ("207XS0117X", "orthopaedic_surgery"),
        ("207T00000X", "neurological_surgery"),
        ("367500000X", "not_physician"),
        ("390200000X", "trainee"),
    ],
)
def test_a_taxonomy_code_carries_its_base_or_none(code: str, base: str) -> None:
    found = taxonomy(code)
    assert found is not None
    assert found.base == base


def test_the_table_of_taxonomies_is_sound() -> None:
    rows = list(csv.DictReader(table("taxonomies.csv").splitlines()))
    assert len({row["code"] for row in rows}) == len(rows)
    bases = {*SPECIALTIES, "other", "none", "unclear", "trainee", "not_physician"} - {
        "pain_medicine"
    }
    for row in rows:
        assert row["base"] in bases
        expected = row["base"] not in {"trainee", "not_physician"}
        assert is_physician_code(row["code"]) is expected, row


@pytest.mark.parametrize("code", ["207L00000", "207L00000XX", "1207L0000X", "20", "207l00000X"])
def test_a_code_is_compared_whole(code: str) -> None:
    assert not is_physician_code(code)


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert taxonomy_name("208999999X") == "208999999X"
    assert taxonomy_name("207L00000X") == "Anesthesiology (207L00000X)"


@pytest.mark.parametrize(
    ("group", "text", "means"),
    [
        ("certificate", "Certified", "certified"),
        ("certificate", "NOT CERTIFIED", "not_certified"),
        ("certificate", "Not Board Certified", "not_certified"),
        ("certificate", "Was Certified", "inactive"),
        ("certificate", "Certified (pending)", None),
        ("certificate", "", None),
        ("accreditation", "Continued Accreditation with Warning", "accredited"),
        ("accreditation", "Probationary Accreditation", "accredited"),
        ("accreditation", "Pre-Accreditation", "not_accredited"),
        ("accreditation", "Initial Accreditation - Contingent", "not_accredited"),
        ("accreditation", "Accreditation Withheld", "not_accredited"),
        ("accreditation", "Voluntary Withdrawal", "withdrawn"),
        ("accreditation", "Accredited?", None),
        ("fellowship", "completed", "completed"),
        ("fellowship", "Leave of Absence", "in_progress"),
        ("fellowship", "Dismissed", "not_completed"),
        ("specialty", "Pain medicine (multidisciplinary)", "pain_medicine"),
        ("specialty", "Regional anesthesiology and acute pain medicine", "other"),
    ],
)
def test_status_words_mean_what_they_say_as_a_whole(
    group: str, text: str, means: str | None
) -> None:
    assert understand_word(group, text).value == means


def test_a_phrase_ignores_case_spacing_and_punctuation() -> None:
    assert (
        normalize_phrase("  Physical Medicine & Rehabilitation. ")
        == "physical medicine and rehabilitation"
    )
    assert normalize_phrase("Program's") == "programs"


def test_a_reason_that_another_one_says_too_is_said_once() -> None:
    both = list_phrases(["waiver", "excluded"], "not_excluded")
    assert both == list_phrases(["waiver"], "not_excluded") == phrase("waiver", "not_excluded")
    assert list_phrases(["excluded"], "not_excluded") == "excluded"
