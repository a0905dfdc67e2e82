"""One table of cases through every entry point: whose a row is does not depend on who asks."""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from credcheck.identity.case import CandidateSet, NeedsNamesakes
from credcheck.identity.decision import decide
from credcheck.identity.exclusion import decide_exclusion
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import Scorer
from credcheck.model import Decision, Evidence, Verdict, verdict_from_json
from tests.identity.case_table import (
    Case,
    exclusion_cells,
    listing_cells,
    people_cells,
    person_record,
    read_cases,
    registry_cells,
    row_record,
)
from tests.support import dissemination
from tests.support.cli import credcheck
from tests.support.world import judge

CASES = read_cases()
IDS = [case.id for case in CASES]
STATES = [
    "CA",
    "TX",
    "FL",
    "NY",
    "PA",
    "IL",
    "GA",
    "NC",
    "MI",
    "NJ",
    "VA",
    "WA",
    "AZ",
    "MA",
    "TN",
    "IN",
    "MO",
    "MD",
    "WI",
    "CO",
]
AS_OF = dt.date(2026, 11, 1)
CONFIG = """
standard = "interventional-pain"

[sources.registry]
adapter = "nppes-file"
path = "npidata_pfile_20050523-20261108.csv"

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01

[sources.exclusions]
adapter = "listing"
kind = "exclusion"
path = "exclusions.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01
"""
STRANGERS = 3_000
"""People of other names and places, so that no name or city of the table is common."""


def people(case: Case) -> range:
    return range(1, len(case.people) + 1)


def check(case: Case, decision: str, reasons: Iterable[str], *, in_verdict: bool) -> None:
    """Hold a decision about person 1 against the table.

    A name that agrees in part matches where a listing is matched, and is a doubt in a verdict.
    """
    wanted, _, reason = case.evidence.partition(" ")
    if wanted == "in":
        assert decision == ("ambiguous" if in_verdict else "match")
        return
    assert decision == wanted
    assert not reason or not reasons or reason in reasons, reasons


class TestDecide:
    """The decision itself, for one person, with the registry asked only as it wants."""

    @pytest.mark.parametrize("case", CASES, ids=IDS)
    def test_about_one_person(self, case: Case) -> None:
        everybody = [Profile(person_record(case, x)) for x in people(case)]
        assess = Scorer(Profile(row_record(case)), default_frequencies())
        found = decide(assess, everybody[0], None)
        while isinstance(found, NeedsNamesakes):
            known = everybody if found.names else [x for x in everybody if x.npi in found.npis]
            asked = CandidateSet(known, named=bool(found.names))
            found = decide(assess, everybody[0], asked)
        assert found.why
        if case.evidence != "in part":
            check(case, found.decision, found.reasons, in_verdict=False)


class TestExclusions:
    """Exclusions ask the same, with a lower threshold."""

    @pytest.mark.parametrize("case", CASES, ids=IDS)
    def test_about_one_person(self, case: Case) -> None:
        everybody = [Profile(person_record(case, x)) for x in people(case)]
        assess = Scorer(Profile(row_record(case)), default_frequencies())
        found = decide_exclusion(assess, everybody[0], None)
        if isinstance(found, NeedsNamesakes):
            found = decide_exclusion(assess, everybody[0], CandidateSet(everybody))
        assert not isinstance(found, NeedsNamesakes)
        assert told(found.decision, found.reasons) == case.exclusion


def told(decision: str, reasons: Iterable[str]) -> str:
    """Return an exclusion's decision in the words of the table."""
    words = {"match": "excluded", "ambiguous": "possible", "conflict": "conflict"}
    return words.get(decision, "remark" if "named_so_elsewhere" in reasons else "clear")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write all cases into one world: each has names and numbers of its own."""
    folder = tmp_path_factory.mktemp("cases")
    dissemination.write(
        folder, [*(registry_cells(case, x) for case in CASES for x in people(case)), *strangers()]
    )
    write(folder / "boards.csv", map(listing_cells, CASES))
    write(folder / "exclusions.csv", map(exclusion_cells, CASES))
    write(folder / "roster.csv", ({"id": case.id, "npi": case.npi("1")} for case in CASES))
    write(
        folder / "people.csv",
        [
            *(people_cells(case, x) for case in CASES for x in people(case) if not is_group(case)),
            *(as_person(cells) for cells in strangers()),
        ],
    )
    (folder / "credcheck.toml").write_text(CONFIG, encoding="utf-8")
    return folder


def is_group(case: Case) -> bool:
    """Tell whether an organization is in the case: a file of people holds none."""
    return any(said.get("org") for said in case.people)


def strangers() -> list[dict[str, str]]:
    return [
        dissemination.individual(
            number(x), f"STRANGER{x % 897}", f"NOBODY{x % 241}", state=STATES[x % len(STATES)]
        )
        for x in range(STRANGERS)
    ]


def number(place: int) -> str:
    from credcheck.model.npi import check_digit

    first = f"29{place:07d}"
    return first + check_digit(first)


def as_person(cells: Mapping[str, str]) -> dict[str, str]:
    return {
        "npi": cells["NPI"],
        "last_name": cells["Provider Last Name (Legal Name)"],
        "first_name": cells["Provider First Name"],
        "city": f"CITY {cells['NPI'][3:6]}",
        "state": cells["Provider Business Practice Location Address State Name"],
    }


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    made = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


@pytest.fixture(scope="module")
def verdicts(world: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    store = tmp_path_factory.mktemp("store")
    return judge(world, *(case.npi("1") for case in CASES), as_of=AS_OF, store=store)


@pytest.fixture(scope="module")
def matched(world: Path) -> dict[str, list[dict[str, str]]]:
    """Match the list of certificates against a file of people, and against the registry."""
    found = {}
    boards, toml = str(world / "boards.csv"), str(world / "credcheck.toml")
    store = {"CREDCHECK_STORE": str(world / "store")}
    ways = {"file": ["--registry", str(world / "people.csv")], "registry": ["--config", toml]}
    for way, words in ways.items():
        out = world / f"{way}.csv"
        ran = credcheck("match", boards, "-o", str(out), *words, env=store)
        assert ran.status == 0, ran.err
        with out.open(encoding="utf-8", newline="") as file:
            found[way] = list(csv.DictReader(file))
    return found


def evidence(verdict: Verdict, case: Case, source: str) -> list[Evidence]:
    """Return what a verdict has of the row of its case: of the others there is nothing."""
    row = CASES.index(case) + 1
    items = [item for item in verdict.evidence if item.source == source]
    assert {item.provenance.row for item in items} <= {row}
    return items


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=IDS)
class TestEntryPoints:
    def test_verify(self, case: Case, verdicts: list[Verdict]) -> None:
        items = evidence(verdicts[CASES.index(case)], case, "boards")
        decision = items[0].match.decision if items else "no_match"
        reasons = items[0].match.reasons if items else ()
        if items and items[0].problem:  # as that its number is misprinted: such a row is a doubt
            decision, reasons = Decision.AMBIGUOUS, ()
        check(case, decision, reasons, in_verdict=True)

    def test_exclusions(self, case: Case, verdicts: list[Verdict]) -> None:
        items = evidence(verdicts[CASES.index(case)], case, "exclusions")
        found = told(items[0].match.decision, items[0].match.reasons) if items else "clear"
        assert found == case.exclusion

    def test_match_against_a_file(
        self, case: Case, matched: dict[str, list[dict[str, str]]]
    ) -> None:
        if is_group(case) or case.row.get("cert") or case.id in NOT_IN_A_FILE:
            pytest.skip("a file of people has no groups and no years of an NPI, and few Smiths")
        self.check_row(case, matched["file"][CASES.index(case)], in_verdict=False)

    def test_match_against_the_registry(
        self, case: Case, matched: dict[str, list[dict[str, str]]]
    ) -> None:
        row = matched["registry"][CASES.index(case)]
        in_doubt = case.evidence == "in part" and row["decision"] == "ambiguous"
        self.check_row(case, row, in_verdict=in_doubt)  # rarity is estimated: either is right

    def check_row(self, case: Case, row: Mapping[str, str], *, in_verdict: bool) -> None:
        wanted = case.evidence.partition(" ")[0]
        decision = row["decision"]
        if case.id == OUT_OF_SERVICE:  # matched with the number as it is, and that is told
            assert "deactivated" in row["reasons"] or "identity_conflict" in row["reasons"]
            return
        if case.evidence == "no_match name_unreadable":  # whose such a row is cannot be asked
            assert decision == "ambiguous"
            return
        if decision == "match" and row["npi"] != case.npi("1"):
            decision = "no_match"
        if wanted == "conflict":
            assert "identity_conflict" in row["reasons"]
            decision = "conflict"
        check(case, decision, (), in_verdict=in_verdict)


NOT_IN_A_FILE = {"a-common-name-and-state", "two-misprints"}
OUT_OF_SERVICE = "a-number-that-is-out-of-service"


@pytest.mark.slow
def test_a_batch_gives_the_very_verdicts(world: Path, verdicts: list[Verdict]) -> None:
    """A roster is judged as each of its rows alone."""
    words = ["--config", str(world / "credcheck.toml"), "--as-of", AS_OF.isoformat()]
    out = world / "out.ndjson"
    log = str(world / "log.ndjson")
    ran = credcheck("batch", str(world / "roster.csv"), "-o", str(out), "--log", log, *words,
                    env={"CREDCHECK_STORE": str(world / "store")})  # fmt: skip
    assert ran.status in {0, 3, 4}, ran.err
    lines = out.read_bytes().splitlines()[1:]
    assert [json.loads(line)["query"]["id"] for line in lines] == IDS
    found = [verdict_from_json(line) for line in lines]
    assert [each.evidence for each in found] == [each.evidence for each in verdicts]
