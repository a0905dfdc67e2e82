"""The proxy that stands between, as the surroundings set it: named, without its password."""

import os
from typing import NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx

from credcheck_sources.nppes.address import parse_address
from credcheck_sources.nppes.request import RequestFailed

_SCHEMES = ("http", "https", "socks5", "socks5h")
_DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Proxy(NamedTuple):
    """A proxy: its address, and the variable that names it."""

    url: httpx.URL
    variable: str

    def __str__(self) -> str:
        """Return it as it may be shown."""
        port = self.url.port or _DEFAULT_PORTS[self.url.scheme]
        return f"the proxy {self.url.host}:{port} ({self.variable})"


def find_proxy(url: httpx.URL) -> Proxy | None:
    """Return the proxy to ask an address through. Raises RequestFailed for one that is none."""
    if proxy_bypass(url.host) or (url.port and proxy_bypass(f"{url.host}:{url.port}")):
        return None
    named = getproxies()
    for kind in (url.scheme, "all"):
        if text := named.get(kind):
            return _parse_proxy(text, _find_variable(kind))
    return None


def _parse_proxy(text: str, variable: str) -> Proxy:
    scheme, found, rest = text.partition("://")
    scheme, rest = (scheme.lower(), rest) if found else ("http", text)
    if scheme not in _SCHEMES:
        raise RequestFailed(
            f"{variable} names an unknown kind of proxy; known kinds are {', '.join(_SCHEMES)}"
        )
    try:
        url = parse_address(f"http://{rest}").copy_with(scheme=scheme, path="/")
    except ValueError as error:
        raise RequestFailed(f"{variable} does not name a proxy: {error}") from error
    return Proxy(url, variable)


def _find_variable(kind: str) -> str:
    """Return which variable names the proxy of a kind: the lower-case one comes first."""
    name = f"{kind}_proxy"
    return next((x for x in (name, name.upper()) if os.environ.get(x)), "the system's settings")
