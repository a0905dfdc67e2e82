"""What one entry says and what shows it, as options; they stand for the columns of a work list."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.bodies import CellTrouble
from credcheck.worklist.columns import ANSWERS, COLUMNS

_WHAT = "What it is about (one of these)"
_RECORD = "What the source says"
_PROOF = "Proof"
_OPTIONS = {
    "organization": "--organization",
    "number": "--number",
    "subject": "--certificate, --fellowship, --program, --permit or --license",
    "verified_by": "--by",
    "verified_on": "--on",
}


def _text(flag: str, metavar: str, help_: str, panel: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        flag, metavar=metavar, help=help_, show_default=False, rich_help_panel=panel
    )
    return option


@dataclass(frozen=True, kw_only=True)
class ItemOptions:
    """What was found out."""

    certificate: Annotated[
        str | None, _text("--certificate", "NAME", "A board certificate.", _WHAT)
    ] = None
    fellowship: Annotated[
        str | None, _text("--fellowship", "SPECIALTY", "A fellowship.", _WHAT)
    ] = None
    program: Annotated[
        str | None, _text("--program", "SPECIALTY", "A program's accreditation.", _WHAT)
    ] = None
    permit: Annotated[
        str | None,
        _text("--permit", "TOPIC", "A permit or course, such as radiation_safety.", _WHAT),
    ] = None
    license: Annotated[
        str | None, _text("--license", "STATE", "A license, with its --number.", _WHAT)
    ] = None
    row: Annotated[
        str | None,
        _text(
            "--row",
            "DIGEST",
            "A row of a list, by its digest or 8 digits of it: whose is it?",
            _WHAT,
        ),
    ] = None
    is_person: Annotated[
        bool | None,
        typer.Option(
            "--is-person/--is-not-person",
            help="Who the row is about.",
            show_default=False,
            rich_help_panel=_WHAT,
        ),
    ] = None
    organization: Annotated[
        str, _text("--organization", "NAME", "The board, program or issuer.", _RECORD)
    ] = ""
    number: Annotated[
        str, _text("--number", "NUMBER", "The program's or the license's number.", _RECORD)
    ] = ""
    status: Annotated[
        str, _text("--status", "WORDS", "The status, in the source's own words.", _RECORD)
    ] = ""
    from_: Annotated[str, _text("--from", "DATE", "Issued, begun, accredited from.", _RECORD)] = ""
    to: Annotated[str, _text("--to", "DATE", "Expires, ended, accredited to.", _RECORD)] = ""
    term: Annotated[
        str,
        _text("--term", "WORD", "time_limited, time_unlimited or continuous.", _RECORD),
    ] = ""
    accreditor: Annotated[
        str, _text("--accreditor", "NAME", "Who accredits the program.", _RECORD)
    ] = ""
    order: Annotated[
        str,
        _text("--order", "WORDS", "The board's order on a license, or none.", _RECORD),
    ] = ""

    @property
    def cells(self) -> dict[str, str]:
        """The same as cells of a work list. Raises UsageError unless it is one thing."""
        about = {
            Wanted.CERTIFICATE: self.certificate,
            Wanted.FELLOWSHIP: self.fellowship,
            Wanted.PROGRAM: self.program,
            Wanted.COMPETENCY: self.permit,
            Wanted.LICENSE: self.license,
            Wanted.DISPOSITION: self.row,
        }
        said = [wanted for wanted, text in about.items() if text is not None]
        if len(said) != 1:
            raise UsageError(
                "name what it is about: one of --certificate, --fellowship, --program, --permit,"
                " --license, --row"
            )
        (wanted,) = said
        if (wanted is Wanted.DISPOSITION) is (self.is_person is None):
            raise UsageError("--row needs --is-person or --is-not-person; nothing else takes them")
        cells = {column.name: "" for column in COLUMNS}
        own = {name: getattr(self, name) for name in ("organization", "number", "status", "to")}
        own |= {"from": self.from_, "term": self.term, "accreditor": self.accreditor}
        own |= {"order": self.order}
        subject = about[wanted] or ""
        if wanted is Wanted.DISPOSITION:
            answer = ANSWERS[1] if self.is_person else ANSWERS[2]
            return cells | own | {"kind": wanted.value, "row": subject, "answer": answer}
        return cells | own | {"kind": wanted.value, "subject": subject, "answer": ANSWERS[0]}


@dataclass(frozen=True, kw_only=True)
class ProofOptions:
    """How it was found out, and what shows it."""

    how: Annotated[
        str,
        _text("--how", "WORD", "web, letter, telephone, email, fax, file, in person.", _PROOF),
    ] = ""
    asked: Annotated[
        str,
        _text(
            "--asked",
            "WHO",
            "issuer (itself, or its designated source), other, physician. Default: other.",
            _PROOF,
        ),
    ] = ""
    source: Annotated[str, _text("--source", "NAME", "Who was asked.", _PROOF)] = ""
    contact: Annotated[str, _text("--contact", "NAME", "Who answered, by name.", _PROOF)] = ""
    document: Annotated[
        list[Path] | None,
        typer.Option(
            "--document",
            metavar="FILE",
            help="A document that shows it (repeatable). The book keeps a copy.",
            show_default=False,
            rich_help_panel=_PROOF,
        ),
    ] = None

    @property
    def cells(self) -> dict[str, str]:
        """The same as cells of a work list."""
        return {
            "how": self.how,
            "asked": self.asked,
            "ask": self.source,
            "contact": self.contact,
        }


def name_option(trouble: CellTrouble) -> str:
    """Return what is wrong with a cell, named as its option."""
    if not trouble.column:
        return trouble.problem
    return f"{_OPTIONS.get(trouble.column, f'--{trouble.column}')} {trouble.problem}"
