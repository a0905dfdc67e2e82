"""Adapter ``training-programs``: which programs are accredited, by whom, and when."""

from credcheck.model import EvidenceKind, Program
from credcheck.reference.accreditors import ACGME, is_acgmes
from credcheck.reference.understanding import is_rounded
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import ListingFormat, make_dates, make_texts, read_nobody
from credcheck_sources.listings.listing import listing_adapter


def _read_record(cells: Cells) -> Program:
    code = cells.needed("program_code")
    if is_rounded(code):
        cells.problems.append(
            f"program_code: a spreadsheet rounded {code!r} and lost digits; format the"
            " column as text and export again"
        )
    return Program(
        program_code=code,
        name=cells.text("name"),
        sponsor=cells.text("sponsor"),
        city=cells.text("city"),
        state=cells.text("state"),
        specialty=cells.needed("specialty"),
        accreditor=_read_accreditor(cells, code),
        status=cells.needed("status"),
        accredited_from=cells.date("accredited_from"),
        accredited_to=cells.date("accredited_to"),
        length_months=cells.count("length_months"),
    )


def _read_accreditor(cells: Cells, code: str) -> str:
    """Return who accredits; where no column says it, the ACGME's own number and word do."""
    if "accreditor" in cells.lacking and is_acgmes(code, cells.text("status")):
        cells.understood["accreditor"] = ACGME
        return ACGME
    return cells.text("accreditor")


FORMAT = ListingFormat(
    kind=EvidenceKind.PROGRAM,
    groups=("program",),
    columns=(
        Column(name="program_code", required=True),
        *make_texts("name", "sponsor", "city", "state"),
        Column(name="specialty", holds="word", words="specialty", required=True),
        Column(
            name="accreditor",
            holds="word",
            words="accreditor",
            without="a program's accreditor is not known, and a fellowship there stays unverified",
        ),
        Column(name="status", holds="word", words="accreditation", required=True),
        Column(
            name="accredited_from",
            holds="date",
            without="the start of a program's accreditation is not known, and a fellowship there stays"
            " unverified",
        ),
        *make_dates("accredited_to"),
        Column(name="length_months", holds="count"),
    ),
    person=read_nobody,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "training-programs",
    "CSV of training programs: number, specialty, accreditor, status, dates",
    FORMAT,
)
