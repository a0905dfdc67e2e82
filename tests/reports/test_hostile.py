"""Hostile texts are texts, wherever they stand and in whatever people open: nothing acts or hides."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from pypdf import PdfReader
from rich.console import Console

from credcheck._util.text import escape_control
from credcheck.model import Evidence, Finding, Verdict
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.packet.build import build_packet
from credcheck.reports.packet.context import PacketCase, PacketRun
from credcheck.reports.packet.html import write_html
from credcheck.reports.packet.pdf import write_pdf
from credcheck.reports.plain import plain_page
from credcheck.reports.terminal.explain import explanation
from credcheck.reports.terminal.verdict import verdict_table
from credcheck.tables.csv_safe import unescape_cell
from credcheck.tables.xlsx_safe import LONGEST, unescape_text
from tests.support.build import STANDARD
from tests.support.pages import Page
from tests.support.runs import fails, results

TEXTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "--></title></textarea></svg><img src=x onerror=alert(1)>",
    "]]><x onload='alert(1)'/><![CDATA[",
    "javascript:alert(1)",
    '" onmouseover="alert(1)" x=\'',
    "&lt;b&gt; &amp; {{ 7*7 }} ${7*7} {% raw %}",
    '=HYPERLINK("http://example.com","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " \n=1+1",
    "\uff1d1+1",
    "'=1+1",
    "_x003D_1+1 _x202E_",
    "\u202eDM annA\u2066",
    "Al\u200bma\u200d \u2060\ufeff",
    "Al\u3164ma \u115f\u2800",
    "\x1b[2J\x1b]0;owned\x07\x1b[31mMeets",
    "\x9b31m \x00 \x08\x08\x08 \x7f",
    "one\ntwo\r\nthree\u2028four\u0085five",
    "\U0001f642\U0001f469\u200d\u2695\ufe0f \u674e \u05d0\u05d1",
    "[bold red]x[/] [link=http://example.com]y[/link]",
    "x" * 40_000,
    "\U0001f642" * 20_000,
)
HARMLESS = "Alma"


def spoil(verdict: Verdict, text: str, row: int) -> Verdict:
    """Return a verdict with a text wherever one from outside can stand."""
    assert verdict.physician is not None
    query = replace(verdict.query, row=row, line=row + 1, id=text, name=text, other={"Unit": text})
    physician = replace(verdict.physician, name=text, city=text, state=text)
    return replace(
        verdict,
        query=query,
        physician=physician,
        evidence=tuple(spoil_record(item, text) for item in verdict.evidence),
        findings=tuple(spoil_finding(finding, text) for finding in verdict.findings),
        sources=tuple(replace(source, detail=text) for source in verdict.sources),
    )


def spoil_record(item: Evidence, text: str) -> Evidence:
    fields = set(getattr(item.record, "__struct_fields__", ()))
    named = {"board", "certificate", "program_name", "name", "sponsor", "note"} & fields
    record = replace(item.record, **dict.fromkeys(named, text)) if item.record else None
    match = replace(item.match, why=text)
    return replace(item, source=text, record=record, match=match, problem=text)


def spoil_finding(finding: Finding, text: str) -> Finding:
    reasons = tuple(replace(reason, message=text) for reason in finding.reasons)
    return replace(finding, reasons=reasons, next_step=text and f"Ask {text}.")


def person(text: str, row: int = 1) -> Verdict:
    return spoil(fails(), text, row)


RUN = results(*(person(text, row) for row, text in enumerate(TEXTS, 1)))
CALM = results(*(person(HARMLESS, row) for row in range(1, len(TEXTS) + 1)))


@cache
def written(name: str, *, calm: bool = False) -> bytes:
    out = io.BytesIO()
    formats()[name].write(CALM if calm else RUN, out, ReportContext())
    return out.getvalue()


def shape(page: Page) -> list[object]:
    """Return what a page is made of: its tags, and of each attribute all but what it says."""
    return [page.tags, [(tag, name) for tag, name, _ in page.attributes]]


def hidden(text: str) -> set[str]:
    return {c for c in text if c != "\n" and escape_control(c) != c}


def check_page(page: Page, calm: Page) -> None:
    assert shape(page) == shape(calm)
    assert hidden(page.source) == set()
    links = [value or "" for _, name, value in page.attributes if name in {"href", "src"}]
    assert [link for link in links if not link.startswith("#")] == []


def test_the_page_is_made_of_what_a_harmless_one_is_made_of() -> None:
    page, calm = Page(written("html").decode()), Page(written("html", calm=True).decode())
    check_page(page, calm)
    assert [row[3] for row in page.data["rows"]] == [escape_control(text) for text in TEXTS]
    for text, drawer, harmless in zip(TEXTS, page.drawers, calm.drawers, strict=True):
        check_page(Page(drawer), Page(harmless))
        assert all(escape_control(part) in Page(drawer).text for part in text.split("\n"))


def packet(verdict: Verdict) -> Any:
    run = PacketRun(header=results(verdict).header, standard=STANDARD)
    return build_packet(PacketCase(run=run, verdict=verdict, key="NPI 2000001075"))


def packet_page(verdict: Verdict) -> Page:
    out = io.BytesIO()
    write_html(packet(verdict), out)
    return Page(out.getvalue().decode())


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:20]))
def test_a_packet_is_made_of_what_a_harmless_one_is_made_of(text: str) -> None:
    page = packet_page(person(text))
    check_page(page, packet_page(person(HARMLESS)))
    assert all(escape_control(part) in page.text for part in text.split("\n"))
    style = page.source.split("<style>")[1].split("</style>")[0]
    assert "alert(1)" not in style
    assert "display:none}" not in style


def test_a_pdf_has_no_action_and_no_link() -> None:
    out = io.BytesIO()
    write_pdf(packet(person("\n".join(text[:100] for text in TEXTS))), out)
    reader = PdfReader(io.BytesIO(out.getvalue()))
    assert {"/OpenAction", "/AA", "/AcroForm"} & set(reader.root_object) == set()
    assert [page for page in reader.pages if {"/Annots", "/AA"} & set(page)] == []
    text = "".join(page.extract_text() for page in reader.pages)
    assert hidden(text) == set()
    assert "\\U0001f642" in re.sub(r"\s", "", text)


def test_no_cell_of_the_workbook_acts_and_each_says_what_was_there() -> None:
    data = written("xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheets = b"".join(packed.read(x) for x in packed.namelist() if "worksheets" in x)
        assert [name for name in packed.namelist() if "external" in name.lower()] == []
    assert not re.search(rb"<f[ />]|TargetMode|javascript:alert\(1\)\"", sheets)
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    texts = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= LONGEST
    assert [text for text in texts if hidden(unescape_text(text))] == []
    names = [row[3].value for row in book["People"].iter_rows(min_row=2)]
    short = [text for text in TEXTS if len(text) < 1_000]
    assert [unescape_text(str(name)) for name in names[: len(short)]] == [
        "\n".join(map(escape_control, text.split("\n"))) for text in short
    ]


def test_no_cell_of_the_csv_is_a_formula_and_each_says_what_was_there() -> None:
    rows = list(csv.reader(io.StringIO(written("csv").decode(), newline="")))
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@\uff1d]", cell)] == []
    assert [unescape_cell(row[-1]) for row in rows[1:]] == [escape_control(x) for x in TEXTS]
    assert hidden("".join(cell for row in rows for cell in row)) == set()


def print_all(verdict: Verdict) -> Iterator[str]:
    for colors in (None, "truecolor"):
        console = Console(
            file=io.StringIO(),
            width=100,
            force_terminal=bool(colors),
            color_system=colors,
        )
        console.print(verdict_table(verdict, STANDARD, verbose=True))
        console.print(explanation(verdict))
        assert isinstance(console.file, io.StringIO)
        yield console.file.getvalue()
    yield plain_page(verdict, STANDARD)


@pytest.mark.parametrize(
    "text", [text for text in TEXTS if len(text) < 1_000], ids=lambda text: ascii(text[:20])
)
def test_a_terminal_gets_colors_and_nothing_else(text: str) -> None:
    for shown in print_all(person(text)):
        bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert hidden(bare) == set()
