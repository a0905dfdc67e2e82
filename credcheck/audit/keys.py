"""Which verdict of one run answers to which of another: the same physician, by number if possible."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from credcheck._util.errors import UsageError
from credcheck.model import Query, Verdict

_SHOWN = 5


class SharedIdError(UsageError):
    """An id that several rows have was to say who is meant."""

    def __init__(self, id_: str, rows: list[int], what: str) -> None:
        """``what`` was decided by the id."""
        named = ", ".join(map(str, rows[:_SHOWN])) + (", ..." if len(rows) > _SHOWN else "")
        super().__init__(
            f"rows {named} have the id {id_!r}, so it cannot identify one row for {what}. Nothing"
            " was decided. Give each row its own id, or use the NPI"
        )


class Key(NamedTuple):
    """What a verdict is about. ``by_id``: the user's own key alone says so.

    ``is_of_row``: nothing says so, and only the place in the file is known.
    """

    text: str
    by_id: bool = False
    is_of_row: bool = False


def find_key(verdict: Verdict) -> Key:
    """Return what a verdict is about: its NPI, else the user's own key, else what was asked."""
    npi = verdict.query.npi or verdict.npi
    if npi and verdict.query.problem is None:
        return Key(f"NPI {npi}")
    if verdict.query.id:
        return Key(f"id {verdict.query.id}", by_id=True)
    if npi or verdict.query.name:
        return Key(describe_question(verdict.query))
    return Key(f"row {verdict.query.sheet_row}", is_of_row=True)


def describe_question(query: Query) -> str:
    """Return all that was asked about, in one line."""
    asked = (
        *(query.npi, query.name, query.city, query.state, query.specialty),
        *(query.license_number, query.license_state),
        *(str(each) for each in query.schooling if each),
    )
    return " ".join(filter(None, asked))


def assign_keys(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, Verdict]]:
    """Yield verdicts with keys that are each used once: the second of a physician is ``... (2)``."""
    seen: Counter[str] = Counter()
    for verdict in verdicts:
        key = find_key(verdict).text
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key} ({seen[key]})"), verdict


def check_ids(queries: Iterable[Query], decided: Mapping[str, str]) -> None:
    """Check that no two rows have an id that something was decided by. Raises SharedIdError.

    ``decided`` says for each such id what that was.
    """
    rows: dict[str, list[int]] = {}
    for query in queries if decided else ():
        if query.id is not None and query.id in decided:
            rows.setdefault(query.id, []).append(query.sheet_row)
    for id_, having in rows.items():
        if len(having) > 1:
            raise SharedIdError(id_, having, decided[id_])
