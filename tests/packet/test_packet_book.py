"""The book in a packet: its entries with what became of them, and the documents that prove them."""

import datetime as dt
import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from credcheck.book.documents import load_document
from credcheck.book.entries import Redacted, Withdrawn
from credcheck.book.storage import BookFolder
from credcheck.reports.packet.attachments import MOST_PAGES, describe_attachment
from credcheck.reports.packet.book import PacketBook
from credcheck.reports.packet.build import build_packet
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.html import write_html
from credcheck.reports.packet.pdf import write_pdf
from tests.packet.test_packet import case, html, pdf_pages, squash
from tests.support.book import (
    VERIFIED_ON,
    add,
    certified,
    confirmed,
    digests,
    new_book,
    settled,
    trained,
    with_document,
)
from tests.support.runs import fails

LATE = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def a_pdf(*texts: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for text in texts:
        canvas.drawString(40, 40, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def turned(turn: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("here"))))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    return out.getvalue()


def of(folder: BookFolder) -> PacketCase:
    book = folder.read()
    return case(
        fails(), book=PacketBook(book=book, load=partial(load_document, folder.folder, book))
    )


def pdf(of_: PacketCase) -> PdfReader:
    out = io.BytesIO()
    write_pdf(build_packet(of_), out)
    return PdfReader(out)


@pytest.fixture
def folder(tmp_path: Path) -> BookFolder:
    return new_book(tmp_path / "book")


def test_ten_fields_of_the_book_are_on_the_page_and_in_the_pdf(folder: BookFolder) -> None:
    proven = with_document(folder, trained(note="called twice"), a_pdf("the form"), "vgmet.pdf")
    says = {"open": "may be a namesake"}
    book = add(folder, certified(), proven, settled("a" * 64, says=says))
    add(folder, confirmed(digests(book)[1]))
    made = of(folder)
    wanted = {
        "section": "Entries in the book",
        "what": "Board certificate: American Board of Anesthesiology",
        "who": "J. Roe",
        "how": "Telephone",
        "contact": "Contact: Ms. A. Registrar",
        "second person": f"Confirmed by M. Second, {VERIFIED_ON}",
        "day of recording": "Recorded 2026-10-21",
        "note": "called twice",
        "document": "vgmet.pdf",
        "state": "Kept as recorded",
        "pages": "1 page, at the end of the PDF",
        "digest": proven.documents[0].sha256,
        "settled": "is not this physician's",
        "row": "a" * 64,
        "what was open": "may be a namesake",
        "head": made.run.book.book.head.digest if made.run.book else "",
    }
    for text in (squash("".join(pdf_pages(made))), squash(html(made).replace("&#39;", "'"))):
        assert [name for name, said in wanted.items() if squash(said) not in text] == []


def test_documents_follow_the_last_page_and_each_page_says_whose_it_is(folder: BookFolder) -> None:
    first = with_document(folder, trained(), a_pdf("page one", "page two"), "vgmet.pdf")
    second = with_document(folder, certified(), a_picture(), "card.png")
    add(folder, first, second)
    pages = [page.extract_text() for page in pdf(of(folder)).pages]
    assert ["page one" in text for text in pages].index(True) == len(pages) - 3
    assert "Document D1, entry 2: vgmet.pdf, page 2 of 2" in pages[-2]
    assert "Document D2, entry 3: card.png, page 1 of 1" in pages[-1]
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "ALMA ABERNATHY MD, NPI 2000001075" in text
        assert of(folder).digest in text


def test_with_documents_the_same_bytes_come_out_again(folder: BookFolder) -> None:
    add(folder, with_document(folder, trained(), a_pdf("x"), "vgmet.pdf"))
    written = []
    for _ in range(2):
        out = io.BytesIO()
        write_pdf(build_packet(of(folder)), out)
        written.append(out.getvalue())
    assert written[0] == written[1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_framed_as_it_is_seen(folder: BookFolder, turn: int) -> None:
    add(folder, with_document(folder, trained(), turned(turn), "v.pdf"))
    page = pdf(of(folder)).pages[-1]
    assert page.rotation % 360 == turn
    assert (float(page.cropbox.width), float(page.cropbox.height)) == (672, 852)
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, cm: Any, tm: Any, *_: object) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4] + 30
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5] + 30
        seen = {0: (x, y), 90: (y, 672 - x), 180: (672 - x, 852 - y), 270: (852 - y, x)}[turn]
        for word in ("Document D1", "Verdict SHA-256"):
            if word in text:
                places[word] = seen

    page.extract_text(visitor_text=note)
    height = 852 if turn in {0, 180} else 672
    assert places["Document D1"] == pytest.approx((30, height - 15), abs=2)
    assert places["Verdict SHA-256"] == pytest.approx((30, 15), abs=2)


def hostile_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("harmless"))))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(2)"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("evil.exe", b"MZ")
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    from pypdf.annotations import FreeText, Link

    writer.add_annotation(0, Link(rect=(0, 0, 600, 700), url="https://example.org/"))
    writer.add_annotation(0, FreeText(text="typed by hand", rect=(50, 50, 200, 80)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_could_act_in_a_document_is_left_behind(folder: BookFolder) -> None:
    add(folder, with_document(folder, trained(), hostile_pdf(), "v.pdf"))
    out = io.BytesIO()
    write_pdf(build_packet(of(folder)), out)
    found = out.getvalue()
    reader = PdfReader(out)
    assert "harmless" in reader.pages[-1].extract_text()
    words = (b"JavaScript", b"app.alert", b"evil.exe", b"example.org", b"/OpenAction", b"/AA ")
    assert [word for word in words if word in found] == []
    notes = [each.get_object()["/Subtype"] for each in reader.pages[-1]["/Annots"]]  # type: ignore[attr-defined]
    assert notes == ["/Stamp"]


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("x"))))
    writer.encrypt("secret", algorithm="RC4-40")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "data", "problem"),
    [
        (".pdf", b"%PDF-1.7 not really one", "damaged"),
        (".pdf", a_pdf("x")[:300], "damaged"),
        (".pdf", encrypted(), "encrypted"),
        (".pdf", a_pdf(*["x"] * (MOST_PAGES + 1)), "the limit is 100"),
        (".png", b"\x89PNG\r\n\x1a\n", "damaged"),
        (".png", b"GIF89a", "damaged"),
        (".docx", b"PK\x03\x04", "only PDF, PNG and JPEG"),
        ("", b"text", "only PDF, PNG and JPEG"),
        (".pdf", b"", "not available"),
    ],
)
def test_a_document_that_cannot_be_shown_says_why(suffix: str, data: bytes, problem: str) -> None:
    found = describe_attachment(suffix, data)
    assert found.pages == 0
    assert problem in found.problem


def test_what_became_of_an_entry_is_said(folder: BookFolder) -> None:
    lacking = certified(contact=None)
    proven = with_document(folder, trained(), a_pdf("x"), "gone.pdf")
    book = add(folder, certified(), lacking, proven)
    by: dict[str, Any] = {"by": "J. Roe", "on": VERIFIED_ON}
    add(folder, Withdrawn(entry=digests(book)[1], reason="wrong person", **by), recorded=LATE)
    document = proven.documents[0].sha256
    add(folder, Redacted(document=document, reason="another patient", **by), recorded=LATE)
    add(folder, certified(note="new"), recorded=LATE)
    page = " ".join(html(of(folder)).split())
    assert "No: withdrawn by entry 5, after this check" in page
    assert "No: it has neither a document nor a named contact" in page
    assert "Removed from the book" in page
    assert "Not appended: the file is not available" in page
    assert "No: recorded after this check" in page


def test_nobody_verifies_themselves_in_a_packet_either(folder: BookFolder) -> None:
    """It says of an entry what judging says: the physician counts neither as signer nor as second."""
    book = add(folder, certified(by="Alma Abernathy"), trained())
    add(folder, confirmed(digests(book)[2], by="A. Abernathy"))
    page = " ".join(html(of(folder)).split())
    assert "No: the physician verified it" in page
    assert "Confirmed by" not in page


def test_without_a_book_or_without_entries_that_is_said(folder: BookFolder) -> None:
    assert "No book was given" in html(case(fails()))
    assert "The book has no entry about this physician" in html(of(folder))


def test_a_hostile_name_of_a_document_is_text(folder: BookFolder) -> None:
    body = with_document(folder, trained(), a_pdf("x"), "<img src=x onerror=alert(1)>\u202e.pdf")
    add(folder, body)
    out = io.BytesIO()
    write_html(build_packet(of(folder)), out)
    assert b"<img" not in out.getvalue()
    assert pdf_pages(of(folder))
