"""Exit statuses: a script must be able to tell a verdict from a crash. 1 is never used on purpose."""

from enum import IntEnum

from credcheck.model import VerdictOutcome


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
    VerdictOutcome.MEETS: Exit.MEETS,
    VerdictOutcome.DOES_NOT_MEET: Exit.DOES_NOT_MEET,
    VerdictOutcome.UNVERIFIED: Exit.UNVERIFIED,
}


class Stop(Exception):
    """Ends the command with a status and, where there is one, a message for stderr."""

    def __init__(self, status: Exit, message: str = "") -> None:
        """``message`` says what is wrong and what to do."""
        super().__init__(message)
        self.status = status


class Terminated(BaseException):
    """SIGTERM came: end cleanly."""
