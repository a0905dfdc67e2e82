"""Options that sources of many adapters share, and how they are read."""

import re
from typing import Annotated

import msgspec

Days = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,5}d$")]
"""A number of days as it stands in a configuration: ``"120d"``."""

DEFAULT_MAX_AGE: Days = "120d"
"""NCQA's limit for verifications, from 2025-07-01."""


def days(text: Days) -> int:
    """Return the number of days of ``120d``. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,5}d", text):
        raise ValueError(f'{text!r} is no number of days, such as "120d"')
    return int(text[:-1])
