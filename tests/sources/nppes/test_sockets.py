"""The client over real sockets: what only a real connection can do wrong."""

import datetime as dt
import json
import ssl
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import SourceConfig, open_source
from credcheck.model.npi import parse
from credcheck.source import Answer, Subject
from credcheck.source.adapter import Context
from credcheck.storage import NoCache
from tests.support.registry import Registry, body, closed_port, drip, hang, records, serving
from tests.support.world import record

pytestmark = pytest.mark.slow

NPI = "2000001075"
RECORDS = [record(NPI, "ABERNATHY", "ALMA")]
GOOD = json.dumps({"result_count": 1, "results": RECORDS}).encode()
DEADLINE = 1.5


def look_up(base_url: str, count: int = 1, **options: Any) -> list[Answer]:
    usual = {"base_url": base_url, "timeout": DEADLINE, "attempts": 2, **options}
    context = Context(folder=Path(), today=dt.date(2026, 11, 24), cache=NoCache())
    opened = open_source(SourceConfig(name="n", adapter="nppes-api", options=usual), context, "")
    return list(opened.collect([Subject(npi=parse(NPI))] * count))


def failure(running: Registry, **options: Any) -> str:
    began = time.monotonic()
    (answer,) = look_up(running.base_url, **options)
    assert time.monotonic() - began < DEADLINE + 1
    assert answer.failure is not None
    return answer.failure


def test_a_good_answer() -> None:
    with serving(records(RECORDS)) as running:
        (answer,) = look_up(running.base_url)
    assert len(answer.claims) == 1


def test_a_server_that_hangs_is_left_at_the_deadline() -> None:
    with serving(hang) as running:
        assert "no usable answer within 1.5 s" in failure(running)


def test_a_body_that_drips_is_left_at_the_deadline() -> None:
    with serving(drip(GOOD)) as running:
        assert "no usable answer within 1.5 s" in failure(running)


def test_a_body_cut_short_is_never_parsed() -> None:
    with serving(body(GOOD[:100], length=5000)) as running:
        assert "the connection was lost" in failure(running)


def test_a_connection_refused_names_host_and_port() -> None:
    port = closed_port()
    (answer,) = look_up(f"http://127.0.0.1:{port}/api/")
    assert f"127.0.0.1 port {port}" in (answer.failure or "")


def test_a_host_that_does_not_resolve_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def nowhere(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    (answer,) = look_up("https://registry.invalid/api/")
    assert "cannot resolve host registry.invalid" in (answer.failure or "")


def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with serving(body(GOOD)) as running:
        running._server.socket = context.wrap_socket(running._server.socket, server_side=True)
        (answer,) = look_up(running.base_url.replace("http", "https"))
    assert "TLS failed for 127.0.0.1" in (answer.failure or "")


def test_a_proxy_setting_that_breaks_tls_is_a_failure_and_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from credcheck.source import SourceFailed

    monkeypatch.setenv("SSL_CERT_FILE", "/does/not/exist.pem")
    with pytest.raises(SourceFailed, match="TLS cannot be set up"):
        look_up("https://127.0.0.1:1/api/")


def test_no_more_are_asked_at_once_than_allowed() -> None:
    import threading

    lock, now, most = threading.Lock(), 0, 0

    def counting(handler: Any) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with lock:
            now -= 1
        records(RECORDS)(handler)

    with serving(counting) as running:
        answers = look_up(running.base_url, count=12, concurrency=3)
    assert all(answer.claims for answer in answers)
    assert most == 3


def test_a_rate_limit_spaces_the_requests() -> None:
    with serving(records(RECORDS)) as running:
        began = time.monotonic()
        look_up(running.base_url, count=5, rate=20.0, concurrency=5)
        assert time.monotonic() - began >= 4 / 20
