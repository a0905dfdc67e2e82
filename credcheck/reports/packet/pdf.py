"""A packet as PDF, by ReportLab (the extra ``pdf``). The same results give the same bytes."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape

from credcheck._util.errors import UsageError
from credcheck._util.text import escape_control
from credcheck.reports.packet.document import (
    Banner,
    Block,
    Choices,
    Facts,
    Grid,
    Items,
    Lines,
    Note,
    Packet,
    Picture,
    Section,
    Tone,
)

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_FONT, _BOLD = "CredcheckSans", "CredcheckSans-Bold"
_INCH = 72.0
_SIDE, _TOP, _BOTTOM = 0.65 * _INCH, 0.8 * _INCH, 0.75 * _INCH
_WIDTH, _HEIGHT = 8.5 * _INCH, 11 * _INCH
_BODY = _WIDTH - 2 * _SIDE
_LINE, _BAND = "#999999", "#eeeeee"
_TONES: dict[Tone, tuple[str, str | None]] = {
    "plain": ("#000000", None),
    "good": ("#0b5d23", "#e9f7ec"),
    "bad": ("#8f0a1c", "#fdecee"),
    "open": ("#6b4700", "#fff6dd"),
    "quiet": ("#444444", None),
}
_LONGEST = 2_500
"""Characters of a cell; a longer one would not fit a page and is cut, and says so."""


def check_pdf() -> None:
    """Check that PDF can be made. Raises UsageError with what to install."""
    if find_spec("reportlab") is None:
        raise UsageError("PDF needs ReportLab: pip install 'credcheck[pdf]'; or write .html and print it")


def write_pdf(packet: Packet, out: BinaryIO) -> None:
    """Write a packet as PDF. Raises UsageError where ReportLab is not installed."""
    check_pdf()
    from reportlab.platypus import SimpleDocTemplate

    from credcheck.reports.packet.pdf_pages import make_canvas

    _register_fonts()
    document = SimpleDocTemplate(
        out,
        pagesize=(_WIDTH, _HEIGHT),
        leftMargin=_SIDE,
        rightMargin=_SIDE,
        topMargin=_TOP,
        bottomMargin=_BOTTOM,
        title=printable(packet.title),
        author="credcheck",
        creator=packet.made_by,
        subject=packet.confidential,
        invariant=1,
    )
    story: list[Any] = [_text(packet.name, "h1"), _text(packet.number, "quiet")]
    for place, section in enumerate(packet.sections):
        story += _draw_section(section, is_cover=place == 0)
    document.build(story, canvasmaker=make_canvas(packet, _FONT, _SIDE))


def printable(text: str) -> str:
    """Return text with what the font lacks written out as its number, as in a Python string."""
    shown = "\n".join(escape_control(part) for part in text.split("\n"))
    known = _characters()
    return "".join(c if c == "\n" or ord(c) in known else f"\\u{ord(c):04x}" for c in shown)


@cache
def _register_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    folder = _font_folder()
    registerFont(TTFont(_FONT, str(folder / "Vera.ttf")))
    registerFont(TTFont(_BOLD, str(folder / "VeraBd.ttf")))
    registerFontFamily(_FONT, normal=_FONT, bold=_BOLD, italic=_FONT, boldItalic=_BOLD)


@cache
def _characters() -> frozenset[int]:
    from reportlab.pdfbase.ttfonts import TTFontFile

    font = TTFontFile(str(_font_folder() / "Vera.ttf"))
    return frozenset(font.charToGlyph)


def _font_folder() -> Path:
    import reportlab

    return Path(reportlab.__file__).parent / "fonts"


@cache
def _style(name: str, tone: Tone = "plain") -> "ParagraphStyle":
    from reportlab.lib.styles import ParagraphStyle

    size, lead, before = {
        "h1": (17, 21, 0),
        "h2": (12, 15, 12),
        "h3": (9.5, 12, 9),
        "body": (9, 12, 3),
        "cell": (7.5, 9.6, 0),
        "head": (7.5, 9.6, 0),
        "quiet": (8, 10.5, 2),
        "banner": (14, 18, 0),
    }[name]
    bold = name in {"h1", "h2", "h3", "head", "banner"}
    return ParagraphStyle(
        f"{name}-{tone}",
        fontName=_BOLD if bold else _FONT,
        fontSize=size,
        leading=lead,
        spaceBefore=before,
        spaceAfter=3,
        textColor=_TONES[tone if name != "quiet" else "quiet"][0],
        splitLongWords=1,
    )


def _text(text: str, style: str, tone: Tone = "plain") -> "Flowable":
    from reportlab.platypus import Paragraph

    if len(text) > _LONGEST:
        text = text[:_LONGEST] + " ... (cut here; the whole is in the HTML and the results)"
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), _style(style, tone))


def _draw_section(section: Section, *, is_cover: bool) -> list[Any]:
    from reportlab.platypus import CondPageBreak, PageBreak

    title = _text(section.title, "h3" if section.small else "h2")
    blocks = [drawn for block in section.blocks for drawn in _draw(block)]
    together = [CondPageBreak((1.4 if section.small else 1.1) * _INCH), title, *blocks]
    return [*together, PageBreak()] if is_cover else together


def _draw(block: Block) -> list[Any]:
    from reportlab.platypus import Spacer

    match block:
        case Banner(text, detail, tone):
            rows = [[[_text(text, "banner", tone), _text(detail, "body", tone)]]]
            return [Spacer(1, 4), _table(rows, [_BODY], _box(tone)), Spacer(1, 4)]
        case Facts(rows):
            cells = [[_text(name, "quiet"), _text(text, "cell")] for name, text in rows]
            return [_table(cells, [_BODY * 0.25, _BODY * 0.75], _rules())] if cells else []
        case Grid():
            return [_draw_grid(block), Spacer(1, 3)]
        case Items(texts, ordered):
            marks = (f"{n}." if ordered else "\u2022" for n in range(1, len(texts) + 1))
            cells = [[_text(m, "cell"), _text(t, "cell")] for m, t in zip(marks, texts, strict=True)]
            return [_table(cells, [16, _BODY - 16], [])] if cells else []
        case Note(text, tone):
            return [_text(text, "quiet" if tone == "quiet" else "body", tone)]
        case Choices(label, options):
            return [Spacer(1, 6), _text(f"{label}:    " + _boxes(options), "body")]
        case Lines(rows):
            return [drawn for row in rows for drawn in _draw_lines(row)]
        case Picture():
            return [_text("The picture is in the HTML; the sheets below say the same.", "quiet")]


def _boxes(options: tuple[str, ...]) -> str:
    return "      ".join(f"[   ] {each}" for each in options)


def _draw_lines(labels: tuple[str, ...]) -> list[Any]:
    from reportlab.platypus import Spacer

    gap, width = 14.0, _BODY / len(labels)
    cells: list[Any] = []
    style: list[tuple[Any, ...]] = []
    widths: list[float] = []
    for place, label in enumerate(labels):
        cells += [_text(label, "quiet"), ""]
        widths += [width - gap, gap]
        style.append(("LINEABOVE", (2 * place, 0), (2 * place, 0), 0.7, "#000000"))
    return [Spacer(1, 24), _table([cells], widths, style)]


def _draw_grid(block: Grid) -> "Flowable":
    rows: list[list[Any]] = [[_text(head, "head") for head in block.head]]
    style = [*_rules(), ("BACKGROUND", (0, 0), (-1, 0), _BAND), ("BOX", (0, 0), (-1, -1), 0.4, _LINE)]
    style.append(("INNERGRID", (0, 0), (-1, -1), 0.4, _LINE))
    for y, row in enumerate(block.rows, 1):
        rows.append([_text(cell.text, "cell", cell.tone) for cell in row])
        for x, cell in enumerate(row):
            if ground := _TONES[cell.tone][1]:
                style.append(("BACKGROUND", (x, y), (x, y), ground))
    widths = [_BODY * share / sum(block.widths) for share in block.widths]
    return _table(rows, widths, style, heads=1)


def _table(
    rows: list[list[Any]], widths: list[float], style: list[tuple[Any, ...]], heads: int = 0
) -> "Flowable":
    from reportlab.platypus import LongTable, TableStyle

    base = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    table = LongTable(rows, colWidths=widths, repeatRows=heads, splitInRow=1)
    table.setStyle(TableStyle([*base, *style]))
    return table


def _box(tone: Tone) -> list[tuple[Any, ...]]:
    color, ground = _TONES[tone]
    return [
        ("BACKGROUND", (0, 0), (-1, -1), ground or "#ffffff"),
        ("LINEBEFORE", (0, 0), (0, -1), 5, color),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]


def _rules() -> list[tuple[Any, ...]]:
    return [("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE)]
