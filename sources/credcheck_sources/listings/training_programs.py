"""Adapter ``training-programs``: which programs are accredited, by whom, and when."""

from credcheck.model import EvidenceKind, Program
from credcheck.reference.understanding import is_rounded
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import ListingFormat, make_columns, read_nobody
from credcheck_sources.listings.listing import listing_adapter


def _read_record(cells: Cells) -> Program:
    code = cells.needed("program_code")
    if is_rounded(code):
        cells.problems.append(
            f"program_code: a spreadsheet has rounded {code!r} and its digits are lost; format the"
            " column as text and export again"
        )
    return Program(
        program_code=code,
        name=cells.text("name"),
        sponsor=cells.text("sponsor"),
        city=cells.text("city"),
        state=cells.text("state"),
        specialty=cells.needed("specialty"),
        accreditor=cells.text("accreditor"),
        status=cells.needed("status"),
        accredited_from=cells.date("accredited_from"),
        accredited_to=cells.date("accredited_to"),
        length_months=cells.count("length_months"),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.PROGRAM,
    columns=make_columns(
        *("program_code", "specialty", "status"),
        optional=(
            *("name", "sponsor", "city", "state", "accreditor"),
            *("accredited_from", "accredited_to", "length_months"),
        ),
    ),
    person=read_nobody,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "training-programs",
    "CSV of training programs: number, specialty, accreditor, status, dates",
    FORMAT,
)
