"""Rosters judged: planned, judged partition by partition, kept in a journal, and resumed.

``PortableVerifier`` is for engines that hand out partitions themselves.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credcheck.runs.portable import PortableVerifier

__all__ = ["PortableVerifier"]


def __getattr__(name: str) -> object:
    """Import the verifier when it is asked for: most who use this package do not need it."""
    if name == "PortableVerifier":
        from credcheck.runs.portable import PortableVerifier

        return PortableVerifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
