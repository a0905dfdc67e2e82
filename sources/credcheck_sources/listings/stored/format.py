"""What stands on the pages of a listing's index.

Page 0 says what the listing is, and where its other pages begin. Pages with texts are hidden: a row may
hold a birth date, which is kept nowhere in clear.
"""

from typing import TypeVar

import msgspec

from credcheck.model import Model
from credcheck.tables.columns import ColumnUse
from credcheck.tables.dates import DateForms
from credcheck_sources.listings.searchable import ListingFacts
from credcheck_sources.listings.stored.postings import PageRange

SCHEMA = 1
"""Raised when the pages change their meaning. The code that reads listings is in the key beside it."""

HEAD = 0
ROWS_A_PAGE = 8
FAMILIES_A_PAGE = 8
GIVENS_A_PAGE = 64

StoredRow = tuple[int, str]
"""The line of a row, and its cells."""

StoredFamily = tuple[str, dict[str, list[int]]]
"""A family name, and the rows beside each given name."""


class StoredReject(Model, kw_only=True):
    """A row that cannot be trusted: its proof is kept, and its cells are not."""

    line: int
    problem: str
    digest: str
    others: dict[str, str]


class IndexHead(Model, kw_only=True):
    """What a listing is.

    ``posts`` are the sections of each sort of key, ``damaged`` the rows in whose names a character was
    lost.
    """

    facts: ListingFacts
    uses: tuple[ColumnUse, ...]
    constants: dict[str, str]
    dates: dict[str, DateForms]
    rejects: dict[int, StoredReject]
    damaged: tuple[int, ...]
    has_unnumbered: bool
    has_numbered: bool
    rows: PageRange
    families: PageRange
    givens: PageRange
    posts: dict[str, PageRange]


Value = TypeVar("Value")

ENCODER = msgspec.msgpack.Encoder()
HEAD_DECODER = msgspec.msgpack.Decoder(IndexHead)
ROWS_DECODER = msgspec.msgpack.Decoder(list[StoredRow])
FAMILIES_DECODER = msgspec.msgpack.Decoder(list[StoredFamily])
GIVENS_DECODER = msgspec.msgpack.Decoder(list[str])
