"""Names that only seem to agree, or only seem to differ."""

import csv
from pathlib import Path

import pytest

from credcheck.model import PersonName, Query, Verdict
from credcheck.model.npi import parse
from tests.badinputs.world import FILES, judged, world
from tests.support.cli import credcheck

pytestmark = pytest.mark.slow


def asked(name: str, place: int = 0) -> Query:
    """Return a row of a roster as a query."""
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[place]
    person = PersonName(last=row["last_name"], first=row["first_name"])
    return Query(npi=parse(row["npi"]), person=person)


def verdict(folder: Path, query: Query, *, named: str = "") -> Verdict:
    """Judge a query; ``named`` is the family name that the registry has for the number."""
    made = world(folder)
    if named:
        registry = folder / "nppes.json"
        text = registry.read_text(encoding="utf-8")
        registry.write_text(text.replace('"GARCIA"', f'"{named}"'), encoding="utf-8")
        for listing in (folder / "boards.csv", folder / "fellowships.csv"):
            text = listing.read_text(encoding="utf-8")
            listing.write_text(text.replace("GARCIA", named), encoding="utf-8")
    (found,) = judged(made, query)
    return found


def test_bi_116_another_spelling_of_both_names_is_another_name(tmp_path: Path) -> None:
    found = verdict(tmp_path, asked("roster_name_mismatch.csv"), named="SMITH")
    assert found.outcome == "unverified"
    (reason,) = found.findings[0].reasons
    assert reason.code == "identity_conflict"
    assert "SMITH" in reason.message
    assert "SMYTHE" in reason.message


def test_bi_117_a_listing_that_bears_nothing_but_names(tmp_path: Path) -> None:
    (found,) = judged(world(tmp_path, boards_csv="board_no_npi.csv"))
    assert found.outcome == "unverified"
    (finding,) = (x for x in found.findings if x.requirement == "board_certification")
    assert "identity_ambiguous" in {reason.code for reason in finding.reasons}
    assert "a name alone is not proof" in " ".join(reason.message for reason in finding.reasons)


def test_bi_119_a_right_to_left_override_is_shown_and_never_acts(tmp_path: Path) -> None:
    query = asked("roster_rlo.csv")
    assert query.person is not None
    assert "\u202e" in query.person.last
    assert verdict(tmp_path, query).outcome == "unverified"
    ran = credcheck("search", str(query.person), "--demo", "--format", "table")
    assert "\u202e" not in ran.out + ran.err
    listing, out = tmp_path / "list.csv", tmp_path / "out.csv"
    listing.write_bytes((FILES / "roster_rlo.csv").read_bytes())
    assert credcheck("match", str(listing), "-o", str(out), "--demo").status == 0
    text = out.read_text(encoding="utf-8")
    assert "\u202e" not in text
    assert "\\u202e" in text


def test_bi_120_a_cyrillic_letter_is_not_a_latin_one(tmp_path: Path) -> None:
    found = verdict(tmp_path, asked("roster_cyrillic.csv"))
    assert found.outcome == "unverified"
    (reason,) = found.findings[0].reasons
    assert reason.code == "identity_conflict"
    assert "mixed scripts" in reason.message


def test_bi_121_composed_and_decomposed_accents_are_one(tmp_path: Path) -> None:
    query = asked("roster_nfd.csv")
    assert query.person is not None
    assert "\u0303" in query.person.last
    assert verdict(tmp_path, query, named="MU\u00d1OZ").outcome == "meets"


def test_bi_123_hidden_signs_and_ligatures_are_folded(tmp_path: Path) -> None:
    assert verdict(tmp_path, asked("roster_nbsp_soft.csv"), named="GARCIA LOPEZ").outcome == "meets"
    second = asked("roster_nbsp_soft.csv", 1)
    assert verdict(tmp_path, second).findings[0].reasons[0].code == "identity_conflict"
