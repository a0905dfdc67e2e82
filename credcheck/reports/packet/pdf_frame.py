"""The frame of a document's page in a packet: whose it is above it, the digest and the number below."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

_BAND = 30.0
"""Points at each side of a page: what is written there covers nothing of the document."""
_SIZE = 7.0


def frame_page(page: "PageObject", title: str, foot: str, number: str) -> None:
    """Widen a page by a band at each side, and write into those that are above and below it."""
    from pypdf import PdfReader, Transformation
    from pypdf.generic import RectangleObject

    turn = page.rotation % 360
    box = page.cropbox
    left, low = float(box.left) - _BAND, float(box.bottom) - _BAND
    width, height = float(box.width) + 2 * _BAND, float(box.height) + 2 * _BAND
    seen = (height, width) if turn in {90, 270} else (width, height)
    stamp = PdfReader(io.BytesIO(_draw_stamp(title, foot, number, *seen))).pages[0]
    shift = {0: (0.0, 0.0), 90: (width, 0.0), 180: (width, height), 270: (0.0, height)}[turn]
    place = Transformation().rotate(turn).translate(left + shift[0], low + shift[1])
    whole = RectangleObject((left, low, left + width, low + height))
    page.mediabox = page.cropbox = page.trimbox = page.bleedbox = page.artbox = whole
    page.merge_transformed_page(stamp, place)


def _draw_stamp(title: str, foot: str, number: str, width: float, height: float) -> bytes:
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    from credcheck.reports.packet.pdf_text import FONT, printable, register_fonts

    register_fonts()
    out, room = io.BytesIO(), width - 2 * _BAND
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    for left, right, y in ((title, "", height - _BAND / 2), (foot, number, _BAND / 2)):
        text = printable(left)
        wide = stringWidth(f"{text}   {right}", FONT, _SIZE)
        canvas.setFont(FONT, _SIZE * min(1.0, max(0.1, room / wide)))
        canvas.drawString(_BAND, y, text)
        canvas.drawRightString(width - _BAND, y, right)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
