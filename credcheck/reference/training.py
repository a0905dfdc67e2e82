"""What accredited training must contain: a reviewed table of texts that were seen."""

import datetime as dt
import tomllib
from functools import cache

import msgspec

from credcheck.model.base import Model
from credcheck.reference import table


class TrainingContent(Model, kw_only=True, forbid_unknown_fields=True):
    """One thing that fellowships in a specialty must teach, by whose requirements, and since when.

    ``words`` follow "was trained in"; ``source`` names the requirements.
    """

    specialty: str
    accreditor: str
    since: dt.date
    topic: str
    words: str
    source: str


@cache
def training_contents() -> tuple[TrainingContent, ...]:
    """Return every entry of the table."""
    document = tomllib.loads(table("training.toml"))
    return tuple(msgspec.convert(each, TrainingContent) for each in document["content"])
