"""The list of groups: each row comes with the colleagues that the other rows show."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.model import Affiliation, PersonName, Physician
from credcheck.model.npi import Npi, parse
from credcheck.source import Source, Subject
from credcheck.source.adapter import Context
from credcheck.storage import NoCache
from credcheck.testing.contract import SourceContract
from tests.support.many import number

HEADER = (
    "NPI,Provider Last Name,Provider First Name,pri_spec,"
    "Facility Name,org_pac_id,num_org_mem,adrs_id"
)
COLUMNS = {
    "npi": "NPI",
    "last_name": "Provider Last Name",
    "first_name": "Provider First Name",
    "specialty": "pri_spec",
    "group": "Facility Name",
    "group_id": "org_pac_id",
    "members": "num_org_mem",
    "address_id": "adrs_id",
}
DOE = "2000001075"
PHYSIO = "PHYSICAL THERAPIST IN PRIVATE PRACTICE"
PMR = "PHYSICAL MEDICINE AND REHABILITATION"


def row(npi: str, last: str, specialty: str, group: str = "42", at: str = "A") -> str:
    return f"{npi},{last},ALMA,{specialty},Columbus Spine Group,{group},12,{at}"


ROWS = (
    row(DOE, "ABERNATHY", PMR),
    row(number(1), "BIRCHALL", PHYSIO),
    row(number(2), "CAWDREY", PHYSIO, at="B"),
    row(number(2), "CAWDREY", PHYSIO, at="C"),
    row(number(3), "DUNMORE", PMR, at="B"),
    row(number(4), "ELLERBY", "ANESTHESIOLOGY"),
    row(number(5), "FENWICK", PHYSIO, group="43"),
    row(number(6), "GREYLING", "CLINICAL PSYCHOLOGIST"),
)


def opened(folder: Path, *rows: str, **options: Any) -> Source:
    (folder / "groups.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    settings = SourceConfig(
        name="groups",
        adapter="clinician-groups",
        options={
            "path": "groups.csv",
            "columns": COLUMNS,
            "as_of": dt.date(2026, 11, 1),
            **options,
        },
    )
    context = Context(folder=folder, today=dt.date(2026, 11, 24), cache=NoCache())
    return open_source(settings, context, "test")


def subject(npi: str, last: str) -> Subject:
    names = (PersonName(last=last, first="ALMA"),)
    return Subject(
        npi=parse(npi), physician=Physician(npi=Npi(npi), name=f"ALMA {last}", names=names)
    )


def seen(folder: Path, npi: str, *rows: str) -> dict[str, tuple[int, int]]:
    (answer,) = opened(folder, *rows).collect([subject(npi, "ABERNATHY")])
    (claim,) = answer.claims
    assert isinstance(claim.record, Affiliation)
    return {x.specialty: (x.count, x.same_address) for x in claim.record.colleagues}


def test_colleagues_are_counted_once_each_and_by_profession(tmp_path: Path) -> None:
    assert seen(tmp_path, DOE, *ROWS) == {"physical_therapist": (2, 1), "physiatrist": (1, 0)}


def test_a_person_is_nobody_elses_colleague_in_their_own_row(tmp_path: Path) -> None:
    assert seen(tmp_path, DOE, row(DOE, "ABERNATHY", PMR)) == {}


def test_a_profession_whose_spelling_was_not_seen_is_not_counted(tmp_path: Path) -> None:
    assert "psychologist" not in seen(tmp_path, DOE, *ROWS)


def test_a_row_without_a_group_has_no_colleagues(tmp_path: Path) -> None:
    assert seen(tmp_path, DOE, row(DOE, "ABERNATHY", PMR, group=""), *ROWS[1:]) == {}


def test_the_sizes_and_names_are_as_the_list_has_them(tmp_path: Path) -> None:
    (answer,) = opened(tmp_path, *ROWS).collect([subject(DOE, "ABERNATHY")])
    record = answer.claims[0].record
    assert isinstance(record, Affiliation)
    assert (record.group, record.members) == ("Columbus Spine Group", 12)


class TestContract(SourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> Source:
        return opened(tmp_path, *ROWS)

    @pytest.fixture
    def known(self) -> Subject:
        return subject(DOE, "ABERNATHY")

    @pytest.fixture
    def unknown(self) -> Subject:
        return subject("2999999990", "NOBODYATALL")
