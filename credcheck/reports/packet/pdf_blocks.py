"""Each kind of block in a PDF."""

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from credcheck.reports.packet.document import (
    Banner,
    Block,
    Choices,
    Facts,
    Items,
    Lines,
    Note,
    PacketTable,
    Pair,
    Section,
    Tone,
)
from credcheck.reports.packet.pdf_pages import BODY, INCH
from credcheck.reports.packet.pdf_text import TONES, paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_LINE, _BAND = "#999999", "#eeeeee"
_GAP = 14.0
_TALL = 450.0  # points
Style = tuple[Any, ...]


def draw_section(section: Section, *, is_cover: bool) -> list[Any]:
    """Return a section; its title stays with what follows it."""
    from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak

    title = paragraph(section.title, "h3" if section.small else "h2")
    blocks = [drawn for block in section.blocks for drawn in draw(block)]
    if section.small:
        return [KeepTogether([title, *blocks])]
    drawn = [CondPageBreak(1.1 * INCH), title, *blocks]
    return [*drawn, PageBreak()] if is_cover else drawn


@singledispatch
def draw(block: Block) -> list[Any]:
    """Return a block as what ReportLab lays out. A picture is none: the tables say the same."""
    del block
    return []


@draw.register
def _(block: Banner) -> list[Any]:
    from reportlab.platypus import Spacer

    inside = [
        paragraph(block.text, "banner", block.tone),
        paragraph(block.detail, "body", block.tone),
    ]
    return [Spacer(1, 4), _table([[inside]], [BODY], _box(block.tone)), Spacer(1, 4)]


@draw.register
def _(block: Facts) -> list[Any]:
    cells = [[paragraph(name, "quiet"), paragraph(text, "cell")] for name, text in block.rows]
    return [_table(cells, [BODY * 0.25, BODY * 0.75], [_rule(0, -1)])] if cells else []


@draw.register
def _(block: Items) -> list[Any]:
    marks = [f"{n}." if block.ordered else "\u2022" for n in range(1, len(block.texts) + 1)]
    rows = zip(marks, block.texts, strict=True)
    cells = [[paragraph(mark, "cell"), paragraph(text, "cell")] for mark, text in rows]
    return [_table(cells, [22, BODY - 22], [])] if cells else []


@draw.register
def _(block: Note) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    drawn = paragraph(block.text, "quiet" if block.tone == "quiet" else "body", block.tone)
    return [CondPageBreak(0.6 * INCH), drawn] if block.leads else [drawn]


@draw.register
def _(block: Choices) -> list[Any]:
    from reportlab.platypus import Spacer

    boxes = "      ".join(f"[   ] {each}" for each in block.options).replace(" ", "\u00a0")
    return [Spacer(1, 6), paragraph(f"{block.label}: {boxes}", "body")]


@draw.register
def _(block: Lines) -> list[Any]:
    return [drawn for row in block.rows for drawn in _draw_lines(row)]


def _draw_lines(labels: tuple[str, ...]) -> list[Any]:
    from reportlab.platypus import Spacer

    width = BODY / len(labels)
    cells: list[Any] = []
    style: list[Style] = []
    for place, label in enumerate(labels):
        cells += [paragraph(label, "quiet"), ""]
        style.append(("LINEABOVE", (2 * place, 0), (2 * place, 0), 0.7, "#000000"))
    return [Spacer(1, 24), _table([cells], [width - _GAP, _GAP] * len(labels), style)]


@draw.register
def _(block: Pair) -> list[Any]:
    """Draw two lists side by side: the longer one says how many rows there are."""
    halves: list[list[list[Any]]] = []
    for title, facts in zip(block.titles, (block.left, block.right), strict=True):
        rows = [[paragraph(n, "small"), paragraph(t, "cell")] for n, t in facts.rows]
        halves.append([[paragraph(title, "head"), ""], *rows])
    most = max(map(len, halves))
    left, right = (half + [["", ""]] * (most - len(half)) for half in halves)
    together = [[*one, "", *other] for one, other in zip(left, right, strict=True)]
    half = (BODY - _GAP) / 2
    widths = [half * 0.3, half * 0.7, _GAP, half * 0.3, half * 0.7]
    titles: list[Style] = [("SPAN", (x, 0), (x + 1, 0)) for x in (0, 3)]
    rules = [_rule(0, 1, len(block.left.rows)), _rule(3, 4, len(block.right.rows))]
    return [_table(together, widths, [*titles, *rules])]


@draw.register
def _(block: PacketTable) -> list[Any]:
    from reportlab.platypus import Spacer

    rows: list[list[Any]] = [[paragraph(head, "head") for head in block.head]]
    style: list[Style] = [
        ("BACKGROUND", (0, 0), (-1, 0), _BAND),
        ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
    ]
    for y, row in enumerate(block.rows, 1):
        rows.append([paragraph(cell.text, "cell", cell.tone) for cell in row])
        for x, cell in enumerate(row):
            if ground := TONES[cell.tone][1]:
                style.append(("BACKGROUND", (x, y), (x, y), ground))
    widths = [BODY * share / sum(block.widths) for share in block.widths]
    return [_table(rows, widths, style, heads=1), Spacer(1, 3)]


def _table(
    rows: list[list[Any]], widths: list[float], style: list[Style], heads: int = 0
) -> "Flowable":
    from reportlab.platypus import LongTable, TableStyle

    base: list[Style] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    is_tall = any(_height_of(row, widths) > _TALL for row in rows)
    table = LongTable(rows, colWidths=widths, repeatRows=heads, splitInRow=int(is_tall))
    table.setStyle(TableStyle([*base, *style]))
    return table


def _height_of(row: list[Any], widths: list[float]) -> float:
    """Return how high a row is at least: one that is higher than a page has to be split."""
    pairs = zip(row, widths, strict=True)
    return max((x.wrap(width - 6, _TALL)[1] for x, width in pairs if hasattr(x, "wrap")), default=0)


def _rule(first: int, last: int, row: int = -1) -> Style:
    """Return a line below each row of some columns, up to a row."""
    return ("LINEBELOW", (first, 0), (last, row), 0.3, _LINE)


def _box(tone: Tone) -> list[Style]:
    color, ground = TONES[tone]
    return [
        ("BACKGROUND", (0, 0), (-1, -1), ground or "#ffffff"),
        ("LINEBEFORE", (0, 0), (0, -1), 5, color),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
