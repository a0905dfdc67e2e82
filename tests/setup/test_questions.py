"""What is asked about a file, and what is said where nobody is there to be asked."""

from pathlib import Path

from credcheck.setup.blocks import describe_open
from credcheck.setup.propose import Proposal, propose
from credcheck.tables import TableOptions

PROGRAMS = (
    "Program Number,Specialty,Accreditation Status,Since When,Chair\n"
    "5303812001,Pain Medicine,Continued Accreditation,1995-07-01,A. Nobody\n"
    "5303812002,Pain Medicine,Continued Accreditation,2001-07-01,B. Nobody\n"
)
FELLOWS = (
    "Last,First,NPI,ACGME Program ID,Start Date,End Date,Outcome,Note\n"
    "Abernathy,Alma,2000001075,5303812001,2014-07-01,2015-06-30,Done,call her\n"
    "Bellweather,Boris,2100000019,5303812001,2014-07-01,2015-06-30,Done,in 2016\n"
)
BOARDS = (
    "Last,First,NPI,Board,Certificate,Board Certified?,Expires\n"
    "Abernathy,Alma,2000001075,American Board of Anesthesiology,Pain Medicine,Yes,12/31/2027\n"
    "Bellweather,Boris,2100000019,American Board of Anesthesiology,Pain Medicine,Certified,MOC\n"
)


def look(folder: Path, kind: str, text: str) -> Proposal:
    file = folder / "f.csv"
    file.write_text(text)
    return propose(file, kind, TableOptions())


def test_a_column_that_a_rule_needs_is_asked_for(tmp_path: Path) -> None:
    (question,) = look(tmp_path, "training-programs", PROGRAMS).questions
    assert "accredited from" in question.text
    assert [says for _, says in question.answers] == [
        {"columns": {"accredited_from": "Since When"}},
        {},
    ]


def test_completed_fellowships_only_is_one_answer_of_several(tmp_path: Path) -> None:
    (question,) = look(tmp_path, "fellowships", FELLOWS).questions
    assert [says for _, says in question.answers] == [
        {"columns": {"status": "Outcome"}},
        {"constants": {"status": "Completed"}},
        {},
    ]


def test_what_is_open_is_said_with_what_to_type(tmp_path: Path) -> None:
    proposal = look(tmp_path, "fellowships", FELLOWS)
    (line,) = describe_open(proposal, "fellows")
    assert line.endswith("credcheck sources set fellows --set columns.status=Outcome")
    proposal = look(tmp_path, "board-certificates", BOARDS)
    words, dates, rows = describe_open(proposal, "boards")
    assert "'Yes' (1) in 'Board Certified?' is not recognized" in words
    assert "(WORD is one of: Certified, " in words
    assert words.endswith("credcheck sources set boards --set value_map.status.Yes=WORD")
    assert dates.endswith("credcheck sources set boards --set no_expiry=MOC")
    assert rows.startswith("1 of 2 rows cannot be read")


def test_a_yes_is_no_word_of_a_board(tmp_path: Path) -> None:
    """A column that asks is the status; what its answer means is the user's to say."""
    reading = look(tmp_path, "board-certificates", BOARDS).reading
    assert reading is not None
    status = reading.find("status")
    assert status is not None
    assert (status.header, status.not_understood) == ("Board Certified?", {"Yes": 1})
