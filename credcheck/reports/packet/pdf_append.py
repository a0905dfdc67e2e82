"""Documents behind the pages of a packet: each page as it is, in a frame that says whose it is."""

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO

from credcheck.reports.packet.attachments import list_pages
from credcheck.reports.packet.document import Packet

if TYPE_CHECKING:
    from pypdf import PageObject

_BAND = 30.0
"""Points above and below a page: what is written there covers nothing of the document."""


def append_documents(packet: Packet, body: io.BytesIO, out: BinaryIO) -> None:
    """Write the packet's pages and behind them those of its documents, numbered on."""
    from pypdf import PdfReader, PdfWriter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged files, which readers show all the same
        reader = PdfReader(body)
        writer = PdfWriter(clone_from=reader)
        number = len(reader.pages)
        total = number + sum(each.attachment.pages for each in packet.attachments)
        for appended in packet.attachments:
            for place, page in enumerate(list_pages(appended.attachment), 1):
                number += 1
                of = f"page {place} of {appended.attachment.pages}"
                title = f"{packet.name}, {packet.number}. {appended.title}, {of}"
                added = writer.add_page(page)
                _frame(added, packet, title, f"Page {number} of {total}")
        writer.write(out)


def _frame(page: "PageObject", packet: Packet, title: str, number: str) -> None:
    """Widen a page by a band at each side, and write into those that are above and below it."""
    from pypdf import PdfReader, Transformation
    from pypdf.generic import RectangleObject

    turn = page.rotation % 360
    box = page.cropbox
    left, low = float(box.left) - _BAND, float(box.bottom) - _BAND
    width, height = float(box.width) + 2 * _BAND, float(box.height) + 2 * _BAND
    seen = (height, width) if turn in {90, 270} else (width, height)
    stamp = PdfReader(io.BytesIO(_draw_stamp(packet, title, number, *seen))).pages[0]
    shift = {0: (0.0, 0.0), 90: (width, 0.0), 180: (width, height), 270: (0.0, height)}[turn]
    place = Transformation().rotate(turn).translate(left + shift[0], low + shift[1])
    whole = RectangleObject((left, low, left + width, low + height))
    page.mediabox = page.cropbox = page.trimbox = page.bleedbox = page.artbox = whole
    page.merge_transformed_page(stamp, place)


def _draw_stamp(packet: Packet, title: str, number: str, width: float, height: float) -> bytes:
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    from credcheck.reports.packet.pdf_text import FONT, printable, register_fonts

    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    foot = f"Verdict SHA-256 {packet.digest}"
    room = width - 2 * _BAND
    for text, y in ((printable(title), height - _BAND / 2), (foot, _BAND / 2)):
        wide = stringWidth(text, FONT, 7) + (
            stringWidth(number, FONT, 7) + 12 if text == foot else 0
        )
        canvas.setFont(FONT, 7 * min(1.0, room / wide))
        canvas.drawString(_BAND, y, text)
        if text == foot:
            canvas.drawRightString(width - _BAND, y, number)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
