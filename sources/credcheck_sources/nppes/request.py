"""One try at one question: the body of a good answer, or which kind of failure it was.

Encoded bodies are refused, since a small one can inflate to gigabytes; a body is read up to a limit;
redirects are not followed.
"""

import os
import socket
import ssl
from urllib.parse import urlsplit

import httpx

from credcheck import __version__
from credcheck._util.text import escape_control, shorten
from credcheck_sources.nppes.address import show_target
from credcheck_sources.nppes.page import BIGGEST_PAGE, describe_page
from credcheck_sources.nppes.wire import MalformedResponse, RawResult, UnexpectedSchema, read_answer

HEADERS = {
    "User-Agent": f"credcheck/{__version__} (physician credential verification)",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}
_BIGGEST_BODY = 8 << 20
_QUOTED = 200
_LONGEST_WAIT = 999_999.0  # seconds: more is as good as never
_TLS_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


class RequestFailed(Exception):
    """There is no answer that could be used, and trying again would not help."""


class RetryableError(Exception):
    """One try failed; another may not. ``wait`` is what the server asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        """``message`` says what went wrong."""
        super().__init__(message)
        self.wait = wait


async def send_request(http: httpx.AsyncClient, url: str) -> tuple[bytes, list[RawResult]]:
    """Return the body of the answer and its records.

    Raises RetryableError for what may pass, RequestFailed for what will not, and Refused where NPPES
    refuses.
    """
    try:
        body = await _read_body(http, url)
        return body, read_answer(body)
    except MalformedResponse as error:
        raise RetryableError(str(error)) from error
    except UnexpectedSchema as error:
        raise RequestFailed(str(error)) from error
    except httpx.ConnectError as error:
        raise _explain_connect_error(error, url) from error
    except httpx.TimeoutException as error:
        raise RetryableError("the registry took too long to answer") from error
    except httpx.HTTPError as error:
        why = shorten(str(error), _QUOTED) or type(error).__name__
        raise RetryableError(f"the connection was lost: {escape_control(why)}") from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise RequestFailed(f"{urlsplit(url).hostname} cannot be reached: {error}") from error


async def _read_body(http: httpx.AsyncClient, url: str) -> bytes:
    async with http.stream("GET", url) as response:
        await _check_status(response)
        if (encoding := _encoding(response)) is not None:
            raise RequestFailed(f"the answer uses an encoding that was not requested ({encoding})")
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _BIGGEST_BODY:
                raise RequestFailed(f"the answer is bigger than {_BIGGEST_BODY >> 20} MB")
        return bytes(body)


def name_tls_variables() -> str:
    """Return which variables that are set say how TLS is set up, or nothing."""
    names = [f"{name}={os.environ[name]}" for name in _TLS_VARIABLES if os.environ.get(name)]
    return f" ({shorten(', '.join(names), _QUOTED)})" if names else ""


def _encoding(response: httpx.Response) -> str | None:
    encoding = response.headers.get("Content-Encoding", "identity")
    return None if encoding == "identity" else escape_control(shorten(encoding, 40))


async def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if response.is_redirect or "Location" in response.headers:
        target = show_target(response.headers.get("Location", ""))
        raise RequestFailed(
            f"the registry redirects to {target} (status {status}), and redirects are not followed"
        )
    page = await _describe_refusal(response)
    said = f": {page}" if page else ""
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        wait = _parse_retry_after(response.headers.get("Retry-After"))
        asked = f", and asks credcheck to wait {wait:g} s" if wait is not None else ""
        raise RetryableError(f"the registry answered with status {status}{asked}{said}", wait)
    raise RequestFailed(f"the registry answered with status {status}{said}")


async def _describe_refusal(response: httpx.Response) -> str:
    """Return what the page of a refusal says, as far as it is read."""
    page = bytearray()
    if _encoding(response) is None:
        async for chunk in response.aiter_bytes():
            page += chunk
            if len(page) > BIGGEST_PAGE:
                break
    return describe_page(bytes(page), response.headers)


def _parse_retry_after(retry_after: str | None) -> float | None:
    """Return a Retry-After in seconds; a date or anything else counts as not given."""
    text = (retry_after or "").strip()
    return min(float(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else None


def _explain_connect_error(error: httpx.ConnectError, url: str) -> Exception:
    address = urlsplit(url)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            used = name_tls_variables()
            return RequestFailed(
                f"TLS failed for {address.hostname}{used}: {cause.reason or cause}"
            )
        if isinstance(cause, socket.gaierror):
            return RetryableError(f"cannot resolve host {address.hostname}")
        cause = cause.__cause__ or cause.__context__
    port = address.port or (443 if address.scheme == "https" else 80)
    return RetryableError(f"cannot connect to {address.hostname} port {port}: {error}")
