"""How many examples a property test draws: as the profile of Hypothesis scales them.

Examples are the same at each run (conftest.py), so drawing all of them each time shows nothing new.
"""

from typing import Any

from hypothesis import settings

_WHOLE = 100
"""The number of examples in a profile that leaves the tests' own numbers as they are."""


def examples(count: int, **more: Any) -> settings:
    """Return the settings of a test that draws so many examples, or the profile's share of them."""
    return settings(max_examples=max(20, count * settings().max_examples // _WHOLE), **more)
