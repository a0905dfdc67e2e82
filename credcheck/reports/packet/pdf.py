"""A packet as PDF, by ReportLab and pypdf (the extra ``pdf``). The same results give the same bytes."""

import io
from importlib.util import find_spec
from typing import Any, BinaryIO

from credcheck._util.errors import UsageError
from credcheck.reports.packet.document import Packet


def check_pdf() -> None:
    """Check that PDF can be made. Raises UsageError with what to install."""
    if find_spec("reportlab") is None or find_spec("pypdf") is None:
        raise UsageError(
            "PDF output needs ReportLab and pypdf: pip install 'credcheck[pdf]'; or write .html and"
            " print it"
        )


def write_pdf(packet: Packet, out: BinaryIO) -> None:
    """Write a packet as PDF. Raises UsageError where ReportLab is not installed."""
    check_pdf()
    from reportlab.platypus import SimpleDocTemplate

    from credcheck.reports.packet.pdf_append import append_documents
    from credcheck.reports.packet.pdf_blocks import draw_section
    from credcheck.reports.packet.pdf_pages import BOTTOM, PADDING, SIDE, SIZE, TOP, make_canvas
    from credcheck.reports.packet.pdf_text import paragraph, printable

    whole = out if not packet.attachments else io.BytesIO()
    document = SimpleDocTemplate(
        whole,
        pagesize=SIZE,
        leftMargin=SIDE - PADDING,
        rightMargin=SIDE - PADDING,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=printable(packet.title),
        author="credcheck",
        creator=packet.made_by,
        subject=packet.confidential,
        lang="en-US",
        invariant=1,
    )
    story: list[Any] = [paragraph(packet.name, "h1"), paragraph(packet.number, "quiet")]
    for place, section in enumerate(x for x in packet.sections if not x.drawn):
        story += draw_section(section, is_cover=place == 0)
    document.build(story, canvasmaker=make_canvas(packet))
    if isinstance(whole, io.BytesIO):
        append_documents(packet, whole, out)
