"""Options that are a number of days: ``90d`` or ``90``."""

import re
from typing import Annotated

import typer

from credcheck._util.errors import UsageError

_DAYS = re.compile(r"([0-9]{1,4})d?")


def parse_span(text: str | int) -> int:
    """Return how many days a text means. Raises UsageError."""
    found = _DAYS.fullmatch(str(text))
    if found is None:
        raise UsageError(f"{text!r} is not a number of days; write it as 90d")
    return int(found.group(1))


Window = Annotated[
    int | None,
    typer.Option(
        "--window",
        metavar="DAYS",
        parser=parse_span,
        help=(
            "How long a verification counts, if that is shorter than its source's "
            "max_age: 90d for a CVO."
        ),
        show_default=False,
    ),
]
