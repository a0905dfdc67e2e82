"""Politeness and patience: a rate limit, and a breaker for a registry that is down."""

import asyncio
import time


class RateLimiter:
    """Spaces requests evenly: so many a second, in the order in which they ask."""

    def __init__(self, per_second: float | None) -> None:
        """Allow so many a second; None is no limit."""
        self._gap = 1 / per_second if per_second else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for the next free moment."""
        now = time.monotonic()
        mine = max(now, self._next)
        self._next = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)


class CircuitBreaker:
    """Opens after so many failures in a row: the rest is not asked, and says so.

    After a rest (in seconds) one question is let through again; if that fails, it stays open.
    """

    def __init__(self, limit: int = 5, rest: float = 30.0) -> None:
        """Open after ``limit`` failures in a row, for ``rest`` seconds at a time."""
        self._limit = limit
        self._rest = rest
        self._failures = 0
        self._failed_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the registry is taken for down."""
        resting = time.monotonic() - self._failed_at < self._rest
        return self._failures >= self._limit and resting

    def record(self, *, failed: bool) -> None:
        """Count a failure, or begin again after a success."""
        self._failures = self._failures + 1 if failed else 0
        self._failed_at = time.monotonic()
