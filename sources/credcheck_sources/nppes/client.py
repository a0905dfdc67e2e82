"""The HTTP client: one answer for one question, within a deadline, or a reason why not.

httpx's own timeout is for each read, so a body that drips can take for ever; the deadline here is
for the whole answer, retries and waits included. Encoded bodies are refused, since a small one can
inflate to gigabytes, and a body is read up to a limit. Redirects are not followed.
"""

import asyncio
import datetime as dt
import socket
import ssl
import time
from collections.abc import Mapping
from typing import NamedTuple, Self
from urllib.parse import urlsplit

import httpx
import stamina

from credcheck import __version__
from credcheck.cache import ByteCache
from credcheck_sources.nppes.options import NppesOptions
from credcheck_sources.nppes.pace import Breaker, Pace
from credcheck_sources.nppes.wire import (
    Garbled,
    RawResult,
    Refused,
    ShapeChanged,
    read_answer,
)

_BIGGEST_BODY = 8 << 20
_HEADERS = {
    "User-Agent": f"credcheck/{__version__} (physician credential verification)",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}
_DATE_LENGTH = 10


class NoAnswer(Exception):
    """There is no answer that could be used. The message says why."""


class _TryAgain(Exception):
    """One try failed; another may not. ``wait`` is what the server asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Answered(NamedTuple):
    """The records of an answer, the day it was given, and the address that was asked, if any."""

    results: list[RawResult]
    url: str | None
    retrieved_on: dt.date


class _Read(NamedTuple):
    """A body and the records that were read from it."""

    body: bytes
    results: list[RawResult]


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
    ) -> None:
        """Take the surroundings. ``transport`` stands in for the network."""
        self._options = options
        self.today = today
        self._cache = cache
        self._read_cache = read_cache
        self._offline = offline
        self._transport = transport
        self._slots = asyncio.Semaphore(options.concurrency)
        self._pace = Pace(options.requests_per_second)
        self._breaker = Breaker()

    async def __aenter__(self) -> Self:
        try:
            self._http = httpx.AsyncClient(
                headers=_HEADERS,
                timeout=self._options.timeout,
                transport=self._transport,
                limits=httpx.Limits(max_connections=self._options.concurrency),
            )
        except OSError as error:
            raise NoAnswer(f"TLS cannot be set up: {error}") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, criteria: Mapping[str, str]) -> Answered:
        """Return the answer to a question.

        An empty answer is asked for once more, since NPPES sometimes gives one by mistake. Raises
        NoAnswer where there is none, and Refused where NPPES refuses.
        """
        url = str(httpx.URL(self._options.base_url, params={"version": "2.1", **criteria}))
        answered = self._from_cache(url)
        if answered is not None:
            return answered
        if self._offline:
            raise NoAnswer("offline, and the answer is not in the cache")
        return await self._from_network(url) or await self._from_network(url) or self._empty(url)

    def _from_cache(self, url: str) -> Answered | None:
        kept = self._cache.get(url) if self._read_cache else None
        if kept is None:
            return None
        day, body = kept[:_DATE_LENGTH], kept[_DATE_LENGTH:]
        try:
            return Answered(read_answer(body), url, dt.date.fromisoformat(day.decode()))
        except (ValueError, Garbled, Refused, ShapeChanged):
            return None  # not what this version keeps: ask again

    def _empty(self, url: str) -> Answered:
        return Answered([], self._shown(url), self.today)

    async def _from_network(self, url: str) -> Answered | None:
        """Return the answer, or None for an empty one, which is never kept."""
        body, results = await self._in_turn(url)
        if not results:
            return None
        kept = self.today.isoformat().encode() + body
        self._cache.set(url, kept, self._options.cache_seconds)
        return Answered(results, self._shown(url), self.today)

    def _shown(self, url: str) -> str | None:
        return url if self._transport is None else None

    async def _in_turn(self, url: str) -> _Read:
        async with self._slots:
            if self._breaker.is_open:
                raise NoAnswer(
                    "not asked: the registry failed several times in a row (circuit open)"
                )
            try:
                read = await self._within_deadline(url)
            except NoAnswer:
                self._breaker.note(failed=True)
                raise
            self._breaker.note(failed=False)
            return read

    async def _within_deadline(self, url: str) -> _Read:
        await self._pace.turn()
        deadline = time.monotonic() + self._options.timeout
        last = "no answer at all"
        tries = 0
        try:
            async with asyncio.timeout(self._options.timeout):
                async for attempt in stamina.retry_context(
                    on=lambda error: _wait(error, deadline),
                    attempts=self._options.attempts,
                    timeout=None,
                    wait_initial=0.25,
                    wait_max=4.0,
                    wait_jitter=0.5,
                ):
                    with attempt:
                        tries = attempt.num
                        try:
                            return await self._once(url)
                        except _TryAgain as error:
                            last = str(error)
                            raise
        except TimeoutError as error:
            limit = f"{self._options.timeout:g} s"
            raise NoAnswer(
                f"no usable answer within {limit}, {tries} tries; last: {last}"
            ) from error
        except _TryAgain as error:
            raise NoAnswer(f"unavailable after {tries} tries: {error}") from error
        raise NoAnswer(last)  # the loop above returns or raises

    async def _once(self, url: str) -> _Read:
        try:
            body = await self._body(url)
            return _Read(body, read_answer(body))
        except Garbled as error:
            raise _TryAgain(str(error)) from error
        except ShapeChanged as error:
            raise NoAnswer(str(error)) from error
        except httpx.ConnectError as error:
            raise _connect_problem(error, url) from error
        except httpx.TimeoutException as error:
            raise _TryAgain("the registry was silent for too long") from error
        except httpx.HTTPError as error:
            raise _TryAgain(
                f"the connection broke: {str(error) or type(error).__name__}"
            ) from error

    async def _body(self, url: str) -> bytes:
        async with self._http.stream("GET", url) as response:
            _check_status(response)
            encoding = response.headers.get("Content-Encoding", "identity")
            if encoding != "identity":
                raise NoAnswer(f"the answer is encoded ({encoding}), which was not asked for")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _BIGGEST_BODY:
                    raise NoAnswer(f"the answer is bigger than {_BIGGEST_BODY >> 20} MB")
            return bytes(body)


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        wait = _seconds(response.headers.get("Retry-After"))
        asked = f", and asks to wait {wait:g} s" if wait is not None else ""
        raise _TryAgain(f"the registry answers with status {status}{asked}", wait)
    if response.is_redirect:
        raise NoAnswer(f"the registry redirects (status {status}), which is not followed")
    raise NoAnswer(f"the registry answers with status {status}")


def _seconds(retry_after: str | None) -> float | None:
    """Return a Retry-After in seconds; a date or anything else counts as not given."""
    text = (retry_after or "").strip()
    return float(text) if text.isascii() and text.isdigit() else None


def _wait(error: Exception, deadline: float) -> bool | float:
    """Tell stamina whether to try again, or how long to wait: never beyond the deadline."""
    if not isinstance(error, _TryAgain):
        return False
    if error.wait is None:
        return True
    return error.wait if time.monotonic() + error.wait < deadline else False


def _connect_problem(error: httpx.ConnectError, url: str) -> Exception:
    address = urlsplit(url)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return NoAnswer(f"TLS failed for {address.hostname}: {cause.reason or cause}")
        if isinstance(cause, socket.gaierror):
            return _TryAgain(f"cannot resolve host {address.hostname}")
        cause = cause.__cause__ or cause.__context__
    port = address.port or (443 if address.scheme == "https" else 80)
    return _TryAgain(f"cannot connect to {address.hostname} port {port}: {error}")
