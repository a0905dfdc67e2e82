"""Words, styles and safe text that the reports for people share."""

from collections.abc import Mapping

from rich.text import Text

from credcheck._util.text import escape_control
from credcheck.model import Evidence, Outcome, Physician, Query, SourceState, VerdictOutcome
from credcheck.reference.labels import label

# Colors that read on dark and on light ground; the words alone say everything.
STYLES = {
    Outcome.MET: "green",
    Outcome.NOT_MET: "bold red",
    Outcome.UNVERIFIED: "yellow",
    VerdictOutcome.MEETS: "bold green",
    VerdictOutcome.DOES_NOT_MEET: "bold red",
    VerdictOutcome.UNVERIFIED: "bold yellow",
    SourceState.OK: "green",
    SourceState.FAILED: "bold red",
    SourceState.STALE: "yellow",
    SourceState.SKIPPED: "dim",
}
_GROUPS: Mapping[type, str] = {
    Outcome: "outcome",
    VerdictOutcome: "verdict_short",
    SourceState: "state",
}


def safe_text(text: str, style: str = "") -> Text:
    """Return text from outside as Rich text: nothing in it can act, nothing is markup."""
    return Text(escape_control(text), style=style)


def safe_line(text: str, style: str = "") -> Text:
    """Return one line of text from outside, with its end."""
    return safe_text(text, style).append("\n")


def outcome(word: Outcome | VerdictOutcome | SourceState) -> Text:
    """Return an outcome or a state by its label, in its color."""
    return Text(label(_GROUPS[type(word)], word), style=STYLES[word])


def person_line(query: Query, physician: Physician | None) -> str:
    """Return the person in one line: name, NPI, city and state."""
    if physician is None:
        return query.name or f"NPI {query.npi or 'not given'}"
    place = ", ".join(filter(None, (physician.city, physician.state)))
    return "  ".join(filter(None, (physician.name, f"NPI {physician.npi}", place)))


def record_location(item: Evidence) -> str:
    """Return where a record stands: source, row, day."""
    provenance = item.provenance
    number = provenance.line if provenance.line is not None else provenance.row
    row = f" row {number}" if number is not None else ""
    day = f" as of {provenance.as_of}" if provenance.as_of else ""
    return f"{item.source}{row}{day}"
