"""A packet as its readers get it: everything is in it, on paper too, and nothing in it can act."""

import base64
import dataclasses
import datetime as dt
import hashlib
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from credcheck.audit.waivers import Waiver
from credcheck.model import ReasonCode, Verdict
from credcheck.reports.packet.build import CONFIDENTIAL, build_packet, build_packets
from credcheck.reports.packet.context import PacketCase, PacketRun
from credcheck.reports.packet.html import write_html
from credcheck.reports.packet.pdf import write_pdf
from credcheck.reports.packet.pdf_text import FONT, fit, register_fonts
from credcheck.runs.results import lines
from credcheck.standards.loader import load_standard
from tests.support.cli import credcheck
from tests.support.runs import fails, meets, results, unverified, write

STANDARD = load_standard("interventional-pain")
WAIVER = Waiver(
    npi="2000001075",
    requirement="board_certification",
    reasons=(ReasonCode.CERTIFICATE_EXPIRED,),
    author="Dr. Chair",
    reason="renewal under way",
    created=dt.date(2026, 10, 1),
    expires=dt.date(2026, 12, 31),
)


def case(verdict: Verdict, **changes: object) -> PacketCase:
    run = PacketRun(header=results(verdict).header, standard=STANDARD)
    changed = dataclasses.replace(run, **changes)  # type: ignore[arg-type]
    return PacketCase(run=changed, verdict=verdict, key="NPI 2000001075")


def pdf_pages(of: PacketCase) -> list[str]:
    out = io.BytesIO()
    write_pdf(build_packet(of), out)
    return [page.extract_text() for page in PdfReader(out).pages]


def html(of: PacketCase) -> str:
    out = io.BytesIO()
    write_html(build_packet(of), out)
    return out.getvalue().decode()


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


class Page(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def named_fields(of: PacketCase) -> dict[str, str]:
    """Return thirty things that a committee looks for, with the words that show each."""
    verdict = of.verdict
    certificate = next(x for x in verdict.evidence if x.__struct_config__.tag == "certificate")
    return {
        "name": of.name,
        "NPI": f"NPI {verdict.npi}",
        "query": "Query",
        "standard": "interventional-pain 2026.2",
        "day of the check": str(verdict.as_of),
        "decision date": "2026-12-03",
        "verdict": "Does not meet the standard",
        "counts": "4 met, 1 not met, 0 unverified",
        "file complete": "File complete",
        "what is open": "Board certificate: not met",
        "approve": "Approve",
        "defer": "Defer",
        "deny": "Deny",
        "reviewer": "Reviewed by (name and initials)",
        "signature": "Committee chair (signature)",
        "date of decision": "Date of the decision",
        "flag": "Critical",
        "finding in words": "Board certificate: expired",
        "citation": "NCQA CR 3: board certification",
        "board": "American Board of Anesthesiology",
        "certificate": "Subspecialty certificate",
        "status as read": "\u201cCertified\u201d",
        "expiry": "2025-12-31",
        "tied by": "by NPI",
        "place": "boards, row 2",
        "authority": "Primary source",
        "row digest": certificate.provenance.sha256,
        "sources": "Sources asked and not asked",
        "waiver": "Dr. Chair: renewal under way",
        "changes": "Changes since last time",
        "not covered": "National Practitioner Data Bank",
        "verdict digest": of.digest,
        "confidential": CONFIDENTIAL,
        "next step": verdict.failing[0].next_step or "",
    }


def test_the_fields_a_committee_looks_for_are_in_the_pdf_and_on_the_page() -> None:
    of = case(
        fails(id="A-1", name="Alma Abernathy"),
        waivers=(WAIVER,),
        decision_date=dt.date(2026, 12, 3),
    )
    pdf, page = squash("".join(pdf_pages(of))), Page()
    page.feed(html(of))
    wanted = named_fields(of)
    assert len(wanted) >= 30
    assert [name for name, text in wanted.items() if squash(text) not in pdf] == []
    assert [name for name, text in wanted.items() if squash(text) not in squash(page.text)] == []


def test_every_page_names_the_physician_its_number_of_how_many_and_the_digest() -> None:
    of = case(fails())
    pages = pdf_pages(of)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert f"{of.name}, {of.number}" in text
        assert of.digest in text


def test_the_same_results_give_the_same_bytes() -> None:
    def written() -> list[bytes]:
        found = []
        for make in (write_html, write_pdf):
            out = io.BytesIO()
            make(build_packet(case(fails())), out)
            found.append(out.getvalue())
        return found

    assert written() == written()


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>\"'\\\u202e"


def test_a_hostile_name_is_text_in_the_page_its_style_and_the_pdf() -> None:
    evil = meets(id=HOSTILE, name=HOSTILE)
    assert evil.physician is not None
    evil = replace(evil, physician=replace(evil.physician, name=HOSTILE))
    page = Page()
    written = html(case(evil))
    page.feed(written)
    assert {"script", "img", "a", "link", "iframe"} & set(page.tags) == set()
    assert page.tags.count("style") == 1
    assert not {name for name in page.attributes if name.startswith("on")} | (
        {"src", "href", "style"} & page.attributes
    )
    assert "<script>alert(1)</script>" in page.text
    assert "\u202e" not in written
    assert "\\u202e" in squash("".join(pdf_pages(case(evil))))


def test_the_policy_names_the_very_style_of_the_page() -> None:
    page = html(case(meets()))
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


@pytest.mark.parametrize("length", [5_000, 60_000])
def test_a_text_longer_than_a_page_is_no_trouble(length: int) -> None:
    long = replace(meets(), query=replace(meets().query, id="word " * (length // 5)))
    assert pdf_pages(case(long))


@pytest.mark.parametrize("name", ["W" * 5_000, "i" * 500, "Alma\nAbernathy", "\u674e" * 100, "A"])
def test_a_name_at_the_head_of_a_page_leaves_the_rest_its_place(name: str) -> None:
    line = fit(name, 7, 200)
    register_fonts()
    assert stringWidth(line, FONT, 7) <= 200
    assert line.startswith(name[:1] if name[0].isascii() else "\\u674e")
    assert "\n" not in line
    person = meets()
    assert person.physician is not None
    long = replace(person, physician=replace(person.physician, name=name))
    for page in pdf_pages(case(long)):
        assert "NPI 2000001075" in page
        assert CONFIDENTIAL in page


def test_letters_that_the_font_lacks_are_written_out_and_others_are_shown() -> None:
    person = meets()
    assert person.physician is not None
    named = replace(person, physician=replace(person.physician, name="Łukasz Núñez 李"))
    text = "".join(pdf_pages(case(named)))
    assert "Łukasz Núñez \\u674e" in text


def test_what_ends_or_is_too_old_by_the_decision_is_flagged() -> None:
    of = case(meets(expires="2026-11-20"), decision_date=dt.date(2026, 12, 3))
    assert "ends on 2026-11-20, before the decision" in squash_lines(html(of))
    of = case(meets(), decision_date=dt.date(2028, 1, 1))
    assert "days before the decision; the limit is" in squash_lines(html(of))


def squash_lines(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_waiver_that_does_not_cover_what_is_found_is_shown_as_not_counting() -> None:
    revoked = replace(WAIVER, reasons=(ReasonCode.CERTIFICATE_REVOKED,))
    ended = replace(WAIVER, expires=dt.date(2026, 10, 2))
    assert "it covers no open finding" in html(case(fails(), waivers=(revoked,)))
    assert "it has expired" in html(case(fails(), waivers=(ended,)))
    assert "No waiver names this physician" in html(
        case(fails(), waivers=(replace(WAIVER, npi="2100000142"),))
    )


def test_without_the_standards_text_nothing_is_cited_and_that_is_said() -> None:
    page = html(case(fails(), standard=None))
    assert "so nothing is cited" in page
    assert "NCQA CR 3" not in page


def test_each_physician_of_a_run_has_a_file_of_its_own_name() -> None:
    both = results(meets(1), fails(2), unverified(3))
    run = PacketRun(header=both.header, standard=STANDARD)
    files = [packet.file for packet in build_packets(both, run)]
    assert files == ["2000001075", "2000001075-row-3", "2000001075-row-4"]


def test_the_verdicts_own_line_has_the_digest(tmp_path: Path) -> None:
    path = write(tmp_path / "o.ndjson", fails())
    (line,) = lines(path)
    assert case(fails()).digest == hashlib.sha256(line.text).hexdigest()


@pytest.mark.slow
class TestTheCommand:
    """The command as its users run it."""

    @pytest.fixture
    def saved(self, tmp_path: Path) -> Path:
        (tmp_path / "r.csv").write_text(
            "npi\n2000001075\n2100000142\n2100000423\n", encoding="utf-8"
        )
        assert credcheck("batch", "r.csv", "--demo", "-o", "o.ndjson", cwd=tmp_path).status == 0
        return tmp_path

    def test_one_and_many(self, saved: Path) -> None:
        ran = credcheck("packet", "o.ndjson", "--npi", "2100000142", "-o", "one.pdf", cwd=saved)
        assert ran.status == 0
        assert (saved / "one.pdf").read_bytes().startswith(b"%PDF-")
        ran = credcheck("packet", "o.ndjson", "-o", "all", "--baseline", "o.ndjson", cwd=saved)
        assert ran.status == 0
        assert sorted(each.name for each in (saved / "all").iterdir()) == [
            "2000001075.html",
            "2100000142.html",
            "2100000423.html",
        ]
        assert "Nothing changed." in (saved / "all" / "2100000142.html").read_text("utf-8")

    def test_what_cannot_be_is_refused_and_nothing_is_written(self, saved: Path) -> None:
        for words, said in (
            (("-o", "x.pdf"), "is one file, but there are 3 packets"),
            (("-o", "x.docx"), "ends in .html or .pdf"),
            (("-o", "x.html", "--npi", "2100000019"), "has no verdict on NPI"),
            (("-o", "x.html", "--npi", "12"), "--npi: an NPI has 10 digits"),
            (("-o", "d", "--decision-date", "2020-01-01"), "before the day of the check"),
            (("-o", "d", "--standard", "interventional-pain-abms"), "the verdicts use"),
        ):
            ran = credcheck("packet", "o.ndjson", *words, cwd=saved)
            assert ran.status == 2, words
            assert said in ran.err
        assert not [each for each in saved.iterdir() if each.suffix in {".html", ".pdf"}]

    def test_of_results_that_were_changed_no_packet_is_made(self, saved: Path) -> None:
        text = (saved / "o.ndjson").read_text("utf-8")
        (saved / "o.ndjson").write_text(text.replace("2025-12-31", "2029-12-31"), "utf-8")
        ran = credcheck("packet", "o.ndjson", "-o", "all", cwd=saved)
        assert ran.status == 5
        assert "it was changed after it was written" in ran.err
        assert not (saved / "all").exists()
