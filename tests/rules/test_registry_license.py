"""The rule of registered licenses: the person's own word, and never a negative."""

from pathlib import Path

import pytest

from credcheck.model import Decision, EvidenceKind, License, SourceState, Taxonomy
from credcheck.standards.loader import Standard
from tests.paths.standards import HEAD, load
from tests.support.build import (
    codes,
    dossier,
    evidence,
    finding,
    match,
    registration,
    source,
    sources,
)

RULE = '\n[requirements.license]\nrule = "registry_license"\nstates = ["OK", "MO"]\n'


@pytest.fixture
def standard(tmp_path: Path) -> Standard:
    return load(tmp_path, HEAD.format(id="ours") + RULE + "accept_self_reported = true\n")


def licensed(state: str = "OK", number: str = "20123", code: str = "207L00000X") -> Taxonomy:
    return Taxonomy(code=code, license=License(number=number, state=state))


def outcome(standard: Standard, *taxonomies: Taxonomy) -> str:
    case = dossier(evidence(registration(taxonomies=taxonomies), id_="r"))
    return finding(case, "license", standard).outcome


@pytest.mark.parametrize("state", ["OK", "mo", " Oklahoma ", "MISSOURI"])
def test_one_license_of_one_state_is_enough(standard: Standard, state: str) -> None:
    assert outcome(standard, licensed("OH"), licensed(state)) == "met"


def test_it_says_that_nobody_checked_it(standard: Standard) -> None:
    found = finding(
        dossier(evidence(registration(taxonomies=(licensed(),)), id_="r")), "license", standard
    )
    assert codes(found) == {"license_registered", "self_reported"}


@pytest.mark.parametrize(
    "taxonomy",
    [
        licensed("OH"),
        licensed(number=" "),
        licensed(state=""),
        licensed(code="367500000X"),
        licensed(code="174400000X"),
        Taxonomy(code="207L00000X"),
    ],
)
def test_another_state_or_profession_shows_nothing(standard: Standard, taxonomy: Taxonomy) -> None:
    assert outcome(standard, taxonomy) == "unverified"


def test_where_the_own_word_is_not_enough_it_is_unverified(tmp_path: Path) -> None:
    standard = load(tmp_path, HEAD.format(id="ours") + RULE)
    case = dossier(evidence(registration(taxonomies=(licensed(),)), id_="r"))
    found = finding(case, "license", standard)
    assert (found.outcome, codes(found)) == ("unverified", {"self_reported"})
    assert found.next_step == "Verify the license with the medical board of OK or MO."


def test_a_registration_of_another_person_does_not_count(standard: Standard) -> None:
    item = evidence(registration(taxonomies=(licensed(),)), id_="r", tied=match(Decision.CONFLICT))
    assert finding(dossier(item), "license", standard).outcome == "unverified"


def test_a_registry_that_failed_is_no_negative(standard: Standard) -> None:
    kept = tuple(x for x in sources() if EvidenceKind.REGISTRATION not in x.kinds)
    failed = source(EvidenceKind.REGISTRATION, state=SourceState.FAILED)
    item = evidence(registration(taxonomies=(licensed(),)), id_="r")
    case = dossier(item, reports=(*kept, failed))
    assert finding(case, "license", standard).outcome == "unverified"


def test_an_unknown_state_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown state 'Oklahoma'"):
        load(tmp_path, HEAD.format(id="ours") + RULE.replace('"OK"', '"Oklahoma"'))


@pytest.mark.parametrize(
    ("credential", "outcome"),
    [
        ("MD", "met"),
        ("M.D., Ph.D.", "met"),
        ("MBBS", "met"),
        ("MD, DO", "met"),
        (None, "met"),
        ("PhD", "unverified"),  # beside a physician's code a contradiction of its own
        ("DO", "unverified"),
        ("D.O.", "unverified"),
    ],
)
def test_where_the_law_is_of_one_degree_the_other_is_unverified(
    tmp_path: Path, credential: str | None, outcome: str
) -> None:
    rule = RULE + 'accept_self_reported = true\ndegrees = ["MD"]\n'
    standard = load(tmp_path, HEAD.format(id="ours") + rule)
    record = registration(taxonomies=(licensed(),), credential=credential)
    case = dossier(evidence(record, id_="r"))
    assert finding(case, "license", standard).outcome == outcome
