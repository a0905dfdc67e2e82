"""NPPES played over real sockets: records, or recorded behaviors, or faults."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from credcheck_sources.nppes.recorded import answer

Reply = Callable[["Handler"], None]


class Registry:
    """A running server: where it listens, what it was asked, and how it behaves."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.requests: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.replies: Sequence[Reply] = ()
        self.stopping = threading.Event()
        self.down = False

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def reply(self, handler: "Handler") -> None:
        place = min(len(self.requests), len(self.replies)) - 1
        self.replies[place](handler)


class Handler(BaseHTTPRequestHandler):
    registry: Registry

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.registry.requests.append(query)
        self.registry.headers.append(dict(self.headers))
        self.question = query
        try:
            self.registry.reply(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(*replies: Reply) -> Iterator[Registry]:
    """Run a server that gives these replies in order, the last one again and again."""

    class Bound(Handler):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    Bound.registry = registry = Registry(server)
    registry.replies = replies
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield registry
    finally:
        registry.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def records(content: Sequence[Any]) -> Reply:
    """Answer from NPPES records as the API does."""

    def reply(handler: Handler) -> None:
        send(handler, json.dumps(answer(content, handler.question)).encode())

    return reply


def by_number(content: Sequence[Any], delay: float = 0.0) -> Reply:
    """Answer from many records, found by number at once; with 503 while the registry is down."""
    known = {str(each["number"]): each for each in content}

    def reply(handler: Handler) -> None:
        time.sleep(delay)
        number = handler.question.get("number", "")
        mine = [known[number]] if number in known else () if number else content
        down = handler.registry.down
        send(
            handler,
            json.dumps(answer(mine, handler.question)).encode(),
            status=503 if down else 200,
        )

    return reply


def body(
    content: bytes,
    *,
    status: int = 200,
    headers: Sequence[tuple[str, str]] = (("Content-Type", "application/json"),),
    length: int | None = None,
) -> Reply:
    """Answer with this body; ``length`` promises another one."""

    def reply(handler: Handler) -> None:
        send(handler, content, status=status, headers=headers, length=length)
        handler.close_connection = length is not None

    return reply


def hang(handler: Handler) -> None:
    """Never answer."""
    handler.registry.stopping.wait(60)
    handler.close_connection = True


def drip(content: bytes) -> Reply:
    """Answer a byte at a time, each well within any read timeout."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        for byte in content:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if handler.registry.stopping.wait(0.05):
                return

    return reply


def slow(seconds: float, then: Reply) -> Reply:
    """Answer after a while."""

    def reply(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return reply


def send(
    handler: Handler,
    content: bytes,
    *,
    status: int = 200,
    headers: Sequence[tuple[str, str]] = (("Content-Type", "application/json"),),
    length: int | None = None,
) -> None:
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    handler.end_headers()
    handler.wfile.write(content)
    handler.wfile.flush()


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
