"""Who is at a place: in practice or by license, of a code, and in service."""

from pathlib import Path

import pytest

from credcheck.model import Registration
from credcheck.source import PlaceQuestion
from tests.sources.nppes_file.imported import brought_in, registry
from tests.support.dissemination import individual, write

ANN, BEA, CAL, DOT = "2000001075", "2000001083", "2000001091", "2000001109"
EVE, FAY, GUS = "2000001117", "2000001125", "2000001133"
PAIN = frozenset({"207LP2900X", "208VP0014X"})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    rows = [
        individual(ANN, "ALDER", "ANN", code="208VP0014X", city="ST. LOUIS", state="MO",
                   zip_code="631011234"),
        individual(BEA, "BIRCH", "BEA", code="207LP2900X", city="KANSAS CITY", state="KS",
                   license="77", license_state="MO"),
        individual(CAL, "CEDAR", "CAL", code="207L00000X", city="SAINT LOUIS", state="MO"),
        individual(DOT, "DOGWOOD", "DOT", code="207LP2900X", city="Saint  Louis", state="MO",
                   zip_code="63110-0001"),
        individual(EVE, "ELM", "EVE", code="208VP0014X", city="ST LOUIS", state="MO",
                   deactivated="05/01/2026"),
        individual(FAY, "FIR", "FAY", code="363LF0000X", city="ST LOUIS", state="MO"),
        individual(GUS, "GUM", "GUS", code="208VP0014X", city="SAINT LOUIS", state="IL"),
    ]  # fmt: skip
    brought_in(folder / "store", write(folder, rows))
    return folder / "store"


def found(store: Path, **question: object) -> list[str]:
    asked = PlaceQuestion(**{"codes": PAIN, **question})  # type: ignore[arg-type]
    claims = registry(store).list_people(asked).claims
    return [x.record.names[0].last for x in claims if isinstance(x.record, Registration)]


@pytest.mark.parametrize("city", ["St. Louis", "SAINT LOUIS", " st louis ", "Saint-Louis"])
def test_who_practices_in_a_city_however_it_is_written(store: Path, city: str) -> None:
    assert found(store, state="MO", city=city) == ["ALDER", "DOGWOOD"]


def test_without_a_city_who_is_licensed_in_the_state_is_there_too(store: Path) -> None:
    assert found(store, state="mo") == ["ALDER", "BIRCH", "DOGWOOD"]


def test_a_license_of_the_state_is_no_practice_in_its_cities(store: Path) -> None:
    assert found(store, state="MO", city="Kansas City") == []


def test_a_city_of_that_name_in_another_state_is_another(store: Path) -> None:
    assert found(store, state="IL", city="Saint Louis") == ["GUM"]


@pytest.mark.parametrize(
    ("zip_code", "right"),
    [("63101", ["ALDER"]), ("63110", ["DOGWOOD"]), ("631", ["ALDER", "DOGWOOD"]), ("64101", [])],
)
def test_a_zip_code_or_its_beginning(store: Path, zip_code: str, right: list[str]) -> None:
    assert found(store, state="MO", zip_code=zip_code) == right
    assert found(store, state="MO", city="Saint Louis", zip_code=zip_code) == right
    assert found(store, state="MO", city="Columbia", zip_code=zip_code) == []


def test_other_codes_find_others(store: Path) -> None:
    codes = frozenset({"207L00000X"})
    assert found(store, state="MO", city="St. Louis", codes=codes) == ["CEDAR"]


def test_nobody_in_a_state_without_anybody(store: Path) -> None:
    assert found(store, state="VT") == []
