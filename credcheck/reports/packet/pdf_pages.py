"""The pages of a PDF: their size, and what stands on each: who, page n of m, the digest."""

from typing import Any

from credcheck.reports.packet.document import Packet

INCH = 72.0
SIZE = WIDTH, HEIGHT = 8.5 * INCH, 11 * INCH
SIDE, TOP, BOTTOM = 0.65 * INCH, 0.8 * INCH, 0.75 * INCH
BODY = WIDTH - 2 * SIDE
PADDING = 6.0
"""Points that ReportLab leaves free within its frame."""
_EDGE = 0.45 * INCH
_GRAY, _SMALL = 0.27, 7.0


def make_canvas(packet: Packet) -> Any:
    """Return the class that draws the pages of a packet; how many there are is known at the end."""
    more = sum(each.attachment.pages for each in packet.attachments)
    from reportlab.pdfgen.canvas import Canvas

    from credcheck.reports.packet.pdf_text import register_fonts

    register_fonts()

    class PacketCanvas(Canvas):
        """Keeps each page until their number is known, then draws the head and the foot of all."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - ReportLab's name
            """Keep the page."""
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            """Draw what stands on each page, and write them all."""
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                page_of = f"Page {number} of {len(self._pages) + more}"
                _draw_edges(self, packet, page_of)
                super().showPage()
            super().save()

    return PacketCanvas


def _draw_edges(canvas: Any, packet: Packet, page: str) -> None:
    """Draw the head and the foot of a page."""
    from credcheck.reports.packet.pdf_text import FONT, fit

    number = f", {packet.number}"
    taken = canvas.stringWidth(f"{number}   {packet.confidential}", FONT, _SMALL)
    canvas.setFont(FONT, _SMALL)
    canvas.setFillColorRGB(_GRAY, _GRAY, _GRAY)
    canvas.drawString(SIDE, HEIGHT - _EDGE, fit(packet.name, _SMALL, BODY - taken) + number)
    canvas.drawRightString(WIDTH - SIDE, HEIGHT - _EDGE, packet.confidential)
    canvas.drawString(SIDE, _EDGE, f"Verdict SHA-256 {packet.digest}")
    canvas.drawRightString(WIDTH - SIDE, _EDGE, page)
