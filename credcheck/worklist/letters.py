"""Request letters: plain text, HTML to print, and a table for mail merge. From templates in a sandbox.

A template is given who is asked, about whom and for what. It is not given the verdict, a finding, a
reason or what another source says, so no template can tell them to outsiders.

Sources: VGMET (AHA, ACGME, NAMSS, OPDA; 2016, revised 2021): the elements of the letter to a program.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credcheck._util.errors import UsageError
from credcheck._util.text import escape_control
from credcheck.model import Model
from credcheck.worklist.addressees import AddresseeKind
from credcheck.worklist.contacts import Contact, ContactDirectory
from credcheck.worklist.items import Item

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

LETTER_KINDS = tuple(
    kind for kind in AddresseeKind if kind not in {AddresseeKind.SELF, AddresseeKind.REGISTRY}
)
NEEDS_RELEASE = frozenset({AddresseeKind.BOARD, AddresseeKind.PROGRAM, AddresseeKind.STATE})
MERGE_COLUMNS = (
    *("letter_id", "kind", "to_name", "to_contact", "to_address", "subject_name"),
    *("former_names", "npi", "program_code", "organization", "subject", "from", "to", "due"),
    *("signer", "requirement", "finding_code"),
)
"""Columns of the mail-merge table. The last two are for your own files, not for a letter."""


class LetterError(UsageError):
    """A template cannot be used. The message names it."""


class Letter(Model, kw_only=True):
    """One letter: to one addressee, about one physician, for all that they are asked."""

    id: str
    kind: AddresseeKind
    contact: Contact
    items: tuple[Item, ...]
    text: str

    @property
    def file(self) -> str:
        """The beginning of its files' names."""
        return f"{self.id}-{self.kind}"


class Sender(Model, kw_only=True):
    """Who writes, and on which day."""

    day: dt.date
    signer: str = ""
    organization: str = ""


def write_letters(
    items: Iterable[Item],
    directory: ContactDirectory,
    sender: Sender,
    templates: Path | None = None,
) -> list[Letter]:
    """Return the letters that the items of a work list need. Raises LetterError for a template."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        if item.ask.kind in LETTER_KINDS:
            grouped.setdefault(item.letter, []).append(item)
    environment = _make_environment()
    texts: dict[AddresseeKind, str] = {}
    letters = []
    for ident, mine in grouped.items():
        kind, contact = mine[0].ask.kind, directory.find(mine[0].ask)
        template = texts.setdefault(kind, _read_template(kind, templates))
        text = _render(environment, kind, template, _make_context(ident, mine, contact, sender))
        letters.append(Letter(id=ident, kind=kind, contact=contact, items=tuple(mine), text=text))
    return letters


def merge_rows(letters: Sequence[Letter], sender: Sender) -> list[list[str]]:
    """Return the mail-merge table: its header, and a row for each item of each letter."""
    rows = [list(MERGE_COLUMNS)]
    for letter in letters:
        for item in letter.items:
            known, contact = item.known, letter.contact
            rows.append(
                [
                    *(letter.id, letter.kind.value, contact.name or item.ask.name, contact.contact),
                    *(contact.address, item.name, "; ".join(item.former_names), item.npi),
                    *(known.get("number", ""), known.get("organization", "")),
                    *(known.get("subject", ""), known.get("from", ""), known.get("to", "")),
                    *(item.due.isoformat(), sender.signer, item.requirement),
                    " ".join(item.codes),
                ]
            )
    return rows


def to_page(letter: Letter) -> str:
    """Return a letter as a page that stands alone and prints: no script, everything escaped."""
    from markupsafe import escape

    source = files("credcheck.worklist").joinpath("templates", "page.html").read_text("utf-8")
    return source.replace("{{ title }}", str(escape(letter.file))).replace(
        "{{ text }}", str(escape(letter.text))
    )


def _make_environment() -> "SandboxedEnvironment":
    from credcheck.worklist.sandbox import make_sandbox  # Jinja is slow to import

    return make_sandbox()


def _read_template(kind: AddresseeKind, templates: Path | None) -> str:
    name = f"{kind}.txt"
    if templates is not None and (templates / name).is_file():
        try:
            return (templates / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LetterError(f"the template {templates / name}: {error}") from error
    return files("credcheck.worklist").joinpath("templates", name).read_text(encoding="utf-8")


def _render(
    environment: "SandboxedEnvironment", kind: AddresseeKind, source: str, context: dict[str, Any]
) -> str:
    from jinja2 import TemplateError

    try:
        text = environment.from_string(source).render(context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise LetterError(f"the template {kind}.txt: {error}") from error
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def _make_context(
    ident: str, items: Sequence[Item], contact: Contact, sender: Sender
) -> dict[str, Any]:
    """Return what a template is given: texts alone, and of the person what identifies them."""
    first = items[0]
    return {
        "date": sender.day.isoformat(),
        "letter_id": ident,
        "to": {
            "name": _safe(contact.name or first.ask.name),
            "contact": _safe(contact.contact),
            "address": _safe(contact.address),
            "web": _safe(contact.web),
        },
        "subject": {
            "name": _safe(first.name),
            "former_names": _safe(", ".join(first.former_names)),
            "npi": first.npi,
        },
        "items": [
            {
                "title": _safe(item.title),
                "wanted": item.wanted.value,
                "organization": _safe(item.known.get("organization", "")),
                "number": _safe(item.known.get("number", "")),
                "subject": _safe(item.known.get("subject", "")),
                "place": _safe(item.place),
            }
            for item in items
        ],
        "due": min(item.due for item in items).isoformat(),
        "signer": _safe(sender.signer),
        "organization": _safe(sender.organization),
    }


def _safe(text: str) -> str:
    return "\n".join(map(escape_control, text.split("\n")))
