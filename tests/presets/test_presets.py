"""Every preset, from a file with the real header and invented people to evidence.

Adding a preset is adding its TOML file, and a sample beside this test in which Alma Abernathy stands.
"""

import csv
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.model import Exclusion, License, Licensure, Physician, Taxonomy
from credcheck.source import Claim, Source, SourceFailed, Subject
from credcheck.source.adapter import Context
from credcheck.source.presets import PresetError, list_presets, load_preset, parse_preset
from credcheck.storage import NoCache
from credcheck.testing import SourceContract, physician, subject
from tests.support.cli import credcheck

SLUG = re.compile(r"[^a-z0-9]+")
SAMPLES = Path(__file__).parent / "samples"
DAY = dt.date(2026, 11, 1)
TODAY = dt.date(2026, 11, 24)
NUMBERS = {
    "WA": "MD60441019",
    "TX": "J1234",
    "CO": "0045678",
    "IL": "036123456",
    "CT": "45678",
    "NY": "212345",
    "PA": "MD123456L",
    "CA": "A12345",
    "MD": "D12345",
    "OH": "35.1",
}


def sample(preset: str) -> Path:
    (found,) = SAMPLES.glob(f"{preset}.*")
    return found


def read_header(preset: str) -> tuple[str, ...]:
    """Return the sample's header, from the row in which the preset has it."""
    path, row = sample(preset), load_preset(preset).header_row or 1
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        return tuple(str(cell.value) for cell in sheet[row])
    if path.suffix == ".json":
        return tuple(json.loads(path.read_text(encoding="utf-8"))[0])
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(list(csv.reader(file))[row - 1])


def opened(preset: str, **more: Any) -> Source:
    options = {
        "preset": preset,
        "path": str(sample(preset)),
        "as_of": DAY,
        "coverage": load_preset(preset).coverage,
        **more,
    }
    settings = SourceConfig(name="under-test", adapter="listing", options=options)
    context = Context(folder=SAMPLES, today=TODAY, cache=NoCache())
    return open_source(settings, context, "test")


def alma() -> Physician:
    known = physician("2000001075", "Abernathy", "Alma")
    codes = [
        Taxonomy(code="207L00000X", license=License(number=number, state=state))
        for state, number in NUMBERS.items()
    ]
    from msgspec.structs import replace

    return replace(known, taxonomies=tuple(codes))


def claims(preset: str, **more: Any) -> list[Claim]:
    (answer,) = opened(preset, **more).collect([subject(alma())])
    assert answer.failure is None, answer.failure
    return list(answer.claims)


PRESETS = pytest.mark.parametrize("preset", list_presets())


@PRESETS
def test_the_sample_has_the_header_that_was_seen(preset: str) -> None:
    known = load_preset(preset)
    slugs = tuple(SLUG.sub("_", name.casefold()).strip("_") for name in read_header(preset))
    plain = slugs if known.header_as == "slugs" else read_header(preset)
    header = tuple(name for name in plain if name not in known.optional)
    if known.header_as != "in_part":
        assert header == known.header
    else:
        assert set(known.header) < set(header)


@PRESETS
def test_a_file_with_other_columns_is_refused_with_the_difference(
    preset: str, tmp_path: Path
) -> None:
    column = read_header(preset)[-1]
    path = tmp_path / sample(preset).name
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(sample(preset))
        assert book.active is not None
        book.active.cell(
            load_preset(preset).header_row or 1, len(read_header(preset))
        ).value = "Else"
        book.save(path)
    else:
        text = sample(preset).read_text(encoding="utf-8")
        every = -1 if path.suffix == ".json" else 1
        path.write_text(text.replace(column, "Else", every), encoding="utf-8")
    if load_preset(preset).header_as == "in_part" and column not in load_preset(preset).header:
        assert claims(preset, path=str(path))
        return
    said = refuse(opened(preset, path=str(path)))
    assert f"preset {preset!r}" in said
    assert "it lacks" in said
    assert "'Else'" in said or load_preset(preset).header_as == "in_part"


def refuse(source: Source) -> str:
    with pytest.raises(SourceFailed) as failed:
        source.collect([subject(alma())])
    return str(failed.value)


def test_a_header_that_the_user_writes_down_counts_instead(tmp_path: Path) -> None:
    path = tmp_path / "ar.csv"
    text = sample("ar-medicaid-exclusions").read_text(encoding="utf-8")
    path.write_text(text.replace("Division", "Unit"), encoding="utf-8")
    header = ["Facility Name", "Provider Name", "City", "State", "Zip", "Unit"]
    assert claims("ar-medicaid-exclusions", path=str(path), header=header)


@PRESETS
def test_every_row_is_read(preset: str) -> None:
    (answer,) = opened(preset).collect([subject(alma())])
    assert answer.snapshot is not None
    assert answer.snapshot.rejects == ()
    assert answer.snapshot.nameless == 0
    assert answer.snapshot.torn is None


@PRESETS
def test_the_person_is_found_and_what_it_says_is_ours(preset: str) -> None:
    made, known = load_preset(preset), claims(preset)
    assert known
    for claim in known:
        assert claim.kind is made.kind
        assert claim.problem is None
        assert "birthdate" not in {x.strip().casefold() for x in claim.provenance.other}
        if isinstance(claim.record, Licensure):
            assert claim.record.state == made.state
        if isinstance(claim.record, Exclusion) and made.state:
            assert claim.record.state == made.state


@PRESETS
def test_it_says_where_it_comes_from_and_what_absence_means(preset: str) -> None:
    made = load_preset(preset)
    assert made.page.startswith("http")
    assert all(len(text) > 10 for text in (made.absence, made.seen, made.terms, made.publisher))
    assert made.url is None or made.url.startswith("https://")


class TestContract(SourceContract):
    @pytest.fixture(params=list_presets())
    def source(self, request: pytest.FixtureRequest) -> Source:
        return opened(request.param)

    @pytest.fixture
    def known(self) -> Subject:
        return subject(alma())


def test_all_of_them_pass_sources_check_in_one_configuration(tmp_path: Path) -> None:
    tables = [
        f'[sources.{name}]\nadapter = "listing"\npreset = "{name}"\nas_of = 2026-11-01\n'
        f'coverage = "{load_preset(name).coverage}"\npath = "{sample(name)}"\n'
        for name in list_presets()
    ]
    (tmp_path / "credcheck.toml").write_text("\n".join(tables), encoding="utf-8")
    ran = credcheck("sources", "check", "--as-of", "2026-11-02", cwd=tmp_path)
    assert ran.status == 0, ran.out + ran.err
    listed = credcheck("sources", "presets")
    assert listed.status == 0
    assert all(name in listed.out for name in list_presets())


def test_what_is_said_beside_the_preset_counts_first() -> None:
    facts = opened("tx-licenses", authority="secondary", coverage="complete").facts
    assert (facts.authority, facts.coverage) == ("secondary", "complete")


def test_a_small_file_is_not_the_whole_published_one() -> None:
    options = {"preset": "medicare-revocations", "as_of": DAY}
    options["path"] = str(SAMPLES / "medicare-revocations.csv")
    settings = SourceConfig(name="x", adapter="listing", options=options)
    context = Context(folder=SAMPLES, today=TODAY, cache=NoCache())
    (answer,) = open_source(settings, context, "test").collect([subject(alma())])
    assert answer.snapshot is not None
    assert "download it again" in str(answer.snapshot.partial)


def test_the_states_are_the_scope() -> None:
    (answer,) = opened("tx-licenses").collect([subject(alma())])
    assert answer.snapshot is not None
    assert answer.snapshot.scope == ("TX",)


def test_a_number_that_says_its_letters_twice_is_one() -> None:
    (claim,) = claims("wa-licenses")
    assert isinstance(claim.record, Licensure)
    assert claim.record.number == "MD.60441019"


def test_names_on_lines_of_one_cell_are_names_of_one_person() -> None:
    (claim,) = claims("wa-medicaid-exclusions")
    assert {name.last for name in claim.about.names} >= {"Abernathy"}
    assert {name.first for name in claim.about.names} >= {"Alma"}
    assert claim.about.npi == "2000001075"


@pytest.mark.parametrize(
    ("preset", "old", "new", "name"),
    [
        ("oh-medicaid-exclusions", "ABERNATHY,", "ABERNATHY AKA OAKLEY,", ("OAKLEY", "ALMA")),
        ("oh-medicaid-exclusions", "ALMA,", "ALMA (AKA ALMINA),", ("ABERNATHY", "ALMINA")),
        (
            "ca-medicaid-exclusions",
            "N/A,,,Phys",
            "N/A,Alma Oakley; Al Ash,,Phys",
            ("Oakley", "Alma"),
        ),
        ("ca-medicaid-exclusions", "N/A,,,Phys", "N/A,Alma Oakley; Al Ash,,Phys", ("Ash", "Al")),
        ("pa-medicaid-exclusions", "ALMA,,,,,", 'ALMA,,,,"OAKLEY, ALMA",', ("OAKLEY", "ALMA")),
        ("tn-medicaid-exclusions", '"Alma"', '"Alma aka Almina"', ("Abernathy", "Almina")),
        *(
            ("sam-exclusions", "Active,,,,2000001075", f'Active,"{text}",,,2000001075', name)
            for text, name in (
                ("(also  ALMA OAKLEY )", ("OAKLEY", "ALMA")),
                ("(also ALMA OAKLEY)", ("OAKLEY", "ALMA")),
                ("(also  AL ASH ,  OAKLEY ALMA )", ("OAKLEY", "ALMA")),
                ("(also  AL ASH ,  OAKLEY, ALMA Q )", ("OAKLEY", "ALMA")),
                ("(also ALMA OAKLEY, AL ASH", ("ASH", "AL")),
                ("(also EXAMPLE SPINE, LLC, ALMA OAKLEY, JR, AL ASH)", ("OAKLEY", "ALMA")),
                ("(also OAKLEY, ALMA, MOONBEAM, AL ASH)", ("ASH", "AL")),
            )
        ),
    ],
)
def test_other_names_on_a_row_are_names_of_its_person(
    tmp_path: Path, preset: str, old: str, new: str, name: tuple[str, str]
) -> None:
    text = sample(preset).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / sample(preset).name
    path.write_text(text.replace(old, new), encoding="utf-8")
    (claim,) = claims(preset, path=str(path))
    assert name in {(each.last, each.first) for each in claim.about.names}
    assert claim.about.names[0].last.casefold() == "abernathy"


def test_several_license_numbers_of_one_row_each_lead_to_it(tmp_path: Path) -> None:
    text = sample("ca-medicaid-exclusions").read_text(encoding="utf-8")
    path = tmp_path / "ca.csv"
    text = text.replace("A12345,", '"G99999, A12345",').replace("2000001075, ", "")
    path.write_text(text, encoding="utf-8")
    (claim,) = claims("ca-medicaid-exclusions", path=str(path))
    assert {each.number for each in claim.about.licenses} == {"G99999", "A12345"}


def test_two_columns_that_read_alike_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ny.csv"
    text = sample("ny-medicaid-exclusions").read_text(encoding="utf-8")
    path.write_text(text.replace("provider_type", "npi-num", 1), encoding="utf-8")
    said = refuse(opened("ny-medicaid-exclusions", path=str(path)))
    assert "read alike" in said
    assert "'provider_type'" in said


def test_an_unknown_preset_is_named_with_the_nearest() -> None:
    with pytest.raises(PresetError, match="did you mean 'tx-licenses'"):
        load_preset("tx-license")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('titel = "x"', "titel"),
        ('[columns]\nnpi = "Nowhere"', "not in the header"),
        ('url = "https://example.org"', "needs either a url"),
    ],
)
def test_a_wrong_preset_is_refused(change: str, said: str) -> None:
    text = list_presets()["pa-medicaid-exclusions"]
    if change.startswith("[columns]"):
        text = text.replace('npi = "IDN_NPI"', 'npi = "Nowhere"')
    else:
        text = text.replace("schema_version = 1", f"schema_version = 1\n{change}")
    with pytest.raises(PresetError, match=said):
        parse_preset(text, "x")


def test_either_a_kind_or_a_preset_is_said() -> None:
    from credcheck.config import ConfigError

    with pytest.raises(ConfigError, match="either kind"):
        opened("tx-licenses", kind="license")
