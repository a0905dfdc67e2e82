"""What ends a command: three families of errors, each with one exit status, and a signal.

The message of each says what is wrong and what to do. The command line catches them in one place.
"""

_TERMINATED = 143


class UsageError(ValueError):
    """What was asked for cannot be done: a bad option, configuration or standard (status 2)."""


class InputError(Exception):
    """An input cannot be trusted: a roster, listing, store or journal (status 5)."""


class OutputError(Exception):
    """A result, report, journal or log cannot be written whole (status 6)."""


class Terminated(SystemExit):
    """A signal said to end (SIGTERM, or a terminal that was closed): end cleanly (status 143).

    A SystemExit, since asyncio swallows most others in callbacks. Code that catches SystemExit lets
    this one through: it is the user's word, not an adapter's.
    """

    def __init__(self) -> None:
        """Exit with the status that tells of the signal."""
        super().__init__(_TERMINATED)
