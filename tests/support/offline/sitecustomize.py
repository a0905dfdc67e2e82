"""No test reaches the network: sockets connect to this machine only.

Python imports this by its name at every start where its folder is on PYTHONPATH, so that the commands
which tests run are held to it too. conftest.py calls ``block`` for the tests themselves.
"""

import socket
from typing import Any

_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")


def block() -> None:
    """Refuse every connection beyond loopback, by name or by address."""
    connect, connect_ex, resolve = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def checked_connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return connect_ex(self, address)

    def checked_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and name not in _HERE:
            raise socket.gaierror(socket.EAI_NONAME, f"a test asked for the host {name}")
        return resolve(host, *args, **kwargs)

    socket.socket.connect = checked_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = checked_connect_ex  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = checked_resolve


def _check(used: socket.socket, address: Any) -> None:
    if used.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _HERE:
        raise OSError(101, f"a test tried to reach {address}")


if not getattr(socket, "_is_blocked", False):
    socket._is_blocked = True  # type: ignore[attr-defined]
    block()
