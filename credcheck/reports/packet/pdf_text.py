"""Text in a PDF: ReportLab's own font, embedded, and the styles. What the font lacks is written out."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from credcheck._util.text import escape_control, write_out
from credcheck.reports.packet.document import Tone

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

FONT, _BOLD = "CredcheckSans", "CredcheckSans-Bold"
_LONGEST = 2_500
"""Characters of a cell; a longer one would not fit a page and is cut, and says so."""
_WIDEST = 300  # characters: no line of a page has room for more
_CUT = " ... (cut here; the whole is in the HTML and the results)"
TONES: dict[Tone, tuple[str, str | None]] = {
    "plain": ("#000000", None),
    "good": ("#0b5d23", "#e9f7ec"),
    "bad": ("#8f0a1c", "#fdecee"),
    "open": ("#6b4700", "#fff6dd"),
    "quiet": ("#444444", None),
}
"""The color of a text of each tone, and of the ground below it."""
_SIZES = {
    "h1": (17, 21, 0),
    "h2": (12, 15, 12),
    "h3": (9.5, 12, 9),
    "body": (9, 12, 3),
    "cell": (7.5, 9.6, 0),
    "head": (7.5, 9.6, 0),
    "small": (6.8, 9, 0),
    "quiet": (8, 10.5, 2),
    "banner": (14, 18, 0),
}
"""Of each style the size, the height of a line, and the space before."""
_BOLD_STYLES = {"h1", "h2", "h3", "head", "banner"}
_QUIET_STYLES = {"quiet", "small"}


def paragraph(text: str, style: str, tone: Tone = "plain") -> "Flowable":
    """Return a text that wraps."""
    from reportlab.platypus import Paragraph

    if len(text) > _LONGEST:
        text = text[:_LONGEST] + _CUT
    lines = (escape(printable(line)) for line in text.split("\n"))
    return Paragraph("<br/>".join(lines), _style(style, tone))


def printable(text: str) -> str:
    """Return a line of text with what the font lacks written out by its number, line ends too."""
    known = _list_characters()
    return "".join(c if ord(c) in known else write_out(c) for c in escape_control(text))


def fit(text: str, size: float, room: float) -> str:
    """Return a line of text that is no wider than the room, in points: cut, if it must be."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    shown = printable(text[:_WIDEST])
    if stringWidth(shown, FONT, size) <= room:
        return shown
    while shown and stringWidth(f"{shown}...", FONT, size) > room:
        shown = shown[:-1]
    return f"{shown}..."


@cache
def register_fonts() -> None:
    """Make the font known to ReportLab."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    folder = _font_folder()
    registerFont(TTFont(FONT, str(folder / "Vera.ttf")))
    registerFont(TTFont(_BOLD, str(folder / "VeraBd.ttf")))
    registerFontFamily(FONT, normal=FONT, bold=_BOLD, italic=FONT, boldItalic=_BOLD)


@cache
def _list_characters() -> frozenset[int]:
    from reportlab.pdfbase.ttfonts import TTFontFile

    return frozenset(TTFontFile(str(_font_folder() / "Vera.ttf")).charToGlyph)


def _font_folder() -> Path:
    import reportlab

    return Path(reportlab.__file__).parent / "fonts"


@cache
def _style(name: str, tone: Tone) -> "ParagraphStyle":
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    register_fonts()
    size, lead, before = _SIZES[name]
    color, _ = TONES["quiet" if name in _QUIET_STYLES else tone]
    return ParagraphStyle(
        f"{name}-{tone}",
        fontName=_BOLD if name in _BOLD_STYLES else FONT,
        fontSize=size,
        leading=lead,
        spaceBefore=before,
        spaceAfter=3,
        textColor=HexColor(color),
        splitLongWords=1,
    )
