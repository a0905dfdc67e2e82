"""What an audit fails on."""

import pytest

from credcheck.audit.policy import DEFAULT, FailOn, FailOnError, parse_fail_on


def test_the_default_gates_what_fails_and_what_is_undecided() -> None:
    assert parse_fail_on(DEFAULT) == FailOn(does_not_meet=True, unverified=True)


def test_none_gates_nothing() -> None:
    assert parse_fail_on("none") == FailOn()


def test_words_are_parted_by_commas() -> None:
    assert parse_fail_on("changed, expiring:60d") == FailOn(changed=True, expiring=60)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("does_not_met", "did you mean 'does_not_meet'"),
        ("expiring", "expiring:90d"),
        ("none,unverified", "'none' cannot be combined"),
        ("", "unknown word ''"),
        ("expiring:-1d", "unknown word"),
    ],
)
def test_a_misprint_never_opens_the_gate(text: str, said: str) -> None:
    with pytest.raises(FailOnError, match=said):
        parse_fail_on(text)
