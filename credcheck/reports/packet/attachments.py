"""A document of the book as pages of a PDF: how many it has, or why it cannot be shown.

A document comes from outside. Only pypdf opens it, within limits; what could act in it (scripts, links,
files inside) is left behind when its pages are copied.
"""

import io
import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from credcheck._util.text import pluralize

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 100
MOST_BYTES = 25 << 20
_IMAGES = frozenset({".png", ".jpg", ".jpeg"})
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class Attachment:
    """A document's pages. ``problem`` says why there are none."""

    pages: int
    problem: str = ""
    data: bytes = b""
    """A PDF of the pages alone."""


class _CannotShow(Exception):
    """Why a document has no pages, in words."""


def describe_attachment(suffix: str, data: bytes) -> Attachment:
    """Return a document as pages, or why it has none. Nothing in it can raise."""
    try:
        pdf, pages = _copy_pages(_to_pdf(suffix, data))
    except _CannotShow as error:
        return Attachment(0, str(error))
    except Exception:  # noqa: BLE001 - a hostile or damaged file may break a reader in any way
        return Attachment(0, "the file is damaged")
    return Attachment(pages, "", pdf)


def _to_pdf(suffix: str, data: bytes) -> bytes:
    if not data:
        raise _CannotShow("the file is not available")
    if find_spec("pypdf") is None or find_spec("reportlab") is None:
        raise _CannotShow("the extra credcheck[pdf] is not installed")
    if len(data) > MOST_BYTES:
        raise _CannotShow(f"the file is larger than {MOST_BYTES >> 20} MB")
    if data.startswith(b"%PDF-"):
        return data
    if suffix in _IMAGES:
        return _draw_picture(data)
    raise _CannotShow("only PDF, PNG and JPEG files can be shown as pages")


def _copy_pages(pdf: bytes) -> tuple[bytes, int]:
    """Return a PDF of the pages alone, without what could act in them, and how many they are."""
    from pypdf import PdfWriter

    from credcheck.reports.packet.pdf_frame import frame_page

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is damaged and can be read all the same
        reader, writer, out = _open(pdf), PdfWriter(), io.BytesIO()
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise _CannotShow(f"it has {count:,} pages; the limit is {MOST_PAGES}")
        if not count:
            raise _CannotShow("the file has no pages")
        for page in reader.pages:
            _disarm(page)
            _check_page(writer.add_page(page))
        writer.write(out)
        for page in PdfWriter(clone_from=_open(out.getvalue())).pages:
            frame_page(page, "a trial", "that shows", "it can be done")
    return out.getvalue(), count


def _open(pdf: bytes) -> "PdfReader":
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is damaged is said in the packet
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        raise _CannotShow("the file is encrypted")
    return reader


def _check_page(page: "PageObject") -> None:
    """Raise for a page that has no size, or one that is none."""
    sides = float(page.mediabox.width), float(page.mediabox.height)
    if not all(1 <= side <= 20_000 for side in sides):
        raise _CannotShow("a page has no usable size")
    contents = page.get_contents()
    if contents is not None:
        _ = contents.operations  # reads all of it


def list_pages(attachment: Attachment) -> "Iterator[PageObject]":
    """Yield the pages of an attachment."""
    yield from _open(attachment.data).pages


_ACTING = ("/AA", "/A", "/B", "/Thumb", "/Metadata", "/PieceInfo", "/Tabs", "/StructParents")
_SHOWN = frozenset({"/Widget", "/FreeText", "/Stamp", "/Ink", "/Highlight", "/Square", "/Line"})
"""Annotations that show something: what was written into a form, or drawn on a page."""


def _disarm(page: "PageObject") -> None:
    """Take out what could act; what a form or a pen has written stays."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    for name in _ACTING:
        page.pop(NameObject(name), None)
    kept = ArrayObject()
    found: Any = page.get("/Annots")
    for reference in found.get_object() if found is not None else ():
        note = reference.get_object()
        if isinstance(note, DictionaryObject) and note.get("/Subtype") in _SHOWN:
            kept.append(_copy_appearance(note))
    if kept:
        page[NameObject("/Annots")] = kept
    else:
        page.pop(NameObject("/Annots"), None)


def _copy_appearance(note: Any) -> Any:
    """Return a note as a stamp that has its looks and place alone."""
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    names = ("/Rect", "/AP", "/AS")
    copied = DictionaryObject({NameObject(x): note[x] for x in names if x in note})
    copied[NameObject("/Type")] = NameObject("/Annot")
    copied[NameObject("/Subtype")] = NameObject("/Stamp")
    copied[NameObject("/F")] = NumberObject(4)  # printed
    return copied


def _draw_picture(data: bytes) -> bytes:
    """Return a picture as a page of a PDF."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from credcheck.reports.packet.pdf_pages import HEIGHT, SIDE, WIDTH

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _CannotShow("the picture is too large")
            flat = picture.convert("RGB")
    room = WIDTH - 2 * SIDE, HEIGHT - 2 * SIDE
    scale = min(room[0] / flat.width, room[1] / flat.height, 1.0)
    width, height = flat.width * scale, flat.height * scale
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.drawImage(ImageReader(flat), SIDE, HEIGHT - SIDE - height, width, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def describe_pages(attachment: Attachment) -> str:
    """Return how a document is shown: ``2 pages, at the end of the PDF``, or why not."""
    if attachment.problem:
        return f"Not appended: {attachment.problem}"
    return f"{pluralize(attachment.pages, 'page')}, at the end of the PDF"
