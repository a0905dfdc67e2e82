"""Names that would act on a terminal, or break a line of JSON."""

import json
import unicodedata
from pathlib import Path

import pytest

from tests.badinputs.world import played, verify

pytestmark = pytest.mark.slow

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def shown(tmp_path: Path, case: str) -> str:
    """Return what the table shows, with the explanation, and nothing in it acts."""
    with played(case) as running:
        ran = verify(tmp_path, running, "2999990015", "--format", "table", "--explain")
    assert ran.status in {0, 3, 4}
    assert "Traceback" not in ran.err
    for text in (ran.out, ran.err):
        assert not {unicodedata.category(c) for c in text if c != "\n"} & HIDDEN
    return ran.out


def test_bi_130_markup_in_a_name_is_printed_as_it_is(tmp_path: Path) -> None:
    assert "SMITH [/]" in shown(tmp_path, "name_markup")


def test_bi_132_an_escape_that_would_forge_a_line(tmp_path: Path) -> None:
    text = shown(tmp_path, "name_ansi")
    assert r"SMITH\x1b[2K\x1b[1A\x1b[31mMEETS" in text.replace("\n", "")
    assert text.splitlines()[1].startswith("unverified")


def test_bi_133_links_clipboard_and_title(tmp_path: Path) -> None:
    text = shown(tmp_path, "name_osc").replace("\n", "")
    assert r"\x1b]8;;http://evil.test" in text
    assert r"\x1b]52;" in text


@pytest.mark.parametrize("case", ["name_ansi", "name_osc", "name_bell", "name_markup"])
@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_bi_143_json_is_strict_shows_nothing_hidden_and_keeps_the_name(
    tmp_path: Path, case: str, form: str
) -> None:
    with played(case) as running:
        ran = verify(tmp_path, running, "2999990015", "--format", form)
    assert not {unicodedata.category(c) for c in ran.out if c != "\n"} & HIDDEN
    lines = ran.out.splitlines() if form == "ndjson" else [ran.out]
    verdict = json.loads(lines[-1], parse_constant=pytest.fail)
    assert len(lines) == (2 if form == "ndjson" else 1)
    from tests.badinputs.world import CASES

    (result,) = CASES[case]["steps"][0]["json"]["results"]
    registration = [x for x in verdict["evidence"] if x["kind"] == "registration"]
    assert registration[0]["record"]["names"][0]["last"] == result["basic"]["last_name"].strip()


def test_bi_143_a_lone_surrogate_from_the_registry_is_refused(tmp_path: Path) -> None:
    from tests.support.registry import body, serving

    broken = (
        b'{"result_count":1,"results":[{"number":"2999990015","basic":{"last_name":"\\ud800"}}]}'
    )
    with serving(body(broken)) as running:
        ran = verify(tmp_path, running)
    assert ran.status == 3
    json.loads(ran.out)


def test_a_query_with_escapes_in_it_is_shown_safely() -> None:
    from tests.support.cli import credcheck

    ran = credcheck("verify", "\x1b[2J evil", "--demo", "--format", "table")
    assert "\x1b" not in ran.out + ran.err
