"""CMS's file by provider and service: only the wanted codes are kept, office and facility added."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.model import Procedure
from credcheck.source import Subject
from credcheck.source.adapter import Context
from credcheck.source.importer import Importable, ImportJob
from credcheck.storage import NoCache
from credcheck.storage.snapshots import Info, Store
from credcheck.tables import UnusableTable
from credcheck.testing import physician, subject

HEADER = (
    *("Rndrng_NPI", "Rndrng_Prvdr_Last_Org_Name", "Rndrng_Prvdr_First_Name", "Rndrng_Prvdr_MI"),
    *("Rndrng_Prvdr_Crdntls", "Rndrng_Prvdr_Ent_Cd", "Rndrng_Prvdr_St1", "Rndrng_Prvdr_St2"),
    *("Rndrng_Prvdr_City", "Rndrng_Prvdr_State_Abrvtn", "Rndrng_Prvdr_State_FIPS"),
    *("Rndrng_Prvdr_Zip5", "Rndrng_Prvdr_RUCA", "Rndrng_Prvdr_RUCA_Desc", "Rndrng_Prvdr_Cntry"),
    *("Rndrng_Prvdr_Type", "Rndrng_Prvdr_Mdcr_Prtcptg_Ind", "HCPCS_Cd", "HCPCS_Desc"),
    *("HCPCS_Drug_Ind", "Place_Of_Srvc", "Tot_Benes", "Tot_Srvcs", "Tot_Bene_Day_Srvcs"),
    *("Avg_Sbmtd_Chrg", "Avg_Mdcr_Alowd_Amt", "Avg_Mdcr_Pymt_Amt", "Avg_Mdcr_Stdzd_Amt"),
)
ALMA = "2000001075"
FILE = "MUP_PHY_R26_P05_V10_D24_Prov_Svc.csv"
TODAY = dt.date(2026, 11, 24)


def row(code: str, services: str, place: str = "O", **changes: str) -> dict[str, str]:
    usual = {
        "Rndrng_NPI": ALMA,
        "Rndrng_Prvdr_Last_Org_Name": "Abernathy",
        "Rndrng_Prvdr_First_Name": "Alma",
        "Rndrng_Prvdr_Ent_Cd": "I",
    }
    own = {"HCPCS_Cd": code, "Tot_Srvcs": services, "Place_Of_Srvc": place, "Tot_Benes": "40"}
    return {**usual, **own, **changes}


def write(folder: Path, *rows: dict[str, str], name: str = FILE, encoding: str = "utf-8") -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.DictWriter(file, HEADER, restval="")
        out.writeheader()
        out.writerows(rows)
    return path


def taken(folder: Path, path: Path, **options: Any) -> Info:
    source = opened(folder, **options)
    assert isinstance(source, Importable)
    job = ImportJob(files=(path,), store=Store(folder / "store"), as_of=dt.date(2026, 5, 1))
    return source.import_file(job)


def opened(folder: Path, **options: Any) -> Any:
    settings = SourceConfig(
        name="medicare", adapter="medicare-services", options={"snapshot": "current", **options}
    )
    context = Context(folder=folder, today=TODAY, cache=NoCache(), store=folder / "store")
    return open_source(settings, context, "test")


def billed(folder: Path) -> dict[str, tuple[int, str]]:
    known: Subject = subject(physician(ALMA, "Abernathy", "Alma"))
    (answer,) = opened(folder).collect([known])
    assert answer.failure is None
    records = [claim.record for claim in answer.claims]
    return {x.code: (x.services, str(x.year)) for x in records if isinstance(x, Procedure)}


def test_office_and_facility_are_added_and_other_codes_left(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        row("62323", "120.5"),
        row("62323", "1,000.5", "F"),
        row("99213", "300"),
        row("64483", "31"),
    )
    info = taken(tmp_path, file)
    assert info.rows == 2
    assert billed(tmp_path) == {"62323": (1121, "2024"), "64483": (31, "2024")}


def test_an_organizations_rows_are_not_a_persons(tmp_path: Path) -> None:
    center = row("62323", "900", Rndrng_NPI="2000090300", Rndrng_Prvdr_Ent_Cd="O")
    taken(tmp_path, write(tmp_path, center, row("62323", "5")))
    assert billed(tmp_path) == {"62323": (5, "2024")}


def test_what_is_kept_holds_no_descriptions(tmp_path: Path) -> None:
    info = taken(tmp_path, write(tmp_path, row("62323", "48", HCPCS_Desc="the AMA's text")))
    kept = Store(tmp_path / "store").path(info) / "services.csv"
    assert "AMA" not in kept.read_text()


def test_the_year_is_in_the_name_or_given(tmp_path: Path) -> None:
    file = write(tmp_path, row("62323", "48"), name="services.csv")
    with pytest.raises(UnusableTable, match="year"):
        taken(tmp_path, file)
    taken(tmp_path, file, year=2023)
    assert billed(tmp_path) == {"62323": (48, "2023")}


def test_an_older_file_in_the_encoding_of_windows_is_read(tmp_path: Path) -> None:
    person = row("62323", "48", Rndrng_Prvdr_City="Ca\u00f1on City")
    taken(tmp_path, write(tmp_path, person, encoding="cp1252"))
    assert billed(tmp_path) == {"62323": (48, "2024")}


@pytest.mark.parametrize("services", ["", "many", "-5", "NaN"])
def test_services_that_are_no_number_are_not_counted_as_none(tmp_path: Path, services: str) -> None:
    with pytest.raises(UnusableTable, match="cannot be read"):
        taken(tmp_path, write(tmp_path, row("62323", services), row("64483", "3")))


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, row("62323", "48"), row("64483", "3"))
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(UnusableTable, match="cut off"):
        taken(tmp_path, file)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / FILE
    other.write_text("NPI,HCPCS_Cd\n1,2\n")
    with pytest.raises(UnusableTable, match="not CMS's file"):
        taken(tmp_path, other)
    with pytest.raises(UnusableTable, match="none of the requested"):
        taken(tmp_path, write(tmp_path, row("99213", "3")))
