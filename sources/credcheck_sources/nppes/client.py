"""The HTTP client: one answer for one question, within a deadline, or a reason why not.

httpx's own timeout is for each read, so a body that drips can take for ever; the deadline here is
for the whole answer, retries and waits included.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Mapping
from typing import NamedTuple, Self

import httpx
import stamina

from credcheck.storage import ByteCache
from credcheck_sources.nppes.connection import open_http
from credcheck_sources.nppes.options import NppesOptions
from credcheck_sources.nppes.proxy import Proxy
from credcheck_sources.nppes.request import RequestFailed, RetryableError, send_request
from credcheck_sources.nppes.throttle import CircuitBreaker, RateLimiter
from credcheck_sources.nppes.wire import (
    MalformedResponse,
    RawResult,
    Refused,
    UnexpectedSchema,
    read_answer,
)

_DATE_LENGTH = 10
_Read = tuple[bytes, list[RawResult]]


class ApiAnswer(NamedTuple):
    """The records of an answer, the day it was given, and the address that was asked, if any."""

    results: list[RawResult]
    url: str | None
    retrieved_on: dt.date


class NppesClient:
    """Asks NPPES. To be used inside one event loop, as an asynchronous context manager."""

    def __init__(
        self,
        options: NppesOptions,
        today: dt.date,
        cache: ByteCache,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        read_cache: bool = True,
        offline: bool = False,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Take the surroundings. ``transport`` stands in for the network.

        ``breaker`` remembers from one client to the next that the registry is down.
        """
        self.today = today
        self._options = options
        self._cache = cache
        self._read_cache = read_cache
        self._offline = offline
        self._transport = transport
        self._slots = asyncio.Semaphore(options.concurrency)
        self._pace = RateLimiter(options.requests_per_second)
        self._breaker = breaker or CircuitBreaker()
        self._address = options.address
        self._proxy: Proxy | None = None

    async def __aenter__(self) -> Self:
        self._http, self._proxy = open_http(self._options, self._transport)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, criteria: Mapping[str, str]) -> ApiAnswer:
        """Return the answer to a question.

        An empty answer is asked for once more, since NPPES sometimes gives one by mistake; it is
        never kept. Raises RequestFailed where there is none, and Refused where NPPES refuses.
        """
        url = str(self._address.copy_merge_params({"version": "2.1", **criteria}))
        kept = self._from_cache(url)
        if kept is not None:
            return kept
        if self._offline:
            raise RequestFailed("offline, and the answer is not in the cache")
        body, results = await self._ask_in_turn(url)
        if not results:
            body, results = await self._ask_in_turn(url)
        if results:
            value = self.today.isoformat().encode() + body
            self._cache.set(url, value, self._options.cache_seconds)
        return ApiAnswer(results, url if self._transport is None else None, self.today)

    def _from_cache(self, url: str) -> ApiAnswer | None:
        kept = self._cache.get(url) if self._read_cache else None
        if kept is None:
            return None
        try:
            day = dt.date.fromisoformat(kept[:_DATE_LENGTH].decode())
            if not 0 <= (self.today - day).days <= self._options.cache_days:
                return None  # a clock was wrong, then or now
            return ApiAnswer(read_answer(kept[_DATE_LENGTH:]), url, day)
        except (ValueError, MalformedResponse, Refused, UnexpectedSchema):
            return None  # not what this version keeps: ask again

    async def _ask_in_turn(self, url: str) -> _Read:
        async with self._slots:
            if self._breaker.is_open:
                raise RequestFailed("not asked: the registry kept failing (circuit open)")
            try:
                read = await self._ask_with_deadline(url)
            except RequestFailed as error:
                self._breaker.record(failed=True)
                if self._proxy is None:
                    raise
                raise RequestFailed(f"{error}; asked through {self._proxy}") from error
            self._breaker.record(failed=False)
            return read

    async def _ask_with_deadline(self, url: str) -> _Read:
        await self._pace.wait()
        tries = RetryLoop(self._options)
        try:
            async with asyncio.timeout(self._options.timeout):
                return await tries.run(self._http, url)
        except TimeoutError as error:
            limit = f"{self._options.timeout:g} s"
            message = (
                f"no usable answer within {limit} and {tries.count} tries; last problem:"
                f" {tries.last}"
            )
            raise RequestFailed(message) from error
        except RetryableError as error:
            raise RequestFailed(f"unavailable after {tries.count} tries: {error}") from error


class RetryLoop:
    """The tries at one question, with pauses that grow and vary."""

    def __init__(self, options: NppesOptions) -> None:
        self._attempts = options.attempts
        self._deadline = time.monotonic() + options.timeout
        self.count = 0
        self.last = "no answer at all"

    async def run(self, http: httpx.AsyncClient, url: str) -> _Read:
        """Return the first good answer. Raises what the last try raised."""
        caller = stamina.AsyncRetryingCaller(
            attempts=self._attempts, timeout=None, wait_initial=0.25, wait_max=4.0, wait_jitter=0.5
        )
        return await caller(self._wait, self._try, http, url)

    async def _try(self, http: httpx.AsyncClient, url: str) -> _Read:
        self.count += 1
        try:
            return await send_request(http, url)
        except RetryableError as error:
            self.last = str(error)
            raise

    def _wait(self, error: Exception) -> bool | float:
        """Tell whether to try again, or how long to wait: never beyond the deadline."""
        if not isinstance(error, RetryableError):
            return False
        if error.wait is None:
            return True
        return error.wait if time.monotonic() + error.wait < self._deadline else False
