"""Web addresses from a configuration or an answer: checked before use, and shown without secrets."""

import ipaddress
from contextlib import suppress

import httpx

from credcheck._util.text import escape_control, shorten

_LONGEST = 2_000
_SHOWN = 200
_LAST_PORT = 65_535


def parse_address(text: str) -> httpx.URL:
    """Return a web address that can be asked. Raises ValueError, which quotes nothing of it.

    A password may stand in it, so a message that quotes it would tell it to whoever reads the log.
    """
    if len(text) > _LONGEST or not text.isprintable() or "\\" in text or " " in text:
        raise ValueError("it is too long, or contains a space, a backslash or a hidden character")
    try:
        url = httpx.URL(text)
        if not ipaddress_of(url.host):
            url.raw_host.decode("ascii").encode("idna")  # as a resolver does: labels have limits
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ValueError("it is not a web address") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError("it is not a web address")
    if (url.port or 1) > _LAST_PORT:
        raise ValueError(f"its port is more than {_LAST_PORT}")
    if url.query or url.fragment:
        raise ValueError("it has a query or a fragment, which the registry's own would overwrite")
    return url


def ipaddress_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a host is written as, or None for a name."""
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    return None


def without_login(url: httpx.URL) -> httpx.URL:
    """Return an address without the user and the password in it."""
    return url.copy_with(userinfo=b"")


def show_target(text: str) -> str:
    """Return an address that an answer names, without login, query and fragment."""
    try:
        url = without_login(httpx.URL(text)).copy_with(query=None, fragment=None)
    except (httpx.InvalidURL, UnicodeError):
        return "an invalid address"
    return escape_control(shorten(str(url), _SHOWN)) or "no address"
