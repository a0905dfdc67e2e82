"""The whole way, over files: queries in, verdicts out."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from credcheck.demo import demo_folder, demo_people
from credcheck.model import PersonName, Query, Reason, ReasonCode, to_json
from credcheck.model.npi import parse
from credcheck.source import Candidates, NameQuestion
from tests.support.world import (
    codes,
    copy_demo,
    findings,
    judge,
    open_world,
    record,
    write_records,
)

PASSING = "2000001075"


def test_the_demo_world_shows_every_outcome() -> None:
    verdicts = judge(demo_folder(), *(person.npi for person in demo_people()))
    assert {verdict.outcome for verdict in verdicts} == {"meets", "does_not_meet", "unverified"}
    assert len(verdicts) >= 25


def test_the_demo_world_shows_most_reason_codes() -> None:
    verdicts = judge(demo_folder(), *(person.npi for person in demo_people()))
    shown = {r.code for v in verdicts for f in v.findings for r in f.reasons}
    unseen = {
        *(
            ReasonCode.NPI_INVALID,
            ReasonCode.NAME_NOT_FOUND,
            ReasonCode.NO_SOURCE,
            ReasonCode.SOURCE_FAILED,
        ),
        *(ReasonCode.SOURCE_STALE, ReasonCode.NPI_NOT_YET_ISSUED, ReasonCode.SOURCE_DAMAGED),
        *(ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE, ReasonCode.FELLOWSHIP_WRONG_SPECIALTY),
        *(ReasonCode.ROW_SETTLED, ReasonCode.VERIFICATION_UNPROVEN),  # the book's: tests/book
        ReasonCode.SECOND_PERSON_MISSING,
        *(ReasonCode.LICENSE_REGISTERED, ReasonCode.TOPIC_EVIDENCED),
        *(ReasonCode.LICENSE_UNKNOWN, ReasonCode.NAMESAKE_LISTED, ReasonCode.ENTRY_ENDED),
    }
    assert set(ReasonCode) - shown == unseen, (
        "these need a wrong query, a broken source, another day or another standard"
    )


@pytest.mark.slow
def test_verdicts_come_in_the_order_of_the_queries_whatever_the_partition() -> None:
    from credcheck.standards.loader import load_standard
    from credcheck.verify.pipeline import verify

    queries = [Query(npi=parse(person.npi), row=row) for row, person in enumerate(demo_people(), 1)]
    standard, day = load_standard("interventional-pain"), dt.date(2026, 11, 1)
    runs = [
        [
            to_json(v)
            for v in verify(queries, open_world(demo_folder()), standard, day, partition=size)
        ]
        for size in (1, 7, 500)
    ]
    assert runs[0] == runs[1] == runs[2]
    assert len(runs[0]) == len(queries)


def test_one_look_up_is_a_batch_of_one() -> None:
    many = judge(demo_folder(), PASSING, "2100000019")
    one = judge(demo_folder(), PASSING)
    assert to_json(many[0]) == to_json(one[0])


class TestByName:
    """A name leads to one person, or to a list."""

    def test_a_name_that_leads_to_nobody_tells_how_the_registry_fared(self) -> None:
        (verdict,) = judge(demo_folder(), "Nobody Nowhere")
        states = {each.name: (str(each.state), each.as_of) for each in verdict.sources}
        assert verdict.physician is None
        assert states["nppes"] == ("ok", dt.date(2026, 11, 1))
        assert states["boards"] == ("skipped", None)

    def test_a_name_that_one_person_bears_is_judged(self) -> None:
        (verdict,) = judge(demo_folder(), "Alma Abernathy")
        assert verdict.outcome == "meets"
        assert verdict.resolution.by == "name"
        assert verdict.physician is not None
        assert verdict.physician.npi == PASSING

    def test_a_former_name_finds_the_person(self) -> None:
        (verdict,) = judge(demo_folder(), "June Juniper")
        assert verdict.physician is not None
        assert verdict.physician.name.startswith("JUNE JESSAMINE")

    def test_a_name_that_two_people_bear_lists_them_and_picks_none(self) -> None:
        (verdict,) = judge(demo_folder(), "Maya Merryweather")
        assert verdict.outcome == "unverified"
        assert verdict.physician is None
        assert len(verdict.resolution.candidates) == 2
        assert {code for f in verdict.findings for code in codes(verdict, f.requirement)} == {
            "identity_ambiguous"
        }

    def test_a_name_that_nobody_bears(self) -> None:
        (verdict,) = judge(demo_folder(), "Nemo Nobody")
        assert verdict.outcome == "unverified"
        assert codes(verdict, "registration") == {"name_not_found"}

    @pytest.mark.parametrize("narrow", [{"city": "Toledo"}, {"state": "OH", "city": "toledo"}])
    def test_what_narrows_a_name_can_decide(self, narrow: Any) -> None:
        person = PersonName(last="Merryweather", first="Maya")
        (verdict,) = judge(demo_folder(), Query(name="Maya Merryweather", person=person, **narrow))
        assert verdict.physician is not None
        assert verdict.physician.city == "TOLEDO"

    def test_an_initial_alone_does_not_decide(self) -> None:
        (verdict,) = judge(demo_folder(), "A Abernathy")
        assert verdict.outcome == "unverified"
        assert verdict.resolution.candidates

    def test_a_specialty_that_does_not_fit_leads_to_nobody(self) -> None:
        person = PersonName(last="Abernathy", first="Alma")
        query = Query(name="Alma Abernathy", person=person, specialty="neurology")
        (verdict,) = judge(demo_folder(), query)
        assert codes(verdict, "registration") == {"name_not_found"}
        assert [c.npi for c in verdict.resolution.candidates] == [PASSING]


class TestNumberAndName:
    """A number of another person than the one named is judged for neither."""

    @pytest.mark.parametrize("last", ["Abernathi", "Garcia"])
    def test_a_name_that_disagrees(self, last: str) -> None:
        query = Query(npi=parse(PASSING), person=PersonName(last=last, first="Alma"))
        (verdict,) = judge(demo_folder(), query)
        assert verdict.outcome == "unverified"
        assert codes(verdict, "fellowship") == {"identity_conflict"}
        assert [c.name for c in verdict.resolution.candidates] == ["ALMA ABERNATHY MD"]

    def test_a_name_that_agrees(self) -> None:
        query = Query(npi=parse(PASSING), person=PersonName(last="ABERNATHY", first="A"))
        (verdict,) = judge(demo_folder(), query)
        assert verdict.outcome == "meets"


def test_a_row_that_is_no_query_is_unverified_with_its_reason() -> None:
    problem = Reason(code=ReasonCode.NPI_INVALID, message="9 digits")
    (verdict,) = judge(demo_folder(), Query(problem=problem, row=3))
    assert verdict.outcome == "unverified"
    assert codes(verdict, "registration") == {"npi_invalid"}
    assert {source.state for source in verdict.sources} == {"skipped"}


def test_a_query_without_number_or_name_is_unverified() -> None:
    (verdict,) = judge(demo_folder(), Query())
    assert codes(verdict, "registration") == {"npi_invalid"}


def test_mixed_queries_keep_their_places() -> None:
    problem = Reason(code=ReasonCode.NPI_INVALID, message="?")
    verdicts = judge(
        demo_folder(), Query(problem=problem), PASSING, "Maya Merryweather", "2100000019"
    )
    names = [verdict.physician.name if verdict.physician else None for verdict in verdicts]
    assert names == [None, "ALMA ABERNATHY MD", None, "BORIS BELLWEATHER MD"]


def test_leaving_a_source_out_is_told_and_unverified(tmp_path: Path) -> None:
    (verdict,) = judge(copy_demo(tmp_path), PASSING, without=["boards"])
    assert findings(verdict)["board_certification"] == "unverified"
    assert codes(verdict, "board_certification") == {"no_source"}
    assert {s.name: str(s.state) for s in verdict.sources}["boards"] == "skipped"


def test_rivals_are_asked_for_once_for_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two listings tie their rows by the same name: the registry is asked once."""
    from credcheck.verify.namesakes import NamesakeCache

    asked: list[list[str]] = []
    real = NamesakeCache._search

    def noting(self: NamesakeCache, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
        if questions:
            asked.append([f"{each.name.first} {each.name.last}" for each in questions])
        return real(self, questions)

    monkeypatch.setattr(NamesakeCache, "_search", noting)
    judge(demo_folder(), "2100000118", "2100000381", "2100000118")
    assert [len(names) for names in asked] == [2]


def test_two_registries_that_disagree_are_unverified(tmp_path: Path) -> None:
    world = copy_demo(tmp_path)
    second = tmp_path / "world" / "second"
    second.mkdir()
    write_records(second, [record(PASSING, "ABERNATHY", "ALMA", basic={"status": "D"})])
    config = world / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    text += '\n[sources.second]\nadapter = "nppes-api"\nrecorded = "second/nppes.json"\n'
    config.write_text(text + "as_of = 2026-11-01\n", encoding="utf-8")
    (verdict,) = judge(world, PASSING)
    assert findings(verdict)["registration"] == "unverified"
    assert codes(verdict, "registration") == {"contradiction"}


@pytest.mark.slow
def test_where_it_runs_and_in_which_order_of_hashes_changes_no_byte(tmp_path: Path) -> None:
    from tests.support.cli import credcheck

    runs = {
        credcheck("verify", PASSING, "--demo", "--format", "json", cwd=cwd, env=env).out
        for cwd, env in (
            (tmp_path, {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C"}),
            (Path("/"), {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8"}),
        )
    }
    assert len(runs) == 1
