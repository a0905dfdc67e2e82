"""The connection to the registry: certificates, proxy and login as the surroundings set them."""

import ssl

import httpx

from credcheck_sources.nppes.options import NppesOptions
from credcheck_sources.nppes.proxy import Proxy, find_proxy
from credcheck_sources.nppes.request import HEADERS, RequestFailed, name_tls_variables


def open_http(
    options: NppesOptions, transport: httpx.AsyncBaseTransport | None
) -> tuple[httpx.AsyncClient, Proxy | None]:
    """Return the client, and the proxy that it asks through. Raises RequestFailed.

    ``transport`` stands in for the network. What httpx itself would read of the surroundings is read
    here, so that whatever is wrong with it can be named.
    """
    proxy = find_proxy(options.address) if transport is None else None
    context = _make_tls()
    login = options.login
    try:
        http = httpx.AsyncClient(
            headers=HEADERS,
            timeout=options.timeout,
            transport=transport,
            limits=httpx.Limits(max_connections=options.concurrency),
            verify=context,
            proxy=None if proxy is None else _make_proxy(proxy, context),
            auth=None if login is None else httpx.BasicAuth(*login),
            trust_env=False,
        )
    except ImportError as error:
        raise RequestFailed(
            f"{proxy} is a SOCKS proxy, which needs a package: pip install 'httpx[socks]'"
        ) from error
    return http, proxy


def _make_tls() -> ssl.SSLContext:
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        reason = error.strerror or "it holds no certificates"
        raise RequestFailed(f"TLS cannot be set up{name_tls_variables()}: {reason}") from error


def _make_proxy(proxy: Proxy, context: ssl.SSLContext) -> httpx.Proxy:
    return httpx.Proxy(proxy.url, ssl_context=context if proxy.url.scheme == "https" else None)
