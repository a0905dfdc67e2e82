"""The gates that the identity benchmark must keep: a match is nearly never wrong."""

import pytest

from benchmarks.identity.run import DATA, credcheck
from benchmarks.identity.score import Score, read_truth, score
from credcheck.matching import FileRegistry, read_people

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def result() -> Score:
    registry = FileRegistry(read_people(DATA / "population.csv", {}))
    return score(credcheck(registry, DATA), read_truth(DATA / "truth.csv"))


def test_precision(result: Score) -> None:
    assert result.precision >= 0.999
    assert result.false <= 2


def test_recall(result: Score) -> None:
    assert result.recall >= 0.74


def test_nobody_is_matched_who_is_not_there_or_bears_another_number(result: Score) -> None:
    assert not {"absent", "homonym_family", "npi_other"} & result.false_by_class.keys()


def test_the_score_counts_what_it_says() -> None:
    truth = [
        {"listing_row_id": "1", "true_npi": "1", "also_ok": "", "class": "clean"},
        {"listing_row_id": "2", "true_npi": "2", "also_ok": "22", "class": "clean"},
        {"listing_row_id": "3", "true_npi": "", "also_ok": "", "class": "absent"},
        {"listing_row_id": "4", "true_npi": "4", "also_ok": "", "class": "clean"},
    ]
    decisions = {"1": ("match", "1"), "2": ("match", "22"), "3": ("match", "9")}
    found = score(decisions, truth)
    assert (found.right, found.false, found.in_registry) == (2, 1, 3)
    assert found.false_by_class == {"absent": 1}
    assert found.recall == pytest.approx(2 / 3)
    assert found.lower_bound < found.precision == pytest.approx(2 / 3)
