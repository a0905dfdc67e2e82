"""Documents behind the pages of a packet: each page as it is, in a frame that says whose it is."""

import io
import warnings
from typing import BinaryIO

from credcheck.reports.packet.attachments import list_pages
from credcheck.reports.packet.document import Packet
from credcheck.reports.packet.pdf_frame import frame_page


def append_documents(packet: Packet, body: io.BytesIO, out: BinaryIO) -> None:
    """Write the packet's pages and behind them those of its documents, numbered on."""
    from pypdf import PdfReader, PdfWriter

    foot = f"Verdict SHA-256 {packet.digest}"
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
                frame_page(added, title, foot, f"Page {number} of {total}")
        writer.write(out)
