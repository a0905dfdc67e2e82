"""The page in a browser, where there is one: its script fills the table and opens a physician."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.results import Results
from tests.reports.test_page import hostile
from tests.support.runs import fails, meets, results, unverified

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here"),
]


def opened(folder: Path, run: Results, place: str = "") -> str:
    """Return what the page has become once its script has run."""
    out = io.BytesIO()
    formats()["html"].write(run, out, ReportContext())
    page = folder / "page.html"
    page.write_bytes(out.getvalue())
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000"]
    done = subprocess.run(
        [BROWSER or "", *words, "--dump-dom", f"{page.as_uri()}{place}"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def test_the_table_is_filled_and_counted(tmp_path: Path) -> None:
    dom = opened(tmp_path, results(meets(1), fails(2), unverified(3)))
    body = dom.split('<table id="people">')[1].split("</table>")[0]
    assert body.count("<tr data-index") == 3
    assert 'href="#row-2"' in body
    assert "Showing 3 of 3 physicians" in dom


def test_an_address_opens_its_physician(tmp_path: Path) -> None:
    dom = opened(tmp_path, results(meets(1), fails(2)), "#row-3")
    details = dom.split('id="details"')[1].split("</dialog>")[0]
    assert "Board certificate: expired" in details
    assert "<dialog" in dom
    assert 'open=""' in dom.split("<dialog")[1].split(">")[0]


def test_hostile_texts_are_still_texts_after_the_script_has_run(tmp_path: Path) -> None:
    dom = opened(tmp_path, hostile(), "#row-1")
    drawn = dom.split('<script type="application/json"')[0]
    assert "<img" not in drawn
    assert "&lt;img src=x onerror=alert(1)&gt;" in drawn
