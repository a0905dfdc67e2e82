"""The page of a run: what a reader finds on it, that nothing from outside can act, and its size."""

import base64
import datetime as dt
import hashlib
import io
import re

import pytest
from msgspec.structs import replace

from credcheck.audit.diff import compare_results
from credcheck.audit.gate import Gate
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.summary import AuditTally
from credcheck.audit.waivers import Waivers
from credcheck.model import Decision, Verdict
from credcheck.reference.labels import label
from credcheck.reports.charts.tally import RunTally, list_months
from credcheck.reports.charts.timeline import list_bars, timeline
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import AuditPart, ReportContext
from credcheck.runs.results import Results
from tests.support.build import AS_OF
from tests.support.pages import Page
from tests.support.runs import fails, meets, results, unverified

RUN = results(meets(1, id="A-1", other={"Unit": "Spine"}), fails(2), unverified(3))
HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>\u202e&lt;"


def page_of(run: Results, extra: ReportContext | None = None) -> Page:
    out = io.BytesIO()
    formats()["html"].write(run, out, extra or ReportContext())
    return Page(out.getvalue().decode())


def test_every_physician_has_a_row_and_a_drawer_of_its_own() -> None:
    page = page_of(RUN)
    assert [row[0] for row in page.data["rows"]] == [2, 3, 4]
    assert [page.data["words"][row[5]] for row in page.data["rows"]] == [
        "Meets",
        "Does not meet",
        "Unverified",
    ]
    assert len(page.drawers) == 3
    assert "Board certificate: expired" in page.drawers[1]
    assert "expired on 2025-12-31" in page.drawers[1]
    assert "Spine" in page.drawers[0]


def test_people_read_words_and_no_codes() -> None:
    page = page_of(RUN)
    text = page.everything()
    codes = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text))
    assert codes == set()
    assert "_" not in "".join(page.data["reasons"])


def test_the_policy_of_the_page_lets_its_own_style_and_script_act_and_no_other() -> None:
    source = page_of(RUN).source
    style = source.split("<style>")[1].split("</style>")[0]
    script = source.rsplit("<script>", 1)[1].split("</script>")[0]

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'"
        in source
    )


def hostile() -> Results:
    evil = meets(1, id=HOSTILE, name=HOSTILE, other={HOSTILE: HOSTILE})
    assert evil.physician is not None
    evil = replace(evil, physician=replace(evil.physician, name=HOSTILE, city=HOSTILE))
    records = tuple(replace(item, source=HOSTILE) for item in evil.evidence)
    sources = tuple(replace(source, name=HOSTILE) for source in evil.sources)
    return results(replace(evil, evidence=records, sources=sources))


def test_hostile_texts_are_texts_in_the_page_its_data_and_its_drawers() -> None:
    page = page_of(hostile())
    assert page.tags.count("script") == 3  # the data, one block of drawers, and the page's own
    for each in (page, *map(Page, page.drawers)):
        assert not {"img", "iframe", "link", "object"} & set(each.tags)
        assert not [x for x in each.attributes if x[1].startswith("on") or x[1] in {"src", "style"}]
        assert all(
            value and value.startswith("#") for _, name, value in each.attributes if name == "href"
        )
        assert "\u202e" not in each.source
    assert "onerror=alert(1)" in page.data["rows"][0][3]
    assert "<img src=x onerror=alert(1)>" in Page(page.drawers[0]).text


def test_the_same_results_give_the_same_page() -> None:
    assert page_of(RUN).source == page_of(RUN).source


def audited(run: Results, policy: str, baseline: Results | None = None) -> Page:
    gate = Gate(parse_fail_on(policy), Waivers((), AS_OF), None, AS_OF)
    tally = AuditTally(AS_OF)
    for verdict in run:
        tally.add(gate.evaluate(verdict), [])
    summary = tally.summarize(run.header, policy, Waivers((), AS_OF), None)
    changed = tuple(compare_results(baseline, run, 90)) if baseline else None
    return page_of(run, ReportContext(audit=AuditPart(summary, changed)))


def test_an_audit_says_failed_or_passed_and_by_what_policy() -> None:
    failed = audited(RUN, "does_not_meet,unverified").text
    assert "FAILED" in failed
    assert "2 of 3 rows failed the policy, 1 of them because" in failed
    assert (
        "the audit fails if someone does not meet the standard or someone is unverified"
    ) in failed.lower()
    assert "No accepted results were given to compare with" in failed
    passed = audited(results(meets()), "does_not_meet").text
    assert "PASSED" in passed
    assert "FAILED" not in passed


def test_an_audit_says_what_changed() -> None:
    text = audited(results(fails(1)), "changed", results(meets(1))).text
    assert "Newly fails: 1" in text
    assert "Meets, now Does not meet" in text
    same = audited(results(meets(1)), "changed", results(meets(1))).text
    assert "Nothing changed since" in same


def test_months_go_on_over_the_end_of_the_year() -> None:
    months = list_months(dt.date(2026, 11, 30))
    assert months[:3] == ["2026-11", "2026-12", "2027-01"]
    assert len(set(months)) == 24


def test_what_ends_is_counted_in_its_month_or_later() -> None:
    tally = RunTally(RUN.header)
    for verdict in (
        meets(expires="2026-12-31"),
        meets(expires="2026-12-31"),
        meets(expires="2031-01-01"),
    ):
        tally.add(verdict)
    assert tally.months["2026-12"] == 2
    assert tally.ends_later == 1


def test_a_timeline_shows_this_persons_records_alone() -> None:
    verdict = meets()
    assert {bar.kind for bar in list_bars(verdict)} >= {"fellowship", "certificate"}
    others = tuple(
        replace(item, match=replace(item.match, decision=Decision.NO_MATCH))
        for item in verdict.evidence
    )
    assert timeline(replace(verdict, evidence=others)) == ""


@pytest.mark.parametrize("word", ["meets", "does_not_meet", "unverified"])
def test_a_run_without_rows_has_a_page_too(word: str) -> None:
    page = page_of(results())
    assert page.data["rows"] == []
    assert label("verdict_short", word) in page.text


@pytest.mark.slow
def test_ten_thousand_rows_stay_under_fifteen_megabytes() -> None:
    some = [meets(), fails(), unverified()]

    def numbered(row: int) -> Verdict:
        verdict = some[row % 3]
        records = tuple(
            replace(
                x,
                provenance=replace(
                    x.provenance, sha256=hashlib.sha256(b"%d%d" % (row, n)).hexdigest()
                ),
            )
            for n, x in enumerate(verdict.evidence)
        )
        return replace(
            verdict, query=replace(verdict.query, row=row, id=f"S-{row}"), evidence=records
        )

    many = Results(RUN.header, lambda: (numbered(row) for row in range(1, 10_001)))
    page = page_of(many)
    assert len(page.source) < 15_000_000
    assert len(page.data["rows"]) == 10_000
