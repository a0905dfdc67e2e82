"""Write the parts of the reference that come from the code.

Usage: python docs/make.py        writes docs/reference/*.md and docs/pictures/*.svg
A test fails where what is written differs from what would be.
"""

import inspect
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import get_args

from credcheck.cli.commands.topics import load_topics
from credcheck.model import MEANINGS, plain
from credcheck.model.reading import ColumnReading, ColumnUse, MissingColumn, Reading
from credcheck.rules import rules
from credcheck.source.adapter import adapter_names, load_adapter
from credcheck.standards.loader import list_shipped, load_standard
from credcheck.tables import limits
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.columns import COLUMNS as SHEET_COLUMNS
from credcheck.worklist.columns import INPUTS, USED
from credcheck.worklist.letters import MERGE_COLUMNS

REFERENCE = Path(__file__).parent / "reference"
COMMANDS = (
    (),
    ("verify",),
    ("search",),
    ("match",),
    ("batch",),
    ("audit",),
    ("merge",),
    ("worklist",),
    ("letters",),
    ("expiring",),
    ("book",),
    *(("book", each) for each in ("init", "import", "add", "list", "show", "check")),
    *(("book", each) for each in ("confirm", "withdraw", "redact", "decide")),
    ("diff",),
    ("report",),
    ("packet",),
    ("replay",),
    ("log",),
    ("log", "verify"),
    ("log", "list"),
    ("sources",),
    ("sources", "list"),
    ("sources", "check"),
    ("sources", "add"),
    ("sources", "set"),
    ("sources", "remove"),
    ("sources", "template"),
    ("sources", "import"),
    ("sources", "prune"),
    ("sources", "fetch"),
    ("sources", "presets"),
    ("standards",),
    ("standards", "list"),
    ("standards", "show"),
    ("standards", "validate"),
    ("standards", "diff"),
    ("standards", "test"),
    ("cache",),
    ("cache", "info"),
    ("cache", "clear"),
    ("init",),
    ("demo",),
    ("help",),
)
MADE = "Made by `docs/make.py`; do not edit.\n"


def commands() -> str:
    """Return the help of every command."""
    parts = [f"# Commands\n\n{MADE}"]
    for words in COMMANDS:
        title = " ".join(("credcheck", *words))
        parts.append(f"\n## {title}\n\n```\n{_help(*words)}\n```\n")
    return "".join(parts)


def reason_codes() -> str:
    """Return the reason codes with their meanings."""
    rows = "".join(f"| `{code}` | {meaning} |\n" for code, meaning in MEANINGS.items())
    head = "A finding has one or more. The list may grow; a meaning never changes.\n\n"
    return f"# Reason codes\n\n{MADE}\n{head}| code | meaning |\n| --- | --- |\n{rows}"


def rule_kinds() -> str:
    """Return the rule kinds with their parameters and sources."""
    parts = [
        f"# Rules\n\n{MADE}\nThe rule kinds that a standard is made of, and their parameters.\n"
    ]
    for rule in rules().values():
        parts.append(f"\n## {rule.kind}\n\n{inspect.getdoc(rule.weigh)}\n")
        parts.append(f"\n**Parameters.** {inspect.getdoc(rule.parameters)}\n")
        fields = ", ".join(f"`{name}`" for name in rule.parameters.__struct_fields__)
        parts.append(f"\n{_wrap(fields)}\n" if fields else "")
    parts.append("\n# Included standards\n")
    for name in list_shipped():
        standard = load_standard(name)
        parts.append(f"\n## {name} {standard.ref.version}\n\n{_wrap(standard.description)}\n\n")
        if standard.paths:
            parts.append("One whole path is enough.\n\n| path | what it is | it asks |\n")
            parts.append("| --- | --- | --- |\n")
            for path in standard.paths:
                asked = ", ".join(f"`{each}`" for each in path.requirements)
                parts.append(f"| `{path.id}` | {path.title} | {asked} |\n")
            parts.append("\n")
        parts.append("| requirement | level | rule | parameters |\n| --- | --- | --- | --- |\n")
        for each in standard.requirements:
            shown = "; ".join(f"{k}: {_shown(v)}" for k, v in plain(each.parameters).items())
            parts.append(f"| `{each.id}` | {each.level} | {each.rule.kind} | {shown} |\n")
    return "".join(parts)


def configuration() -> str:
    """Return the configuration's reference: a hand-written head, and every adapter's options."""
    head = (REFERENCE / "configuration.head").read_text(encoding="utf-8")
    adapters = [load_adapter(name) for name in adapter_names()]
    parts = [head]
    for options in dict.fromkeys(adapter.options for adapter in adapters):
        alike = [adapter for adapter in adapters if adapter.options is options]
        adapter = alike[0]
        parts.append(f"\n## {', '.join(each.name for each in alike)}\n\n")
        parts += [f"- `{each.name}`: {each.summary}\n" for each in alike]
        parts.append(f"\n{inspect.getdoc(options)}\n\n")
        parts.append("| option | default |\n| --- | --- |\n")
        required = len(adapter.options.__struct_fields__) - len(adapter.options.__struct_defaults__)
        for place, field in enumerate(adapter.options.__struct_fields__):
            shown = "required"
            if place >= required:
                shown = _default(adapter.options.__struct_defaults__[place - required])
            parts.append(f"| `{field}` | {shown} |\n")
    return "".join(parts)


def table_limits() -> str:
    """Return how much of a table is read, and what becomes of the rest."""
    head = (
        "How much of a roster or a listing is read. Each length is bounded once, before its use.\n"
    )
    rows = "".join(f"| {each.value:,} | {each.what} | {each.beyond} |\n" for each in limits.ALL)
    table = f"| at most | | beyond it |\n| --- | --- | --- |\n{rows}"
    return f"# Limits of tables\n\n{MADE}\n{head}\n{table}"


def reading() -> str:
    """Return what a reading says, as JSON."""
    where = "`credcheck sources check --format json` prints it; the header of results holds it.\n"
    parts = [f"# A reading as JSON\n\n{MADE}\n{where}"]
    for model in (Reading, ColumnReading, MissingColumn):
        fields = ", ".join(f"`{name}`" for name in model.__struct_fields__)
        parts.append(f"\n## {model.__name__}\n\n{inspect.getdoc(model)}\n\n{_wrap(fields)}\n")
    uses = ", ".join(f"`{each}`" for each in get_args(ColumnUse))
    return "".join(parts) + f"\n`use` is one of {uses}.\n"


def work_list() -> str:
    """Return the reference of the work list: a hand-written frame, and the columns from the code."""
    frame = (REFERENCE / "work-list.head").read_text(encoding="utf-8")
    rows = "\n".join(
        f"| `{column.name}` | {'yes' if column.is_input else ''} | {column.help}"
        f"{': ' + ', '.join(column.words) if column.words else ''} |"
        for column in SHEET_COLUMNS
    )
    kinds = "\n".join(
        f"| `{wanted}` | {_ANSWERS[wanted]} | "
        f"{', '.join(f'`{x}`' for x in INPUTS if x in USED[wanted])} |"
        for wanted in Wanted
    )
    merge = ", ".join(f"`{name}`" for name in MERGE_COLUMNS)
    made = frame.replace("@@COLUMNS@@", rows).replace("@@KINDS@@", kinds)
    return made.replace("@@MERGE@@", _wrap(merge))


_ANSWERS = {
    Wanted.CERTIFICATE: "`found`",
    Wanted.FELLOWSHIP: "`found`",
    Wanted.PROGRAM: "`found`",
    Wanted.COMPETENCY: "`found`",
    Wanted.LICENSE: "`found`",
    Wanted.DISPOSITION: "`is this person` or `is not this person`",
    Wanted.NOTHING: "none: a source or a query needs to be corrected",
}


def topics() -> str:
    """Return the texts of ``credcheck help``."""
    parts = [f"# Help topics\n\n{MADE}\nWhat `credcheck help TOPIC` prints.\n"]
    for name, text in load_topics().items():
        title, _, body = text.partition("\n")
        parts.append(f"\n## {name}\n\n{title}.\n\n```text\n{body.strip()}\n```\n")
    return "".join(parts)


PAGES = {
    "topics.md": topics,
    "work-list.md": work_list,
    "commands.md": commands,
    "reason-codes.md": reason_codes,
    "rules.md": rule_kinds,
    "configuration.md": configuration,
    "table-limits.md": table_limits,
    "reading.md": reading,
}


def _wrap(text: str) -> str:
    """Return a paragraph in lines of 120 columns at most."""
    return textwrap.fill(" ".join(text.split()), 120, break_long_words=False)


def _help(*words: str) -> str:
    return "\n".join(line.rstrip() for line in run(*words, "--help").strip("\n").splitlines())


LOOK = {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}


def run(*words: str) -> str:
    """Return what a command prints."""
    command = [sys.executable, "-m", "credcheck", *words]
    environment = {**os.environ, **LOOK}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _default(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value) or "none"
    if isinstance(value, str | int | float):
        return f"`{value}`"
    return "none"


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")
    subprocess.run([sys.executable, Path(__file__).parent / "pictures.py"], check=True)


if __name__ == "__main__":
    main()
