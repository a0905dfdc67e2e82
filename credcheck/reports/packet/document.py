"""A packet as a document: sections of a few kinds of blocks, which HTML and PDF draw alike. Frozen."""

from dataclasses import dataclass
from typing import Literal

from credcheck.reports.packet.attachments import Attachment

Tone = Literal["plain", "good", "bad", "open", "quiet"]
"""How a text is colored. The words alone say everything."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with its tone."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Banner:
    """One line that is to be seen first, such as the verdict."""

    text: str
    detail: str
    tone: Tone


@dataclass(frozen=True)
class Facts:
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """Facts side by side, each half with its title."""

    left: Facts
    right: Facts
    titles: tuple[str, str]


@dataclass(frozen=True)
class PacketTable:
    """A table. ``widths`` are the shares of its columns, in percent."""

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Items:
    """A list; ``ordered`` numbers it."""

    texts: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Note:
    """A paragraph. One that ``leads`` stays with what follows it, as a heading does."""

    text: str
    tone: Tone = "plain"
    leads: bool = False


@dataclass(frozen=True)
class Choices:
    """Boxes to tick by hand."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Lines to fill in by hand, with their labels; those of a row stand side by side."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG. Where it cannot be drawn, the tables say the same."""

    svg: str


Block = Banner | Facts | Pair | PacketTable | Items | Note | Choices | Lines | Picture


@dataclass(frozen=True)
class Section:
    """A part of a packet. ``small`` is one of many alike; ``drawn`` needs pictures to be of use."""

    title: str
    blocks: tuple[Block, ...]
    small: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class Appended:
    """A document that follows the last page of a PDF; ``title`` stands on each of its pages."""

    title: str
    attachment: Attachment


@dataclass(frozen=True)
class Packet:
    """The packet of one physician.

    ``name`` and ``number`` stand on each page, ``digest`` at its foot. ``file`` is a name for the
    file that holds it, without an ending. ``attachments`` follow the last page of a PDF.
    """

    title: str
    name: str
    number: str
    confidential: str
    digest: str
    made_by: str
    sections: tuple[Section, ...]
    file: str
    attachments: tuple[Appended, ...] = ()
