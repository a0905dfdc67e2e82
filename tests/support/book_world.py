"""A demo world with a book: what is known of one physician there hangs on the book alone."""

from pathlib import Path
from typing import Any

from credcheck.model import Verdict
from tests.support.world import copy_demo, findings, judge

ALMA = "2000001075"
OLIVE = "2100000415"
MET = "met"


def make_book_world(folder: Path) -> Path:
    """The demo world with a book, and without Alma's rows in the board and fellowship listings."""
    folder = copy_demo(folder)
    config = folder / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + '\n[sources.book]\nadapter = "book"\n', encoding="utf-8")
    for name in ("boards.csv", "fellowships.csv"):
        strike(folder / name, ALMA)
    config.write_text(
        config.read_text(encoding="utf-8").replace(
            'path = "boards.csv"\nauthority = "primary"\ncoverage = "complete"',
            'path = "boards.csv"\nauthority = "primary"\ncoverage = "partial"',
        ),
        encoding="utf-8",
    )
    return folder


def strike(path: Path, npi: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if npi not in x), encoding="utf-8")


def alma(world: Path, **more: Any) -> Verdict:
    (verdict,) = judge(world, ALMA, **more)
    return verdict


def certificate_finding(world: Path, **more: Any) -> str:
    return findings(alma(world, **more))["board_certification"]


def append_board_row(world: Path, status: str) -> None:
    path = world / "boards.csv"
    row = (
        f"{ALMA},Abernathy,Alma,,,,,,,,American Board of Anesthesiology,Pain Medicine,"
        f"subspecialty,{status},2016-09-10,2027-12-31,time_limited,,,2026-10-20\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")


def strike_coverage(world: Path, name: str) -> None:
    config = world / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    old = f'path = "{name}"\nauthority = "primary"\ncoverage = "complete"'
    assert old in text
    config.write_text(text.replace(old, old.replace("complete", "partial")), encoding="utf-8")
