"""The row that ``book add --row`` names: its whole digest, or the beginning of it."""

import re
from pathlib import Path

from credcheck._util.errors import UsageError
from credcheck.book.book import Book
from credcheck.book.entries import Settled
from credcheck.model import EvidenceKind
from credcheck.runs.results import open_results

_WHOLE = re.compile(r"[0-9a-f]{64}")
_BEGINNING = re.compile(r"[0-9a-f]{8,63}")


def find_row(named: str, npi: str, book: Book, results: Path | None) -> str:
    """Return the digest of a row about a person, from its beginning. Raises UsageError.

    It is looked for among the records of the person in saved results, and among the rows that the book
    has settled for them. One that fits several rows is refused.
    """
    text = named.strip().lower()
    if _WHOLE.fullmatch(text):
        return text
    if not _BEGINNING.fullmatch(text):
        raise UsageError(f"--row {named}: give the row's digest, or at least 8 of its hex digits")
    known = {body.row for _, body in book.of(npi, Settled)}
    if results is not None:
        known |= _list_rows(npi, results)
    found = sorted(each for each in known if each.startswith(text))
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"--row {named}: it is the beginning of {len(found)} rows: give more of it"
        )
    where = f"in {results}" if results is not None else "in the book; name the run with --results"
    raise UsageError(f"--row {named}: no row of NPI {npi} begins so {where}")


def _list_rows(npi: str, results: Path) -> set[str]:
    return {
        item.provenance.sha256
        for verdict in open_results(results)
        if str(verdict.npi) == npi
        for item in verdict.evidence
        if item.__struct_config__.tag != EvidenceKind.REGISTRATION
    }
