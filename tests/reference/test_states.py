"""States, however they are written."""

import pytest

from credcheck.reference.states import usps


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OH", "OH"),
        ("oh", "OH"),
        ("Ohio", "OH"),
        ("  new   york ", "NY"),
        ("District of Columbia", "DC"),
        ("Puerto Rico", "PR"),
        ("Ontario", "ONTARIO"),
        ("", ""),
    ],
)
def test_a_state_in_full_is_its_code(text: str, code: str) -> None:
    assert usps(text) == code
