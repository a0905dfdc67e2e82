"""Dates, certificates, training and exclusions that are damaged, doubtful or contradictory."""

from pathlib import Path

import pytest

from credcheck.model import CertificateEvidence, Finding, Verdict
from tests.badinputs.world import (
    GARCIA,
    GOOD_REGISTRY,
    LINDQVIST,
    OKAFOR,
    judged,
    played,
    verify,
    world,
)
from tests.support.cli import credcheck
from tests.support.registry import serving
from tests.support.world import codes as codes_of

pytestmark = pytest.mark.slow


def found(verdict: Verdict, requirement: str = "board_certification") -> tuple[str, str]:
    finding = finding_of(verdict, requirement)
    return finding.outcome, str(finding.reasons[0].code)


def finding_of(verdict: Verdict, requirement: str) -> Finding:
    return {each.requirement: each for each in verdict.findings}[requirement]


def expiries(verdict: Verdict) -> set[str]:
    return {
        str(item.record.expires)
        for item in verdict.evidence
        if isinstance(item, CertificateEvidence) and item.record
    }


class TestDates:
    """Only declared forms, only days of the calendar, only words that are named."""

    def test_bi_175_a_date_with_slashes_is_read_as_declared(self, tmp_path: Path) -> None:
        """What may be day or month first is not read until it is declared for the listing."""
        usual = world(tmp_path, boards_csv="board_ambiguous_date.csv")
        assert expiries(judged(usual)[0]) == {"None"}
        declared = 'dates = ["DD/MM/YYYY"]'
        world(tmp_path, boards=declared, boards_csv="board_ambiguous_date.csv")
        assert expiries(judged(usual)[0]) == {"2026-04-03"}

    def test_bi_178_29_february_of_a_year_without_one(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, boards_csv="board_feb29.csv"))
        assert found(verdict) == ("unverified", "record_unreadable")
        assert "2026-02-29" in finding_of(verdict, "board_certification").reasons[0].message

    def test_bi_179_words_for_no_expiry(self, tmp_path: Path) -> None:
        folder = world(tmp_path, boards_csv="board_lifetime.csv")
        people = (GARCIA, OKAFOR, LINDQVIST)
        assert {found(v)[0] for v in judged(folder, *people)} == {"unverified"}
        world(tmp_path, boards='no_expiry = ["Lifetime"]', boards_csv="board_lifetime.csv")
        garcia, *others = judged(folder, *people)
        assert found(garcia)[0] == "unverified", "the ABA never gave a lifetime certificate in pain"
        assert "impossible" in codes_of(garcia, "board_certification")
        assert [found(v)[1] for v in others] == ["certificate_dates_unknown", "record_unreadable"]

    def test_bi_180_a_blank_expiry_date(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, boards_csv="board_blank_expiry.csv"))
        assert found(verdict) == ("unverified", "certificate_dates_unknown")

    def test_bi_182_the_expiry_day_itself(self, tmp_path: Path) -> None:
        limited = 'constants = { duration = "time_limited" }'
        folder = world(tmp_path, boards=limited, boards_csv="board_expires_asof.csv")
        verdicts = judged(folder, GARCIA, OKAFOR, LINDQVIST)
        assert [found(verdict) for verdict in verdicts] == [
            ("met", "certificate_current"),
            ("not_met", "certificate_expired"),
            ("met", "certificate_current"),
        ]

    def test_bi_186_a_day_to_come_is_a_projection(self) -> None:
        refused = credcheck("verify", "2000001075", "--demo", "--as-of", "2199-01-01")
        assert refused.status == 2
        assert "--allow-future" in refused.err
        allowed = credcheck(
            *("verify", "2000001075", "--demo", "--as-of", "2199-01-01", "--allow-future"),
            *("--format", "ndjson"),
        )
        assert '"projected":true' in allowed.out.splitlines()[0]


class TestElements:
    """Training and certificates."""

    def test_bi_188_a_fellowship_that_is_still_to_end(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, fellowships_csv="fellowship_future_end.csv"))
        assert verdict.outcome == "does_not_meet"
        assert found(verdict, "fellowship") == ("not_met", "fellowship_in_progress")
        assert "not completed as of" in finding_of(verdict, "fellowship").reasons[0].message

    def test_bi_191_status_active_and_a_past_date(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, boards_csv="board_status_conflict.csv"))
        assert found(verdict) == ("unverified", "contradiction")

    def test_bi_193_an_expired_and_a_renewed_certificate(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, boards_csv="board_two_certs.csv"))
        assert verdict.outcome == "meets"
        steps = finding_of(verdict, "board_certification").steps
        assert [step.outcome for step in steps] == ["not_met", "met"], "the old one is history"

    def test_bi_194_not_certified_is_not_certified(self, tmp_path: Path) -> None:
        verdicts = judged(
            world(tmp_path, boards_csv="board_not_certified.csv"), GARCIA, OKAFOR, LINDQVIST
        )
        assert {verdict.outcome for verdict in verdicts} == {"does_not_meet"}
        assert {found(verdict)[1] for verdict in verdicts} == {"certificate_inactive"}

    def test_bi_195_a_pain_taxonomy_alone(self, tmp_path: Path) -> None:
        with played("taxonomy_only") as running:
            world(tmp_path)
            ran = verify(tmp_path, running)
            (tmp_path / "boards.csv").write_text(
                "npi,last_name,first_name,board,certificate,status,issue_date,expiration_date\n"
                "2100000019,SOMEBODY,ELSE,ABA,Pain Medicine,Active,2020-01-01,2030-01-01\n",
                encoding="utf-8",
            )
            config = str(tmp_path / "credcheck.toml")
            bare = credcheck("verify", GARCIA, "--config", config, "--as-of", "2026-11-23")
        assert ran.json["outcome"] != "meets"
        assert bare.json["outcome"] == "does_not_meet"

    def test_bi_197_boards_that_only_look_alike(self, tmp_path: Path) -> None:
        verdicts = judged(world(tmp_path, boards_csv="board_lookalike.csv"), GARCIA, OKAFOR)
        assert {verdict.outcome for verdict in verdicts} == {"unverified"}
        for verdict, board in zip(
            verdicts,
            ("American Board of Pain Mgmt", "American Bd of Anesthesiologists"),
            strict=True,
        ):
            assert found(verdict) == ("unverified", "not_understood")
            assert board in finding_of(verdict, "board_certification").reasons[0].message


class TestExclusions:
    """The LEIE."""

    def test_bi_199_by_npi(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, leie_csv="leie_npi_match.csv"))
        assert verdict.outcome == "does_not_meet"
        assert found(verdict, "not_excluded") == ("not_met", "excluded")
        assert "2015-03-20" in finding_of(verdict, "not_excluded").reasons[0].message

    def test_bi_200_the_mark_for_no_npi_is_no_npi(self, tmp_path: Path) -> None:
        verdicts = judged(world(tmp_path, leie_csv="leie_zero_npi.csv"), GARCIA, OKAFOR)
        assert [found(verdict, "not_excluded") for verdict in verdicts] == [
            ("unverified", "possible_exclusion"),
            ("met", "not_excluded"),
        ]

    def test_bi_201_by_name_in_another_state(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, leie_csv="leie_name_match.csv"))
        assert found(verdict, "not_excluded") == ("unverified", "possible_exclusion")

    def test_bi_202_reinstated(self, tmp_path: Path) -> None:
        (verdict,) = judged(world(tmp_path, leie_csv="leie_reinstated.csv"))
        assert verdict.outcome == "meets"
        codes = [str(r.code) for r in finding_of(verdict, "not_excluded").reasons]
        assert "reinstated" in codes

    @pytest.mark.parametrize("leie", ["as_of = 2026-10-23", 'as_of = 2026-10-22\nmax_age = "31d"'])
    def test_bi_205_older_than_allowed(self, tmp_path: Path, leie: str) -> None:
        (verdict,) = judged(world(tmp_path, leie=leie, leie_csv="leie_old.csv"))
        late = "max_age" in leie
        assert found(verdict, "not_excluded")[0] == ("unverified" if late else "met")
        if late:
            assert "32 days" in finding_of(verdict, "not_excluded").reasons[0].message

    def test_bi_207_no_list_at_all(self, tmp_path: Path) -> None:
        folder = world(tmp_path)
        config = folder / "credcheck.toml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text[: text.index("[sources.exclusions]")], encoding="utf-8")
        (verdict,) = judged(folder)
        assert found(verdict, "not_excluded") == ("unverified", "no_source")


class TestIdentity:
    """Rows without a number (the rest of this area belongs to matching)."""

    def test_a_row_with_the_bare_name_never_meets(self, tmp_path: Path) -> None:
        with serving(GOOD_REGISTRY) as running:
            world(tmp_path, nppes=f'base_url = "{running.base_url}"')
            boards = tmp_path / "boards.csv"
            text = boards.read_text(encoding="utf-8")
            boards.write_text(text.replace(GARCIA, ""), encoding="utf-8")
            config = str(tmp_path / "credcheck.toml")
            ran = credcheck("verify", GARCIA, "--config", config, "--as-of", "2026-11-23")
        (finding,) = (x for x in ran.json["findings"] if x["requirement"] == "board_certification")
        assert finding["outcome"] == "unverified"
        assert "a name alone is not proof" in finding["reasons"][0]["message"]
