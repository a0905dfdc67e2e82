"""The three families of errors that end a command. Each family has one exit status.

The message of each says what is wrong and what to do. The command line catches them in one place.
"""


class UsageError(ValueError):
    """What was asked for cannot be done: a bad option, configuration or standard (status 2)."""


class InputError(Exception):
    """An input cannot be trusted: a roster, listing, store or journal (status 5)."""


class OutputError(Exception):
    """A result, report, journal or log cannot be written whole (status 6)."""
