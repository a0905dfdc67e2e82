"""Exit statuses: a script must be able to tell a verdict from a crash. 1 is never used on purpose."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process leaves behind."""

    MEETS = 0
    USAGE = 2
    UNVERIFIED = 3
    DOES_NOT_MEET = 4
    INPUT_UNUSABLE = 5
    OUTPUT_INCOMPLETE = 6
    BUG = 70
    INTERRUPTED = 130
    CLOSED_PIPE = 141
    TERMINATED = 143


EXIT_OF = {
    "meets": Exit.MEETS,
    "does_not_meet": Exit.DOES_NOT_MEET,
    "unverified": Exit.UNVERIFIED,
}
"""The status of each verdict, by its word (the model is not imported for it: --help is quick)."""


class CliExit(Exception):
    """Ends a command that did its work, with the status of its result.

    What goes wrong is raised as UsageError, InputError or OutputError.
    """

    def __init__(self, status: Exit, message: str = "") -> None:
        """``message``, where there is one, goes to stderr."""
        super().__init__(message)
        self.status = status
