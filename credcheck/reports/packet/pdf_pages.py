"""What stands on each page of a PDF: who, that it is confidential, page n of m, the digest."""

from typing import Any

from credcheck.reports.packet.document import Packet


def make_canvas(packet: Packet, font: str, side: float) -> type:
    """Return the class that draws the pages of a packet; how many there are is known at the end."""
    from reportlab.pdfgen.canvas import Canvas

    from credcheck.reports.packet.pdf import printable

    class PacketCanvas(Canvas):
        """Keeps each page until their number is known, then draws the head and the foot of all."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - ReportLab's name
            """Keep the page."""
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            """Draw what stands on each page, and write them all."""
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self._draw_edges(number, len(self._pages))
                super().showPage()
            super().save()

        def _draw_edges(self, number: int, of: int) -> None:
            width, height = self._pagesize
            self.setFont(font, 7)
            self.setFillColorRGB(0.27, 0.27, 0.27)
            self.drawString(side, height - 36, printable(f"{packet.name}, {packet.number}"))
            self.drawRightString(width - side, height - 36, packet.confidential)
            self.drawString(side, 30, f"Verdict SHA-256 {packet.digest}")
            self.drawRightString(width - side, 30, f"Page {number} of {of}")

    return PacketCanvas
