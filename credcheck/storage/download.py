"""Downloads: a published file brought to this machine whole, or not at all.

A server may lie, stall, cut, redirect, or change the file in the middle. What was got before is gone on
from only if the file is still the same one; what is there in the end has the length that was said, and
is no page of HTML. Only hosts that are named are asked.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx

from credcheck._util.errors import InputError
from credcheck._util.progress import Progress
from credcheck.storage.partial_file import PartialFile, Received, Validators

_AGENT = "Mozilla/5.0 (compatible; credcheck; +https://pypi.org/project/credcheck/)"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_REDIRECTS = 5
_PARTIAL, _WHOLE, _UNCHANGED, _OUT_OF_RANGE = 206, 200, 304, 416
_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml version")


class DownloadError(InputError):
    """The file could not be got whole. The message says why and what to do."""


class _TryAgain(Exception):
    """The answer broke off or stalled; going on from there may work."""


class Limits(NamedTuple):
    """How long and how large a download may be, and how often it is tried again.

    Whoever sends fewer bytes a second than ``least_rate``, after a time of grace, stalls.
    """

    read_seconds: float = 60.0
    tries: int = 5
    wait_seconds: float = 2.0
    grace_seconds: float = 60.0
    least_rate: int = 1024
    bytes: int = 8 << 30


class Downloader:
    """Gets files from hosts that are named. ``folder`` keeps what was begun, to go on from there."""

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        show: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """Name the folder of files that are begun."""
        self._folder = folder
        self._limits = limits or Limits()
        self._show = show
        timeout = httpx.Timeout(self._limits.read_seconds)
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        self._client = httpx.Client(timeout=timeout, headers=headers, trust_env=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def look(self, url: str, before: Validators | None) -> Validators | None:
        """Return what the server says of the file, or None if it is the one that is there already.

        Nothing is downloaded. Raises DownloadError.
        """
        try:
            with self._open("HEAD", url, {}) as response:
                _check_status(response, url)
                now = read_validators(response)
        except (httpx.HTTPError, _TryAgain) as error:
            raise DownloadError(f"{url}: {_explain(error)}") from error
        return None if before is not None and now.is_same(before) else now

    def get(
        self,
        url: str,
        path: Path,
        before: Received | None = None,
        *,
        may_be_page: bool = False,
    ) -> Received | None:
        """Get a file under a path, whole; None where it has not changed since ``before``.

        ``may_be_page``: a page of HTML is what is wanted.

        Raises DownloadError, and OSError where it cannot be written. What was got of it stays, to go on
        from.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        part = PartialFile(self._folder, path.name, url, may_be_page=may_be_page)
        validators: Validators | None = None
        for left in reversed(range(self._limits.tries)):
            try:
                validators = self._go_on(url, part, before)
                break
            except (httpx.HTTPError, _TryAgain) as error:
                if left == 0 or isinstance(error, httpx.UnsupportedProtocol):
                    raise DownloadError(
                        f"{url}: {_explain(error)}; the part received is kept: run again to continue"
                    ) from error
                time.sleep(self._limits.wait_seconds)
        if validators is None:
            return None
        received = part.finish(validators)
        part.data.replace(path)
        part.forget()
        return received

    def _go_on(self, url: str, part: PartialFile, before: Received | None) -> Validators | None:
        """Get what is missing of a file; None where the server says that it is unchanged."""
        headers = part.headers() or _conditions(before)
        with self._open("GET", url, headers) as response:
            if response.status_code == _UNCHANGED and before is not None and not part.size:
                return None
            if response.status_code == _OUT_OF_RANGE:
                part.forget()
                raise _TryAgain("the part received earlier belongs to another file")
            _check_status(response, url)
            _check_encoding(response, url)
            validators = read_validators(response)
            if response.status_code == _PARTIAL and not part.continues(response, validators):
                part.forget()
                raise _TryAgain("the file changed during the download")
            if response.status_code != _PARTIAL:
                part.begin(validators)
            self._receive(response, part, url)
            return part.validators

    def _receive(self, response: httpx.Response, part: PartialFile, url: str) -> None:
        total = part.validators.length
        _check_length(response, url, total, self._limits.bytes)
        began, had = time.monotonic(), part.size
        with part.data.open("ab") as file:
            for chunk in response.iter_raw():
                if part.size + len(chunk) > min(self._limits.bytes, total or self._limits.bytes):
                    part.forget()
                    raise DownloadError(
                        f"{url}: more arrived than the server announced; nothing was kept"
                    )
                if part.size == 0 and not part.may_be_page and _is_page(chunk):
                    part.forget()
                    raise DownloadError(
                        f"{url}: the server sent a web page instead of the file, perhaps a login"
                        " page; download it by hand"
                    )
                file.write(chunk)
                part.size += len(chunk)
                self._show(Progress(part.size, total or 0, f"downloading {part.name}"))
                self._check_pace(part.size - had, time.monotonic() - began)
        if total is not None and part.size < total:
            raise _TryAgain(f"{part.size:,} of {total:,} bytes arrived")
        if part.size == 0:
            raise DownloadError(f"{url}: nothing arrived")

    def _check_pace(self, came: int, seconds: float) -> None:
        limits = self._limits
        if seconds > limits.grace_seconds and came < seconds * limits.least_rate:
            raise _TryAgain(f"the server stalled: {came:,} bytes arrived in {seconds:.0f} seconds")

    def _open(self, method: str, url: str, headers: dict[str, str]) -> "_Opened":
        return _Opened(self._client, method, url, headers)


class _Opened:
    """A response, with redirects followed within the same host and never to a weaker scheme."""

    def __init__(
        self, client: httpx.Client, method: str, url: str, headers: dict[str, str]
    ) -> None:
        check_url(url)
        self._client, self._method, self._url, self._headers = client, method, url, headers
        self._response: httpx.Response | None = None

    def __enter__(self) -> httpx.Response:
        url = self._url
        for _ in range(_MOST_REDIRECTS + 1):
            request = self._client.build_request(self._method, url, headers=self._headers)
            response = self._client.send(request, stream=True, follow_redirects=False)
            if not response.has_redirect_location:
                self._response = response
                return response
            target = urljoin(url, response.headers["Location"])
            response.close()
            check_redirect(url, target)
            url = target
        raise DownloadError(f"{self._url}: it redirects more than {_MOST_REDIRECTS} times")

    def __exit__(self, *_: object) -> None:
        if self._response is not None:
            self._response.close()


def check_url(url: str) -> None:
    """Check that a file is asked for safely. Raises DownloadError."""
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not is_safe or not parts.hostname or parts.username:
        raise DownloadError(
            f"{url}: only https:// addresses without a user name or password are used"
        )


def check_redirect(url: str, target: str) -> None:
    """Check that a redirect stays with the host that was configured. Raises DownloadError."""
    check_url(target)
    here, there = urlsplit(url), urlsplit(target)
    if there.hostname != here.hostname:
        raise DownloadError(
            f"{url}: it redirects to {there.hostname}, which is not configured; if that is right, set"
            f' url = "{target}"'
        )


def read_validators(response: httpx.Response) -> Validators:
    """Return what a server says of the version; the length of a part is not that of the file."""
    length = response.headers.get("Content-Length", "")
    is_whole = response.status_code == _WHOLE and length.isdigit()
    return Validators(
        etag=response.headers.get("ETag"),
        modified=response.headers.get("Last-Modified"),
        length=int(length) if is_whole else None,
    )


def _is_page(beginning: bytes) -> bool:
    """Tell whether a file begins as a page does: a login, a notice, an error."""
    return beginning.lstrip(b"\xef\xbb\xbf \r\n\t")[:20].lower().startswith(_PAGE)


def _conditions(before: Received | None) -> dict[str, str]:
    if before is None:
        return {}
    known = before.validators
    if known.etag:
        return {"If-None-Match": known.etag}
    return {"If-Modified-Since": known.modified} if known.modified else {}


def _check_status(response: httpx.Response, url: str) -> None:
    code = response.status_code
    if code in {_WHOLE, _PARTIAL}:
        return
    if code in {401, 403}:
        raise DownloadError(
            f"{url}: the server requires a login ({code}): download the file by hand"
        )
    if code == 429 or code >= 500:
        raise _TryAgain(f"the server answered {code}")
    raise DownloadError(f"{url}: the server answered {code}; the address may have changed")


def _check_length(response: httpx.Response, url: str, total: int | None, most: int) -> None:
    chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
    if total is None and not chunked:
        raise DownloadError(
            f"{url}: the server does not say how long the file is, so an incomplete download would go"
            " unnoticed: download it by hand"
        )
    if total is not None and total > most:
        raise DownloadError(f"{url}: the file has {total:,} bytes; the limit is {most:,}")


def _check_encoding(response: httpx.Response, url: str) -> None:
    """Check that a file comes as it is: one that is packed on the way has another length and digest."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in {"", "identity"}:
        raise DownloadError(
            f"{url}: the server sends the file compressed ({packed}), which was not asked for: get it"
            " by hand"
        )


def _explain(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
