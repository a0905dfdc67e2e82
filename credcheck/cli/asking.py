"""Questions on the terminal: a few, each with its choices."""

import sys
from collections.abc import Sequence

from credcheck._util.errors import UsageError
from credcheck.cli.console import Screen, write_text
from credcheck.reports.terminal.styles import safe_text

AT_MOST = 6
"""Questions that are asked in one go: what is beyond them is left open, and said."""


class Asker:
    """Asks on the terminal, if it may. What is not asked has the last answer: leave it open."""

    def __init__(self, screen: Screen, *, is_on: bool) -> None:
        """Take whether to ask. Raises UsageError where there is nobody to ask."""
        if is_on and not sys.stdin.isatty():
            raise UsageError(
                "no terminal to ask questions on; use --yes to accept what is certain, or --dry-run"
            )
        self._screen = screen
        self._is_on = is_on
        self._asked = 0

    @property
    def may_ask(self) -> bool:
        """Whether there are questions left."""
        return self._is_on and self._asked < AT_MOST

    def choose(self, text: str, answers: Sequence[str]) -> int:
        """Return which answer was chosen; the last one where none is asked for."""
        last = len(answers) - 1
        if not self.may_ask:
            return last
        from rich.prompt import IntPrompt

        from credcheck.cli.console import stderr_console

        self._asked += 1
        lines = [f"  {place}  {each}" for place, each in enumerate(answers, 1)]
        write_text("\n" + self._screen.render(*map(safe_text, (text, *lines))))
        chosen: int = IntPrompt.ask(
            "Number",
            console=stderr_console(),
            choices=[str(place) for place in range(1, len(answers) + 1)],
            default=last + 1,
        )
        return chosen - 1
