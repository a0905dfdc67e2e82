"""A server of files on this machine that lies, stalls, cuts, redirects and changes them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class FileServer(ThreadingHTTPServer):
    """Answers every request with ``answers`` in turn, the last one for ever; keeps what was asked."""

    daemon_threads = True

    def __init__(self, *answers: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.over = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FileServer

    def do_GET(self) -> None:
        self.server.requests.append((self.command, self.path, dict(self.headers)))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        answer(self)

    do_HEAD = do_GET  # noqa: N815 - as http.server calls it

    def log_message(self, *_: object) -> None:
        return

    def start(self, status: int, **headers: str | int | None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()


def file(content: bytes, etag: str | None = '"one"', modified: str | None = None) -> Answer:
    """Serve a file as a good server does: whole, a part, or not at all where it is unchanged."""

    def answer(handler: Handler) -> None:
        asked = handler.headers
        known = {"ETag": etag, "Last_Modified": modified}
        if etag and asked.get("If-None-Match") == etag:
            handler.start(304, **known)
            return
        span = asked.get("Range")
        if span and asked.get("If-Range") in {etag, modified}:
            start = int(span.removeprefix("bytes=").rstrip("-"))
            rest = content[start:]
            where = f"bytes {start}-{len(content) - 1}/{len(content)}"
            handler.start(206, Content_Length=len(rest), Content_Range=where, **known)
            handler.wfile.write(rest)
            return
        handler.start(200, Content_Length=len(content), **known)
        if handler.command == "GET":
            handler.wfile.write(content)

    return answer


def cut(content: bytes, at: int, etag: str | None = '"one"', **headers: str | int) -> Answer:
    """Begin a file and break off."""

    def answer(handler: Handler) -> None:
        handler.start(200, Content_Length=len(content), ETag=etag, **headers)
        handler.wfile.write(content[:at])
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.close()

    return answer


def stall(content: bytes, at: int) -> Answer:
    """Begin a file and say nothing more."""

    def answer(handler: Handler) -> None:
        handler.start(200, Content_Length=len(content), ETag='"one"')
        handler.wfile.write(content[:at])
        handler.wfile.flush()
        handler.server.over.wait(20)
        handler.close_connection = True

    return answer


def say(status: int, body: bytes = b"", **headers: str | int) -> Answer:
    """Answer with a status and a body."""

    def answer(handler: Handler) -> None:
        handler.start(status, Content_Length=len(body), **headers)
        if handler.command == "GET":
            handler.wfile.write(body)

    return answer


@contextmanager
def serving_files(*answers: Answer) -> Iterator[FileServer]:
    server = FileServer(*answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
