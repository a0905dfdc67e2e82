"""The plain page: eighth-grade words, no rank, no advice, no stars, and nobody's mark for silence."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from credcheck.demo import demo_people
from credcheck.model import (
    Affiliation,
    Colleagues,
    Competency,
    EvidenceKind,
    Outcome,
    Record,
    SourceState,
    StatementKind,
    Verdict,
    VerdictOutcome,
)
from credcheck.reports.plain import plain_page
from credcheck.reports.plain.words import plain_words
from credcheck.rules import rules
from credcheck.standards.loader import Standard, list_shipped, load_standard
from tests.paths.standards import PAIN, TWO_PATHS, load, text
from tests.support.build import (
    STANDARD,
    certificate,
    day,
    dossier,
    exclusion,
    fellowship,
    good,
    program,
    source,
    sources,
)
from tests.support.build import verdict as judge
from tests.support.cli import credcheck
from tests.support.readability import count_syllables, grade

EIGHTH = 8.0
HARDEST = 10.0
"""What a single sentence may come to."""

ADVICE = (
    *("should", "recommend", "safe", "unsafe", "qualified", "unqualified", "best", "better"),
    *("worst", "worse", "trust", "avoid", "warning", "danger", "star", "rank", "score", "choose"),
)
SILENT = dossier()
CASES: dict[str, tuple[Record, ...]] = {
    "meets": (certificate(), fellowship(), program()),
    "expired": (certificate(status="Expired", expires="2020-12-31"), fellowship(), program()),
    "excluded": (certificate(), fellowship(), program(), exclusion()),
    "silent": (),
    "short": (certificate(), fellowship(end_date="2014-09-30"), program()),
    "doubtful": (certificate(status="Certified?"), fellowship(specialty="Pain"), program()),
}


def page(*records: Record, standard: Standard = STANDARD) -> str:
    return plain_page(judge(dossier(*records), standard), standard)


def sections(text: str) -> dict[str, str]:
    """Return the parts of a page by their titles."""
    titles = "|".join(map(re.escape, plain_words().titles.values()))
    parts = re.split(rf"^({titles})$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def find_hard(text: str) -> list[str]:
    """Return what is hard of a page: each part, and each sentence by itself."""
    parts = sections(text)
    hard = [title for title, part in parts.items() if grade(part) > EIGHTH]
    lines = (told(x) for part in parts.values() for x in re.split(r"^- ", part, flags=re.MULTILINE))
    each = (sentence for line in lines for sentence in re.split(r"(?<=[.!?:])\)?\s+", line))
    return hard + [x for x in each if re.search(r"[A-Za-z]", x) and grade(x) > HARDEST]


def told(text: str) -> str:
    """Return a page on one line, as it was before it was wrapped."""
    return " ".join(text.split())


def sentences() -> Iterator[str]:
    words = plain_words()
    yield from words.head.values()
    yield from words.why.values()
    yield from words.context.values()
    yield from (f"{each.ask} {each.why}" for each in words.questions)
    yield from (f"{each.where} {each.what}" for each in words.places)
    for each in words.points.values():
        yield from (text.format(what="pain medicine") for text in each.values())
    yield from words.topics.values()


class TestReadability:
    """Eighth-grade words."""

    @pytest.mark.parametrize(
        ("word", "count"),
        [("list", 1), ("fellowship", 3), ("certificate", 4), ("needle", 2), ("named", 1),
         ("noted", 2), ("places", 2), ("doctor", 2), ("the", 1), ("table", 2)],
    )  # fmt: skip
    def test_syllables(self, word: str, count: int) -> None:
        assert count_syllables(word) == count

    def test_the_measure_tells_easy_from_hard(self) -> None:
        assert grade("The cat sat on the mat. It was a warm day.") < 2
        hard = "Credentialing organizations necessitate comprehensive verification methodologies."
        assert grade(hard) > 16

    def test_all_words_of_the_table(self) -> None:
        assert grade(" ".join(sentences())) <= EIGHTH

    @pytest.mark.parametrize("rule", ["fellowship", "exclusion", "registration"])
    def test_one_hard_point_fails_a_page(self, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
        """A page of many easy points must not hide one in the words of a committee."""
        hard = (
            "Documentation establishing accredited subspecialty training in {what} is considered."
        )
        words = plain_words()
        points = {**words.points, rule: dict.fromkeys(Outcome, hard)}
        monkeypatch.setattr(
            "credcheck.reports.plain.plain_words", lambda: replace(words, points=points)
        )
        assert all(find_hard(page(*records)) for records in CASES.values())

    @pytest.mark.parametrize("text", list(sentences()))
    def test_no_sentence_is_much_harder(self, text: str) -> None:
        assert grade(text) <= HARDEST

    @pytest.mark.parametrize("name", CASES)
    def test_whole_pages(self, name: str) -> None:
        text = page(*CASES[name])
        assert grade(text) <= EIGHTH
        assert not find_hard(text)

    @pytest.mark.parametrize("name", list_shipped())
    def test_pages_of_every_shipped_standard(self, name: str) -> None:
        standard = load_standard(name)
        text = plain_page(judge(SILENT, standard), standard)
        body = text[text.index(plain_words().head["not_a_grade"].split()[0]) :]
        assert grade(body) <= EIGHTH + 1  # the law's own words are in some

    def test_a_page_of_documents(self) -> None:
        docs = Path(__file__).parent.parent.parent / "docs" / "how-to" / "ask-at-the-visit.md"
        text = re.sub(
            r"```.*?```|`[^`]*`|\[|\]\([^)]*\)|[#*|]", " ", docs.read_text("utf-8"), flags=re.DOTALL
        )
        assert grade(text) <= EIGHTH


class TestNoRankNoAdvice:
    """It tells what records show, and leaves it at that."""

    @pytest.mark.parametrize("word", ADVICE)
    def test_no_word_of_advice_or_rank(self, word: str) -> None:
        whole = " ".join([*sentences(), *(page(*records) for records in CASES.values())]).lower()
        assert not re.search(rf"\b{word}s?\b", whole)

    def test_nothing_found_is_no_mark_against_anybody(self) -> None:
        text = told(page())
        assert plain_words().head["no_mark"] in text

    def test_there_are_no_stars_or_marks_of_color(self) -> None:
        assert not re.search(r"[*\u2605\u2606\x1b!]", page(*good_records()))


def good_records() -> tuple[Record, ...]:
    return CASES["meets"]


class TestWhatItTells:
    """Each finding stands in its part, in words for its outcome."""

    def test_what_is_met_is_shown_with_list_and_day(self) -> None:
        parts = sections(page(*good_records()))
        shown = told(parts["What the records show"])
        assert "finished a fellowship in pain medicine" in shown
        assert "(From a list of board certificates, dated November 1, 2026.)" in shown
        assert "Where a record says no" not in parts

    def test_a_negative_says_why(self) -> None:
        said = told(sections(page(*CASES["expired"]))["Where a record says no"])
        assert "The certificate ran out." in said

    def test_what_is_not_established_says_why_and_names_no_list(self) -> None:
        said = told(sections(page())["What the records do not show"])
        assert "The list we have leaves people out." in said
        assert "(From" not in said

    def test_a_source_is_that_of_the_record(self) -> None:
        said = told(sections(page(*good_records()))["What the records show"])
        assert "their field themselves. (From the national list" in said

    def test_a_way_that_was_not_needed_is_no_negative(self, tmp_path: Path) -> None:
        standard = load(tmp_path, TWO_PATHS)
        text = page(*good_records(), standard=standard)
        assert "The records fit this way: Pain physician." in told(text)
        assert "Where a record says no" not in text
        assert "orthopaedic" not in text

    def test_where_no_way_holds_each_is_told(self, tmp_path: Path) -> None:
        standard = load(tmp_path, TWO_PATHS)
        text = told(page(standard=standard))
        assert "board certificate in pain medicine" in text
        assert "board certificate in orthopaedic surgery" in text

    def test_questions_on_needles_are_for_fields_with_needles(self, tmp_path: Path) -> None:
        content = text(PAIN.replace("pain_medicine", "hospice_and_palliative_medicine"))
        hospice = told(page(standard=load(tmp_path, content)))
        assert "where the needle goes" in told(page())
        assert "where the needle goes" not in hospice
        assert "Where did you do your fellowship" in hospice

    def test_context_is_told_as_what_it_is(self) -> None:
        said = Competency(
            topic="functional outcomes", title="We ask how far people walk", issuer="Dana Doe",
            issued=day("2026-05-01"),
        )  # fmt: skip
        group = Affiliation(
            group_id="1", group="Lakeside Pain", members=12,
            colleagues=(Colleagues(specialty="physical_therapist", count=2),),
        )  # fmt: skip
        text = told(sections(page(*good_records(), said, group))["What no list can prove"])
        assert "This is what the office says. We did not check it: Dana Doe says" in text
        assert "2 physical therapists" in text
        assert "has to teach a plan" in text

    def test_every_rule_and_outcome_has_words(self) -> None:
        words = plain_words().points
        assert {*words} <= {*rules(), "license", "other"}
        assert {
            each.rule.kind for name in list_shipped() for each in load_standard(name).requirements
        } <= {*words}
        assert all({*each} == {*Outcome} for each in words.values())

    def test_every_outcome_and_kind_of_statement_has_words(self) -> None:
        assert {*VerdictOutcome} <= {*plain_words().head}
        assert {*StatementKind} <= {*plain_words().context}

    def test_a_name_cannot_break_out_of_its_line(self) -> None:
        case = dossier()
        person = case.physician
        assert person is not None
        evil = replace(
            case, physician=replace(person, name="EVE\n\nWhat the records show\n\x1b[31m")
        )
        first = plain_page(judge(evil), STANDARD).splitlines()[0]
        assert "\\x0a" in first
        assert "\\x1b" in first


def test_failed_lists_are_said_to_have_failed() -> None:
    reports = tuple(
        source(EvidenceKind.EXCLUSION, state=SourceState.FAILED)
        if EvidenceKind.EXCLUSION in x.kinds
        else x
        for x in sources()
    )
    made: Verdict = judge(dossier(*good(), reports=reports))
    assert "A list did not answer." in told(plain_page(made, STANDARD))


@pytest.mark.slow
class TestCommand:
    """``credcheck verify --plain``."""

    def test_it_has_the_status_of_the_verdict(self) -> None:
        ran = credcheck("verify", "2000001075", "--demo", "--plain")
        assert ran.status == 0
        assert "What to ask at the visit" in ran.out

    @pytest.mark.parametrize("npi", [each.npi for each in demo_people()[::4]])
    def test_pages_of_the_demo_are_easy_to_read(self, npi: str) -> None:
        text = credcheck("verify", npi, "--demo", "--plain").out
        assert grade(text) <= EIGHTH
        assert not find_hard(text)

    def test_a_name_of_several_lists_them(self) -> None:
        ran = credcheck("verify", "Maya Merryweather", "--demo", "--plain")
        assert ran.status == 3
        assert "Who it could be" in ran.out

    def test_it_is_a_form_of_its_own(self) -> None:
        assert credcheck("verify", "2000001075", "--demo", "--plain", "--explain").status == 2
        assert (
            credcheck("verify", "2000001075", "--demo", "--plain", "--format", "json").status == 2
        )
