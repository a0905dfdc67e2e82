"""The site's pages and pictures: laid out, linked and current. The generator itself runs in .ci/run."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "zensical.toml"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    load("site").stage(tmp_path)
    return tmp_path


def test_every_page_is_in_one_menu_and_every_picture_is_there(staged: Path) -> None:
    assert list(load("site").find_faults(staged, CONFIG)) == []


def test_what_the_generator_overlooks_is_found(staged: Path) -> None:
    (staged / "stray.md").write_text("![x](none.svg)", encoding="utf-8")
    (staged / "tutorial.md").unlink()
    faults = [
        "stray.md: in no menu",
        "tutorial.md: in a menu, but not there",
        "stray.md: no picture none.svg",
    ]
    assert list(load("site").find_faults(staged, CONFIG)) == faults


def test_links_to_pages_at_the_root_lead_into_the_site(staged: Path) -> None:
    page = (staged / "explanation" / "hardening.md").read_text(encoding="utf-8")
    assert "(../project/security.md#what-is-not-defended-against)" in page
    spreadsheets = (staged / "from-your-spreadsheets.md").read_text(encoding="utf-8")
    assert "`fixtures/hospital`" in spreadsheets
    assert "](../fixtures" not in spreadsheets


@pytest.mark.slow
@pytest.mark.parametrize("name", ["meets.svg", "does-not-meet.svg", "audit.svg"])
def test_a_picture_shows_what_a_run_prints(name: str) -> None:
    """If this fails: python docs/make.py."""
    pytest.importorskip("termios", reason="pictures are of a terminal, which this system lacks")
    pictures = load("pictures")
    assert set(pictures.PICTURES) == {path.name for path in pictures.FOLDER.iterdir()}
    kept = (pictures.FOLDER / name).read_text(encoding="utf-8")
    now = pictures.draw(pictures.PICTURES[name])
    assert pictures.read_text(kept) == pictures.read_text(now)
    assert "http://www.w3.org/2000/svg" in kept
    assert "https://cdn" not in kept
