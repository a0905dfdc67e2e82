"""Private columns: Social Security numbers are never read or kept, birth dates are never kept."""

import json
from pathlib import Path

import pytest

from credcheck.model import canonical_json
from credcheck.runs.roster import Roster, open_roster
from credcheck.setup.propose import propose, read_source
from credcheck.tables import ColumnsError, ReadOptions, TableOptions

SSN = "900-12-3456"  # no such number is issued
BORN = "1970-02-03"
BOARD = "American Board of Anesthesiology,Pain Medicine,Certified,12/31/2027"


def read(tmp_path: Path, text: str, options: TableOptions | None = None) -> Roster:
    file = tmp_path / "roster.csv"
    file.write_text(text)
    return open_roster(file, ReadOptions(), options or TableOptions())


def kept(roster: Roster) -> str:
    """Return all that a run keeps of a roster."""
    queries = b"".join(canonical_json(each) for each in roster.queries())
    return queries.decode() + canonical_json(roster.ref()).decode()


@pytest.mark.parametrize(
    "header", ["SSN", "Soc. Sec. #", "Provider SSN", "Tax ID/SSN", "Full SSN", "TIN", "Govt Number"]
)
@pytest.mark.parametrize("ignored", [True, False])
def test_social_security_numbers_are_kept_nowhere(
    tmp_path: Path, header: str, *, ignored: bool
) -> None:
    text = f"NPI,Last,First,{header},Dept\n2000001075,Abernathy,Alma,{SSN},Spine\n"
    options = TableOptions(ignore_columns=(header,)) if ignored else TableOptions()
    roster = read(tmp_path, text, options)
    assert SSN not in kept(roster)
    assert roster.others == {"Dept": 4}
    column = roster.reading.columns[3]
    assert column.use == "private"
    assert column.why.startswith("never read")


def test_they_are_no_key_of_the_users(tmp_path: Path) -> None:
    text = f"NPI,Last,First,Employee ID\n2000001075,Abernathy,Alma,{SSN}\n"
    with pytest.raises(ColumnsError, match=r"Employee ID.*Social Security.*--ignore-column"):
        read(tmp_path, text)
    with pytest.raises(
        ColumnsError, match="by its name, column 'SSN' holds Social Security numbers"
    ):
        read(tmp_path, text.replace("Employee ID", "SSN"), TableOptions(columns={"id": "SSN"}))
    proposal = propose(tmp_path / "roster.csv", "roster", TableOptions())
    assert proposal.options.ignore_columns == ()
    (tmp_path / "roster.csv").write_text(text)
    proposal = propose(tmp_path / "roster.csv", "roster", TableOptions())
    assert proposal.options.ignore_columns == ("Employee ID",)
    assert not proposal.problem


def test_a_birth_date_is_read_and_the_reading_says_what_for(tmp_path: Path) -> None:
    text = f"NPI,Last,First,DOB\n2000001075,Abernathy,Alma,{BORN}\n"
    roster = read(tmp_path, text)
    assert BORN not in kept(roster)
    assert roster.birth_dates
    assert "compared with the birth dates" in roster.reading.columns[3].why
    declared = read(
        tmp_path, text.replace("DOB", "Bday"), TableOptions(columns={"birth_date": "Bday"})
    )
    assert BORN not in kept(declared)
    assert "compared with the birth dates" in declared.reading.columns[3].why
    with pytest.raises(ColumnsError, match="by its name, column 'DOB' holds birth dates"):
        read(tmp_path, text, TableOptions(columns={"id": "DOB"}))


@pytest.mark.parametrize("header", ["SSN", "Govt Number"])
def test_of_a_listing_neither_is_kept(tmp_path: Path, header: str) -> None:
    file = tmp_path / "boards.csv"
    file.write_text(
        f"NPI,Last,First,{header},DOB,Board,Certificate,Status,Expires\n"
        f"2000001075,Abernathy,Alma,{SSN},{BORN},{BOARD}\n"
    )
    reading = read_source(file, "board-certificates", TableOptions())
    shown = json.dumps([(each.header, each.use, each.why) for each in reading.columns])
    assert shown.count('"private"') == 2
    assert SSN not in canonical_json(reading).decode()
    from credcheck_sources.listings.board_certificates import FORMAT
    from credcheck_sources.listings.loader import load
    from credcheck_sources.listings.options import ListingOptions

    claim = load(file, ListingOptions(path=str(file)), FORMAT).claim(1)
    assert claim.provenance.other == {}
