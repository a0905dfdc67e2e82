"""Listings: what is read, what is rejected, and what is never read."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.model import Certificate, Exclusion, Fellowship, Procedure, Program
from credcheck.source import Answer, SourceFailed, Subject
from credcheck.source.adapter import Context
from credcheck.storage import NoCache
from credcheck.testing import physician, subject

LISTED = dt.date(2026, 11, 1)
ALMA = subject(physician("2000001075", "Abernathy", "Alma"))


def answer(
    folder: Path,
    text: str,
    adapter: str = "board-certificates",
    who: Subject = ALMA,
    **options: Any,
) -> Answer:
    (folder / "list.csv").write_text(text, encoding="utf-8")
    settings = SourceConfig(
        name="boards", adapter=adapter, options={"path": "list.csv", "as_of": LISTED, **options}
    )
    context = Context(folder=folder, today=dt.date(2026, 11, 24), cache=NoCache())
    (found,) = open_source(settings, context, "test").collect([who])
    return found


HEADER = "npi,last_name,first_name,board,certificate,status,issued,expires,duration,note,SSN,DOB\n"
ROW = "2000001075,Abernathy,Alma,ABA,Pain Medicine,Certified,2016-09-10,12/31/2027,,x,123,1970-01-01\n"


class TestReading:
    """Cells become records; texts stand as they are, dates are read."""

    def test_a_row_becomes_a_claim(self, tmp_path: Path) -> None:
        (claim,) = answer(tmp_path, HEADER + ROW).claims
        assert isinstance(claim.record, Certificate)
        assert claim.record.board == "ABA"
        assert str(claim.record.expires) == "2027-12-31"
        assert claim.problem is None
        assert (claim.provenance.row, claim.provenance.line) == (1, 2)

    def test_unknown_columns_are_kept_in_the_provenance_but_private_ones_are_not(
        self, tmp_path: Path
    ) -> None:
        (claim,) = answer(tmp_path, HEADER + ROW).claims
        assert claim.provenance.other == {"note": "x"}

    def test_private_columns_do_not_even_change_the_digest(self, tmp_path: Path) -> None:
        (one,) = answer(tmp_path, HEADER + ROW).claims
        (other,) = answer(tmp_path, HEADER + ROW.replace("1970-01-01", "1980-12-31")).claims
        assert one.provenance.sha256 == other.provenance.sha256
        (changed,) = answer(tmp_path, HEADER + ROW.replace("Certified", "Expired")).claims
        assert one.provenance.sha256 != changed.provenance.sha256

    def test_mapped_columns_and_constants(self, tmp_path: Path) -> None:
        text = "NPI Number,Diplomate Last Name,first_name,Certificate\n2000001075,Abernathy,Alma,Pain\n"
        (claim,) = answer(
            tmp_path,
            text,
            columns={"npi": "npi number", "last_name": "Diplomate Last Name"},
            constants={"board": "ABA", "status": "Certified"},
        ).claims
        assert isinstance(claim.record, Certificate)
        assert (claim.record.board, claim.record.status) == ("ABA", "Certified")

    def test_a_constant_for_a_column_that_is_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceFailed, match="constants sets status"):
            answer(tmp_path, HEADER + ROW, constants={"status": "Certified"})

    def test_words_for_no_expiry_count_only_where_they_are_named(self, tmp_path: Path) -> None:
        text = HEADER + ROW.replace("12/31/2027", "Lifetime")
        (plain,) = answer(tmp_path, text).claims
        assert plain.problem is not None
        assert "Lifetime" in plain.problem
        (named,) = answer(tmp_path, text, no_expiry=["Lifetime"]).claims
        assert isinstance(named.record, Certificate)
        assert (named.problem, named.record.duration) == (None, "time_unlimited")

    def test_declared_date_forms_take_the_place_of_the_default_ones(self, tmp_path: Path) -> None:
        (claim,) = answer(tmp_path, HEADER + ROW, dates=["YYYY-MM-DD", "DD/MM/YYYY"]).claims
        assert claim.problem is not None
        assert "12/31/2027" in claim.problem

    def test_the_day_of_the_listing_is_declared_or_the_files_own(self, tmp_path: Path) -> None:
        day = dt.date(2026, 10, 1)
        declared = answer(tmp_path, HEADER + ROW, as_of=day).snapshot
        assert declared is not None
        assert declared.as_of == day
        stamp = dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC).timestamp()
        os.utime(tmp_path / "list.csv", (stamp, stamp))
        settings = SourceConfig(
            name="b", adapter="board-certificates", options={"path": "list.csv"}
        )
        context = Context(folder=tmp_path, today=dt.date(2026, 11, 24), cache=NoCache())
        (own,) = open_source(settings, context, "test").collect([ALMA])
        assert own.snapshot is not None
        assert own.snapshot.as_of == dt.date(2026, 5, 5)


class TestRejecting:
    """A row that cannot be read is counted and named; it may still matter to whom it mentions."""

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            (
                "2000001075,Abernathy,Alma,ABA,Pain Medicine,Certified,2016-09-10,2026-02-29,,,,",
                "29",
            ),
            ("2000001075,Abernathy,Alma,,Pain Medicine,Certified,,,,,,", "board is empty"),
            ("2000001075,Abernathy,Alma,ABA,Pain Medicine,Certified,,,always,,,", "duration"),
        ],
    )
    def test_a_cell_that_cannot_be_read(self, tmp_path: Path, cells: str, problem: str) -> None:
        found = answer(tmp_path, HEADER + cells + "\n")
        assert found.snapshot is not None
        assert len(found.snapshot.rejects) == 1
        assert problem in found.snapshot.rejects[0]
        (claim,) = found.claims
        assert problem in (claim.problem or "")

    def test_a_wrong_npi_is_found_by_its_name(self, tmp_path: Path) -> None:
        (claim,) = answer(tmp_path, HEADER + ROW.replace("2000001075", "2000001076")).claims
        assert "check digit" in (claim.problem or "")
        assert claim.about.npi is None

    def test_an_ssn_in_the_npi_column_is_shown_nowhere(self, tmp_path: Path) -> None:
        found = answer(tmp_path, HEADER + ROW.replace("2000001075", "123-45-6789"))
        assert "6789" not in repr(found)

    @pytest.mark.parametrize("row", ["2000001075,x,y\n", "Abernathy,Alma,a,b\n"])
    def test_a_row_with_shifted_columns_matters_to_whom_it_mentions(
        self, tmp_path: Path, row: str
    ) -> None:
        (claim,) = answer(tmp_path, HEADER + row).claims
        assert claim.record is None
        assert "fields" in (claim.problem or "")
        other = subject(physician("2100000019", "Bellweather", "Boris"))
        assert answer(tmp_path, HEADER + row, who=other).claims == ()

    def test_a_row_about_nobody_is_rejected(self, tmp_path: Path) -> None:
        found = answer(tmp_path, HEADER + ",,,ABA,Pain Medicine,Certified,,,,,,\n")
        assert found.snapshot is not None
        assert "neither an NPI nor a name" in found.snapshot.rejects[0]


class TestFinding:
    """Which rows are handed over. Whose they are is decided elsewhere."""

    @pytest.mark.parametrize(
        ("npi", "last", "first", "found"),
        [
            ("2000001075", "Anybody", "Else", True),
            ("", "ABERNATHY", "ALMA", True),
            ("", "Abernathy-Gray", "A.", True),
            ("", "Abernathy", "Zoe", False),
            ("", "Gray", "Alma", False),
            ("2100000019", "Abernathy", "Zoe", False),
        ],
    )
    def test_by_number_or_name(
        self, tmp_path: Path, npi: str, last: str, first: str, found: bool
    ) -> None:
        row = f"{npi},{last},{first},ABA,Pain Medicine,Certified,,2027-01-01,,,,\n"
        assert bool(answer(tmp_path, HEADER + row).claims) is found

    @pytest.mark.parametrize(
        ("state", "rest", "found"),
        [("", "", [1]), ("OH", "", [1]), ("CA", "", []), ("OH", "2000001075,A,B,OH", [2])],
    )
    def test_a_row_of_the_name_under_another_number(
        self, tmp_path: Path, state: str, rest: str, found: list[int]
    ) -> None:
        """The number may be nobody's. It is somebody else's where a row bears the subject's own."""
        text = "npi,last_name,first_name,state,board,certificate,status\n"
        for row in filter(None, (f"2100000019,Abernathy,Alma,{state}", rest)):
            text += f"{row},ABA,Pain Medicine,Certified\n"
        claims = answer(tmp_path, text).claims
        assert [claim.provenance.row for claim in claims] == found

    def test_by_licence(self, tmp_path: Path) -> None:
        text = "npi,last_name,first_name,license_number,license_state,board,certificate,status\n"
        text += ",Anybody,Else,35 000001,oh,ABA,Pain Medicine,Certified\n"
        assert len(answer(tmp_path, text).claims) == 1

    def test_another_last_name_on_the_row(self, tmp_path: Path) -> None:
        text = "npi,last_name,first_name,other_last_name,board,certificate,status\n"
        text += ",Married,Alma,Abernathy,ABA,Pain Medicine,Certified\n"
        (claim,) = answer(tmp_path, text).claims
        assert [name.last for name in claim.about.names] == ["Married", "Abernathy"]

    def test_rows_come_in_the_files_order_each_once(self, tmp_path: Path) -> None:
        rows = ROW + ROW.replace("2000001075", "") + "2000001075,x\n" + ROW
        claims = answer(tmp_path, HEADER + rows).claims
        assert [claim.provenance.row for claim in claims] == [1, 2, 3, 4]


class TestOtherKinds:
    """The other formats."""

    def test_a_fellowship(self, tmp_path: Path) -> None:
        text = "npi,last_name,first_name,program_code,start_date,end_date,status\n"
        text += "2000001075,A,B,5303812001,2014,2015-06,Completed\n"
        (claim,) = answer(tmp_path, text, "fellowships").claims
        assert isinstance(claim.record, Fellowship)
        assert (str(claim.record.start_date), str(claim.record.end_date)) == ("2014", "2015-06")

    def test_a_fellowship_that_names_no_program(self, tmp_path: Path) -> None:
        text = "npi,last_name,first_name,program_code\n2000001075,A,B,\n"
        (claim,) = answer(tmp_path, text, "fellowships").claims
        assert "program" in (claim.problem or "")

    def test_procedures_of_cms_by_configuration_alone(self, tmp_path: Path) -> None:
        text = "Rndrng_NPI,Rndrng_Prvdr_Last_Org_Name,Rndrng_Prvdr_First_Name,HCPCS_Cd,Tot_Srvcs\n"
        text += "2000001075,Abernathy,Alma,62323,48\n"
        columns = {
            "npi": "Rndrng_NPI",
            "last_name": "Rndrng_Prvdr_Last_Org_Name",
            "first_name": "Rndrng_Prvdr_First_Name",
            "code": "HCPCS_Cd",
            "services": "Tot_Srvcs",
        }
        (claim,) = answer(tmp_path, text, "listing", kind="procedure", columns=columns).claims
        assert claim.record == Procedure(code="62323", services=48)

    def test_a_states_list_of_exclusions(self, tmp_path: Path) -> None:
        text = "npi,last_name,first_name,excluded_on\n2000001075,A,B,2020-01-01\n"
        (claim,) = answer(tmp_path, text, "listing", kind="exclusion").claims
        assert isinstance(claim.record, Exclusion)

    def test_a_program_by_number_and_by_name(self, tmp_path: Path) -> None:
        from tests.support.build import evidence, fellowship

        text = "program_code,name,specialty,status\n5303812001,Columbus,Pain Medicine,x\n"
        assert ALMA.physician is not None
        for row in (fellowship(), fellowship(program_code="", program_name="COLUMBUS")):
            who = Subject(npi=ALMA.npi, physician=ALMA.physician, evidence=(evidence(row),))
            (claim,) = answer(tmp_path, text, "training-programs", who=who).claims
            assert isinstance(claim.record, Program)
        assert answer(tmp_path, text, "training-programs").claims == ()


LEIE = (
    '"LASTNAME","FIRSTNAME","MIDNAME","BUSNAME","GENERAL","SPECIALTY","UPIN","NPI","DOB",'
    '"ADDRESS","CITY","STATE","ZIP","EXCLTYPE","EXCLDATE","REINDATE","WAIVERDATE","WVRSTATE"\n'
)


class TestLeie:
    """OIG's own file."""

    def test_its_marks_for_nothing(self, tmp_path: Path) -> None:
        row = '"ABERNATHY","ALMA","","","","","","0000000000","19700101","","","OH","",'
        row += '"1128a1","20230519","00000000","00000000",""\n'
        (claim,) = answer(tmp_path, LEIE + row, "oig-leie").claims
        assert isinstance(claim.record, Exclusion)
        assert claim.about.npi is None
        assert claim.record.reinstated_on is None
        assert claim.problem is None
        assert "19700101" not in repr(claim)

    def test_an_entity_is_no_reject_and_nobodys(self, tmp_path: Path) -> None:
        row = '"","","","ALMA ABERNATHY CLINIC","","","","0000000000","","","","OH","",'
        row += '"1128b8","20230519","00000000","00000000",""\n'
        found = answer(tmp_path, LEIE + row, "oig-leie")
        assert found.claims == ()
        assert found.snapshot is not None
        assert found.snapshot.rejects == ()

    @pytest.mark.parametrize("date", ["00000000", "2023-05-19", "20230231", ""])
    def test_an_exclusion_without_a_day_is_a_problem(self, tmp_path: Path, date: str) -> None:
        row = '"ABERNATHY","ALMA","","","","","","2000001075","","","","OH","",'
        row += f'"1128a1","{date}","00000000","00000000",""\n'
        (claim,) = answer(tmp_path, LEIE + row, "oig-leie").claims
        assert claim.record is None
        assert "EXCLDATE" in (claim.problem or "")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, 'give either path, or snapshot = "current"'),
        ({"path": "x.csv", "snapshot": "current"}, "give either path, or snapshot"),
        ({"snapshot": "current", "as_of": dt.date(2026, 11, 1)}, "as_of goes with path"),
    ],
)
def test_a_listing_is_a_file_or_a_snapshot_and_one_of_them(
    options: dict[str, Any], why: str, tmp_path: Path
) -> None:
    settings = SourceConfig(name="boards", adapter="board-certificates", options=options)
    context = Context(folder=tmp_path, today=dt.date(2026, 11, 24), cache=NoCache())
    with pytest.raises(ValueError, match=why):
        open_source(settings, context, "test")
