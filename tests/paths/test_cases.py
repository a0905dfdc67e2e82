"""``standards test``: the cases of the shipped standards hold, and a wrong case is told."""

from pathlib import Path

import pytest

from credcheck.cases.runner import find_cases, list_unmet_paths, load_cases, run_cases
from credcheck.model import Outcome
from credcheck.standards.loader import Standard, StandardError, list_shipped, load_standard
from tests.paths.standards import TWO_PATHS, load
from tests.support.cli import credcheck

WITH_PATHS = [name for name in list_shipped() if load_standard(name).paths]
CASES = """
schema_version = 1
as_of = 2026-11-01

[[cases]]
name = "surgeon"
expect = "meets"
paths = { surgeon = "met" }
person = { taxonomies = ["207X00000X"] }
certificates = [
  { board = "ABOS", certificate = "Orthopaedic Surgery", status = "Certified", expires = 2027-12-31 },
]
"""


def wrong(folder: Path, content: str) -> str:
    path = folder / "ours.cases.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StandardError) as raised:
        load_cases(path, load(folder, TWO_PATHS))
    return str(raised.value)


def test_there_are_shipped_standards_with_paths() -> None:
    assert WITH_PATHS == [
        "physician-licensed",
        "spine-surgeon-injections",
        "us-tn-63-6-244",
        "us-tn-63-9-121",
    ]


@pytest.mark.parametrize("name", WITH_PATHS)
class TestShipped:
    """Each shipped standard with paths has cases: met by each path, by none, and undecided."""

    @pytest.fixture
    def standard(self, name: str) -> Standard:
        return load_standard(name)

    def test_its_cases_hold(self, name: str, standard: Standard) -> None:
        results = run_cases(load_cases(find_cases(name), standard), standard)
        assert [each.wrong for each in results] == [()] * len(results)

    def test_every_path_is_met_by_some_case_alone(self, name: str, standard: Standard) -> None:
        results = run_cases(load_cases(find_cases(name), standard), standard)
        held = [
            [path.id for path in each.verdict.paths or () if path.outcome is Outcome.MET]
            for each in results
        ]
        assert {path.id for path in standard.paths} <= {ids[0] for ids in held if len(ids) == 1}

    def test_some_case_is_met_by_none_and_some_undecided(
        self, name: str, standard: Standard
    ) -> None:
        verdicts = [x.verdict for x in run_cases(load_cases(find_cases(name), standard), standard)]
        assert {"meets", "does_not_meet", "unverified"} == {each.outcome for each in verdicts}
        assert any(all(x.outcome is not Outcome.MET for x in each.paths or ()) for each in verdicts)

    def test_every_path_cites_its_source(self, name: str, standard: Standard) -> None:
        assert all(path.cites for path in standard.paths)
        assert all(each.cites for each in standard.requirements)


class TestWrongCases:
    """What is not as expected is named; what cannot be meant is refused."""

    def test_a_wrong_expectation_is_named_with_the_reason(self, tmp_path: Path) -> None:
        path = tmp_path / "ours.cases.toml"
        path.write_text(
            CASES.replace('"meets"', '"unverified"').replace(
                'surgeon = "met" }',
                'surgeon = "not_met", pain = "met" }\nfindings = { surgical_certificate = "not_met" }',
            ),
            encoding="utf-8",
        )
        standard = load(tmp_path, TWO_PATHS)
        (result,) = run_cases(load_cases(path, standard), standard)
        said = "\n".join(result.wrong)
        assert "expected unverified, got meets" in said
        assert "path surgeon: expected not_met, got met" in said
        assert "path pain: expected met, got not_met" in said
        assert "surgical_certificate: expected not_met, got met: " in said

    def test_a_path_that_no_case_meets_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "ours.cases.toml"
        path.write_text(CASES, encoding="utf-8")
        standard = load(tmp_path, TWO_PATHS)
        assert list_unmet_paths(run_cases(load_cases(path, standard), standard), standard) == [
            "pain"
        ]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("expires", "expirse"), "unknown key 'expirse' (did you mean 'expires'?)"),
            (("certificates", "certificats"), "(did you mean 'certificates'?)"),
            (("surgeon =", "surgeons ="), "unknown path 'surgeons' (did you mean 'surgeon'?)"),
            (('"meets"', '"passes"'), "passes"),
            (("taxonomies", "taxonomy"), "taxonomy"),
            (('name = "surgeon"', 'name = ""'), "needs its own name"),
            (("2027-12-31", "2027-13-31"), "cases.toml"),
            (("as_of = 2026-11-01", ""), "as_of"),
            (
                ("paths = {", "findings = { surgicl_certificate = 'met' }\npaths = {"),
                "unknown requirement",
            ),
            (('["207X00000X"]', '["207X00000X"], licenses = 3'), "licenses"),
        ],
    )
    def test_whatever_is_wrong_is_named(
        self, tmp_path: Path, change: tuple[str, str], said: str
    ) -> None:
        assert change[0] in CASES
        assert said in wrong(tmp_path, CASES.replace(*change))

    def test_a_file_without_cases_is_refused(self, tmp_path: Path) -> None:
        assert "it holds no cases" in wrong(
            tmp_path, "schema_version = 1\nas_of = 2026-11-01\ncases = []"
        )

    def test_two_cases_of_one_name_are_refused(self, tmp_path: Path) -> None:
        twice = CASES + CASES[CASES.index("[[cases]]") :]
        assert "needs its own name" in wrong(tmp_path, twice)

    def test_a_bad_npi_is_refused(self, tmp_path: Path) -> None:
        said = wrong(tmp_path, CASES.replace("{ taxonomies", '{ npi = "2000001076", taxonomies'))
        assert "2000001076" in said


class TestCommand:
    """``credcheck standards test``."""

    def files(self, folder: Path, cases: str) -> str:
        (folder / "ours.toml").write_text(TWO_PATHS, encoding="utf-8")
        (folder / "ours.cases.toml").write_text(cases, encoding="utf-8")
        return str(folder / "ours.toml")

    def test_cases_that_hold_exit_0(self, tmp_path: Path) -> None:
        ran = credcheck("standards", "test", self.files(tmp_path, CASES))
        assert ran.status == 0
        assert "1 of 1 cases turned out as expected" in ran.out
        assert "Paths that no case meets: pain." in ran.out

    def test_a_wrong_case_exits_4_and_is_told(self, tmp_path: Path) -> None:
        content = CASES.replace('"meets"', '"does_not_meet"')
        ran = credcheck("standards", "test", self.files(tmp_path, content))
        assert ran.status == 4
        assert "WRONG" in ran.out
        assert "expected does_not_meet, got meets" in ran.out

    def test_cases_elsewhere(self, tmp_path: Path) -> None:
        standard = self.files(tmp_path, CASES)
        elsewhere = (tmp_path / "ours.cases.toml").rename(tmp_path / "mine.toml")
        assert credcheck("standards", "test", standard).status == 2
        assert credcheck("standards", "test", standard, "--cases", str(elsewhere)).status == 0
