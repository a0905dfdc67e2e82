"""Who is found by name: just so, formerly, in a state, or near it."""

from pathlib import Path

import pytest

from tests.sources.nppes_file.imported import bearers, brought_in, registry
from tests.support.dissemination import individual, write

ALMA, BORIS, CARLA, DARA = "2000001075", "2000001083", "2000001091", "2000001109"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    rows = [
        individual(ALMA, "ABERNATHY", "ALMA", other_last="O'CONNOR", other_kind="1"),
        individual(BORIS, "BOWMAN", "ROBERT", state="PA", license="1", license_state="NY"),
        individual(CARLA, "DE LA CRUZ-VEGA", "CARLA"),
        individual(DARA, "BOWMAN", "R"),
    ]
    brought_in(folder / "store", write(folder, rows))
    return folder / "store"


@pytest.mark.parametrize(
    ("last", "first", "found"),
    [
        ("Abernathy", "Alma", [ALMA]),
        ("OConnor", "Alma", [ALMA]),
        ("Delacruz Vega", "Carla", [CARLA]),
        ("Vega", "Carla", []),
        ("Bowman", "Bob", []),
        ("Nobody", "Known", []),
    ],
)
def test_a_plain_question_finds_the_very_name_now_or_formerly(
    last: str, first: str, found: list[str], store: Path
) -> None:
    assert bearers(registry(store), last, first) == found


@pytest.mark.parametrize(("state", "found"), [("PA", [BORIS]), ("ny", [BORIS]), ("OH", [])])
def test_a_state_is_one_of_practice_or_licence(state: str, found: list[str], store: Path) -> None:
    assert bearers(registry(store), "Bowman", "Robert", state=state) == found


@pytest.mark.parametrize(
    ("last", "first", "wanted"),
    [
        ("Abernaty", "Alma", ALMA),
        ("Abernathy", "Amla", ALMA),
        ("Abrnathy", "Elma", ALMA),
        ("Abernty", "Alma", ALMA),
        ("Alma", "Abernathy", ALMA),
        ("O'Conor", "Alma", ALMA),
        ("Bowman", "Bob", BORIS),
        ("Vega", "Carla", CARLA),
        ("Cruz-Vega", "Karla", CARLA),
        ("Bowman", "R", BORIS),
        ("Bowman", "Richard", DARA),
    ],
)
def test_a_near_question_finds_misprints_short_forms_halves_swaps_and_initials(
    last: str, first: str, wanted: str, store: Path
) -> None:
    assert wanted in bearers(registry(store), last, first, near=True)[:2]


def test_a_near_question_keeps_to_the_state(store: Path) -> None:
    assert bearers(registry(store), "Bowmann", "Robert", near=True, state="PA") == [BORIS]
    assert BORIS not in bearers(registry(store), "Bowmann", "Robert", near=True, state="OH")


@pytest.mark.parametrize("name", ["", "-", "'", "1", "日本", "x" * 500, "%", "\\", "\x00"])
def test_no_name_breaks_a_question(name: str, store: Path) -> None:
    for near in (False, True):
        assert isinstance(bearers(registry(store), name, name, near=near), list)
