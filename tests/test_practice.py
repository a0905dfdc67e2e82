"""An organization on a list of exclusions that may be the physician's practice: a remark, no tie."""

import pytest

from credcheck.demo import demo_folder
from credcheck.identity.practice import is_own_practice
from credcheck.model import PersonName, Place
from tests.support.world import judge

HERE = (Place(city="COLUMBUS", state="OH"),)
WETHERBY = (PersonName(last="Wetherby", first="Wim"),)


def test_it_is_told_and_decides_nothing() -> None:
    (verdict,) = judge(demo_folder(), "2100000225")
    found = next(each for each in verdict.findings if each.requirement == "not_excluded")
    assert found.outcome == "met"
    assert {reason.code for reason in found.reasons} == {"not_excluded", "practice_listed"}
    assert "WETHERBY PAIN CLINIC LLC" in found.reasons[1].message
    (about,) = found.reasons[1].about
    assert next(x for x in verdict.evidence if x.id == about).match.decision == "no_match"


@pytest.mark.parametrize(
    ("business", "where", "names", "found"),
    [
        ("Wetherby Pain Clinic LLC", HERE, WETHERBY, True),
        ("WETHERBY, INC.", (Place(city="Columbus", state="oh"),), WETHERBY, True),
        ("Wetherbys Clinic", HERE, WETHERBY, False),
        ("Wetherby Pain Clinic LLC", (Place(city="Dayton", state="OH"),), WETHERBY, False),
        ("Wetherby Pain Clinic LLC", (), WETHERBY, False),
        ("Lee Clinic", HERE, (PersonName(last="Lee", first="Lin"),), False),
    ],
)
def test_the_name_and_the_place_must_agree(
    business: str, where: tuple[Place, ...], names: tuple[PersonName, ...], found: bool
) -> None:
    assert is_own_practice(business, where, names, HERE) is found
