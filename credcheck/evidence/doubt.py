"""A doubt: why a record decides nothing, whatever a rule makes of it."""

from collections.abc import Iterable

from credcheck._util.text import quote_argument
from credcheck.model import Decision, Evidence, MatchReason, Model, Outcome, ReasonCode


class Doubt(Model, kw_only=True):
    """What stands against one record, ``on``, with all the records that it is about.

    ``fields`` are those of the record that it concerns: a check that looks at none of them may decide.
    Without fields it concerns the whole record. ``spares`` is an outcome that it cannot undo.
    """

    on: str
    code: ReasonCode
    message: str
    about: tuple[str, ...]
    next_step: str
    fields: tuple[str, ...] = ()
    spares: Outcome | None = None

    def touches(self, fields: tuple[str, ...], outcome: Outcome) -> bool:
        """Tell whether it stands against a check that looks at some fields (none: at all)."""
        if outcome is self.spares:
            return False
        return not fields or not self.fields or not set(fields).isdisjoint(self.fields)


def is_ambiguous(item: Evidence) -> bool:
    """Tell whether a row may be another person's, so that it raises fewer doubts about other rows.

    One that was this person's until an enrollment list spoke against it raises all that it raised.
    """
    match = item.match
    spared = MatchReason.SCHOOLING_DIFFERS in match.reasons
    return match.decision is Decision.AMBIGUOUS and not spared


def record_location(item: Evidence) -> str:
    """Return where a record stands: ``boards row 12``, as a spreadsheet numbers its rows.

    What a person verified is named with who did it, how and when.
    """
    place, found = item.provenance, item.verification
    if found is not None:
        return f"{item.source} entry {place.row}, by {found}"
    row = place.line if place.line is not None else place.row
    return f"{item.source} row {row}" if row is not None else f"the {item.source} record"


def not_understood(
    item: Evidence, field: str, text: str, ask: str, hint: str = "", *more_fields: str
) -> Doubt:
    """Return the doubt about a text that is in no table."""
    name = field.replace("_", " ")
    said = f"the {name} {text!r} is not recognized" if text.strip() else f"the {name} is empty"
    message = f"{record_location(item)}: {said}" + (f": {hint}" if hint else "")
    is_listed = item.verification is None and bool(text.strip())
    return Doubt(
        on=item.id,
        code=ReasonCode.NOT_UNDERSTOOD,
        message=message,
        about=(item.id,),
        next_step=f"{ask} {_declare(item, field, text)}" if is_listed else ask,
        fields=(field, *more_fields),
    )


def _declare(item: Evidence, field: str, text: str) -> str:
    """Return how the user says what a word of their list means."""
    said = quote_argument(f"value_map.{field}.{text}=WORD")
    return (
        "If it is a word of your own, say which it stands for:"
        f" credcheck sources set {item.source} --set {said}"
    )


def impossible(item: Evidence, said: str, ask: str, *fields: str) -> Doubt:
    """Return the doubt about a record that says what cannot be."""
    return Doubt(
        on=item.id,
        code=ReasonCode.IMPOSSIBLE,
        message=f"{record_location(item)}: {said}",
        about=(item.id,),
        next_step=ask,
        fields=fields,
    )


def contradiction(item: Evidence, others: Iterable[Evidence], said: str, ask: str) -> Doubt:
    """Return the doubt about a record that others contradict, all of them named."""
    named = [item, *others]
    return Doubt(
        on=item.id,
        code=ReasonCode.CONTRADICTION,
        message=f"{' and '.join(map(record_location, named))}: {said}",
        about=tuple(each.id for each in named),
        next_step=ask,
    )
