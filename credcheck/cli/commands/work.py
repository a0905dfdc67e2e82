"""Commands about what is left to do: worklist, letters and expiring."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import OutputError, UsageError
from credcheck._util.text import pluralize
from credcheck.book.entries import AboutPerson
from credcheck.book.storage import BookFolder
from credcheck.cli import options
from credcheck.cli.book_folder import BookFolderOptions, parse_day
from credcheck.cli.commands.results import Saved, find_standard
from credcheck.cli.console import print_error
from credcheck.cli.files import open_output
from credcheck.cli.paths import check_paths, known_inputs, named_inputs, output_file
from credcheck.cli.session import today_here
from credcheck.cli.span import Window
from credcheck.runs.results import open_results
from credcheck.tables.csv_safe import escape_cell
from credcheck.worklist.addressees import AddresseeKind
from credcheck.worklist.answers import read_kept
from credcheck.worklist.contacts import ContactDirectory, load_contacts
from credcheck.worklist.items import Item, Plan, list_items
from credcheck.worklist.letters import (
    NEEDS_RELEASE,
    Sender,
    merge_rows,
    to_page,
    write_letters,
)
from credcheck.worklist.sheet import write_sheet

EXAMPLES = {
    "worklist": """Examples:

credcheck worklist november.ndjson -o work.xlsx --contacts boards-and-programs.csv

credcheck worklist december.ndjson -o work.xlsx --keep work.xlsx --decide-by 2026-12-15""",
    "letters": """Examples:

credcheck letters november.ndjson -o letters --contacts boards-and-programs.csv --signer "J. Roe" """,
}
MERGE_FILE = "mail-merge.csv"


@dataclass(frozen=True, kw_only=True)
class PlanOptions:
    """What goes into a list."""

    decide_by: Annotated[
        str | None,
        typer.Option(
            "--decide-by",
            metavar="YYYY-MM-DD",
            help=(
                "The day of the committee. Default: before current verifications become too old."
            ),
            show_default=False,
        ),
    ] = None
    window: Window = None
    negatives: Annotated[
        bool, typer.Option("--negatives", help="Include findings that are not met.")
    ] = False
    advisory: Annotated[bool, typer.Option("--advisory", help="Include advisory requirements.")] = (
        False
    )
    contacts: Annotated[
        Path | None,
        typer.Option(
            "--contacts",
            metavar="FILE",
            help=(
                "Your directory of boards, programs and other contacts: a table with "
                "kind, name, number, contact, email, telephone, fax, web and address."
            ),
            show_default=False,
        ),
    ] = None
    standard: options.Standard = None

    def list_items(self, results: Path) -> tuple[list[Item], ContactDirectory]:
        """Return the items of saved results, and how to reach whom they ask."""
        saved = open_results(results)
        directory = load_contacts(self.contacts)
        by = find_standard(results, saved.header, self.standard)
        verdicts = list(saved)
        for verdict in verdicts:
            directory.add_programs(verdict)
        day = self.decide_by and parse_day("--decide-by", self.decide_by, today_here())
        plan = Plan(
            decide_by=day or None,
            limit=self.window,
            negatives=self.negatives,
            advisory=self.advisory,
        )
        return list_items(verdicts, by, plan), directory


def worklist(
    results: Saved,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The workbook to write.")
    ],
    plan: PlanOptions,
    *,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="FILE",
            help="An earlier list, whose entries are carried over. It may be FILE itself.",
            show_default=False,
        ),
    ] = None,
    where: BookFolderOptions,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """List what to find out, who to ask and by when, in one sheet to fill in.

    Import the completed sheet with: credcheck book import FILE
    """
    if not output.lower().endswith(".xlsx"):
        raise UsageError(f"-o {output}: a work list is a workbook; use a name that ends in .xlsx")
    same = keep is not None and keep.exists() and keep.resolve() == Path(output).resolve()
    read = {"the results": results, "--keep": None if same else keep, "--contacts": plan.contacts}
    inputs = [*named_inputs(read), *known_inputs(where.config)]
    check_paths(output_file("-o", output), inputs, force=force or same)
    items, directory = plan.list_items(results)
    kept = read_kept(keep, _list_recorded(where.find())) if keep is not None else {}
    with open_output(output) as out:
        write_sheet(out, items, directory, kept)
    if not quiet:
        people = len({item.npi or item.name for item in items})
        print_error(
            f"{output}: {pluralize(len(items), 'item')} about {pluralize(people, 'physician')}"
        )


def _list_recorded(folder: BookFolder | None) -> set[tuple[str, str, str]]:
    """Return the item, author and day of each answer that is in the book."""
    if folder is None or not folder.exists():
        return set()
    return {
        (held.body.item, held.body.by, held.body.on.isoformat())
        for held in folder.read().entries
        if isinstance(held.body, AboutPerson)
    }


def letters(
    results: Saved,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="A new or empty folder.")
    ],
    plan: PlanOptions,
    *,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            metavar="DIR",
            help="Your own templates: program.txt, board.txt and so on, in Jinja.",
            show_default=False,
        ),
    ] = None,
    signer: Annotated[
        str, typer.Option("--signer", metavar="NAME", help="The signer's name.")
    ] = "",
    organization: Annotated[
        str, typer.Option("--organization", metavar="NAME", help="The signer's organization.")
    ] = "",
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="YYYY-MM-DD",
            help="The date of the letters. Default: today.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write into DIR even if it is not empty.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Write a request for each open item: text, HTML to print, and a table for mail merge.

    A letter says what you ask about which physician. It does not reveal findings.
    """
    _check_folder(output, force=force)
    items, directory = plan.list_items(results)
    day = parse_day("--on", on, today_here())
    sender = Sender(day=day, signer=signer, organization=organization)
    made = write_letters(items, directory, sender, templates)
    try:
        output.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(f"-o {output}: {error.strerror}") from error
    for letter in made:
        _write(output / f"{letter.file}.txt", letter.text)
        _write(output / f"{letter.file}.html", to_page(letter))
    _write(output / MERGE_FILE, _to_csv(merge_rows(made, sender)))
    if quiet:
        return
    print_error(f"{output}: {pluralize(len(made), 'letter')} and {MERGE_FILE}")
    need = sum(letter.kind in NEEDS_RELEASE for letter in made)
    if need:
        print_error(f"{pluralize(need, 'letter')} must go out with the physician's signed release")
    lost = [x for x in made if not x.contact.reachable and x.kind is not AddresseeKind.PHYSICIAN]
    if lost:
        names = ", ".join(sorted({x.items[0].ask.name for x in lost})[:5])
        print_error(
            f"{pluralize(len(lost), 'letter')} without an address ({names}); use --contacts"
        )


def _check_folder(folder: Path, *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"-o {folder} is not a folder")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"-o {folder}: its parent folder does not exist")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(f"-o {folder} is not empty; use --force to write into it")


def _write(path: Path, text: str) -> None:
    with open_output(str(path)) as out:
        out.write(text.encode("utf-8"))


def _to_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
