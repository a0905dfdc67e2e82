"""Proxies, certificates and addresses as the surroundings set them, whole or odd."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from credcheck.config import ConfigError
from credcheck.source import SourceFailed
from tests.sources.nppes.played import GOOD, NPI, look_up
from tests.support.registry import body, closed_port, hang, records, serving

SECRET = "hunter2"  # noqa: S105 - nobody's
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _PROXIES:
        for each in (name, name.lower()):
            monkeypatch.delenv(each, raising=False)


def failure(**options: Any) -> str:
    """Return why a look-up failed, for whichever question or the whole source."""
    usual: dict[str, Any] = {"timeout": 1.5, "attempts": 1, **options}
    try:
        why = look_up(**usual).failure
    except SourceFailed as failed:
        why = str(failed)
    assert why is not None
    assert SECRET not in why
    assert len(why) < 800
    return why


class TestProxies:
    """A proxy is named with the variable that sets it, and never its password."""

    def test_a_dead_proxy_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        port = closed_port()
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET}@127.0.0.1:{port}")
        why = failure(base_url="https://registry.example/api/")
        assert f"127.0.0.1:{port}" in why
        assert "HTTPS_PROXY" in why
        assert "user" not in why

    @pytest.mark.parametrize("name", ["http_proxy", "ALL_PROXY", "all_proxy"])
    def test_the_variable_is_the_one_that_counts(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        port = closed_port()
        monkeypatch.setenv(name, f"user:{SECRET}@127.0.0.1:{port}")
        why = failure(base_url="http://127.0.0.1:1/api/")
        assert f"127.0.0.1:{port}" in why
        assert name in why

    @pytest.mark.parametrize(
        "value",
        [
            f"socks5://user:{SECRET}@127.0.0.1:1",
            f"socks4://{SECRET}:1",
            f"foo://user:{SECRET}@host:1",
            f"http://user:{SECRET}@[bad",
            f"http://user:{SECRET}@host:99999999",
            f"http://user:{SECRET}@",
            f"://{SECRET}",
            "http://" + "a" * 70_000,
            f"http://\u00fc{'x' * 300}.\u00df/{SECRET}",
            f"https://user:{SECRET}@..",
        ],
    )
    def test_an_odd_proxy_is_a_failure_that_names_the_variable(
        self, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", value)
        assert "HTTPS_PROXY" in failure(base_url="https://registry.example/api/")

    def test_a_proxy_that_wants_a_login_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving(body(b"", status=407)) as proxy:
            address = proxy.base_url.removesuffix("/api/")
            monkeypatch.setenv("HTTP_PROXY", address)
            why = failure(base_url="http://127.0.0.1:1/api/")
        assert "407" in why
        assert address.removeprefix("http://") in why

    def test_a_proxy_that_hangs_is_left_at_the_deadline(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with serving(hang) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
            why = failure(base_url="http://127.0.0.1:1/api/")
        assert "HTTP_PROXY" in why
        assert "no usable answer within 1.5 s" in why

    def test_a_proxy_that_works_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving(records([GOOD])) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
            answer = look_up(base_url="http://127.0.0.1:1/api/")
        assert len(answer.claims) == 1
        assert (
            answer.claims[0].provenance.url == f"http://127.0.0.1:1/api/?version=2.1&number={NPI}"
        )

    @pytest.mark.parametrize("name", ["127.0.0.1", "*", "localhost,127.0.0.1"])
    def test_no_proxy_leaves_it_out(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
        monkeypatch.setenv("NO_PROXY", name)
        with serving(records([GOOD])) as running:
            assert len(look_up(base_url=running.base_url).claims) == 1


class TestCertificates:
    """What TLS is set up from is named where it cannot be used."""

    @pytest.mark.parametrize("kind", ["missing", "folder", "garbage", "unreadable"])
    def test_a_file_of_certificates_that_is_none(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
    ) -> None:
        file = tmp_path / "certificates.pem"
        if kind == "folder":
            file.mkdir()
        elif kind != "missing":
            file.write_text("these are no certificates")
        if kind == "unreadable" and os.name == "posix" and os.geteuid():
            file.chmod(0)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        why = failure(base_url="https://127.0.0.1:1/api/")
        assert "TLS cannot be set up" in why
        assert "SSL_CERT_FILE" in why

    def test_a_log_of_keys_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSLKEYLOGFILE", "/does/not/exist.log")
        assert "SSLKEYLOGFILE" in failure(base_url="https://127.0.0.1:1/api/")


class TestAddresses:
    """A base_url that cannot be asked is a mistake in the configuration, told without its password."""

    @pytest.mark.parametrize(
        "address",
        [
            f"http://user:{SECRET}@registry.example/api/",
            f"ftp://user:{SECRET}@registry.example/api/",
            f"https://user:{SECRET}@/api/",
            f"https://user:{SECRET}@[::1/api/",
            f"https://user:{SECRET}@host:99999/api/",
            f"https://user:{SECRET}@a..b/api/",
            f"https://user:{SECRET}@{'a' * 64}.example/api/",
            f"https://user:{SECRET}@host/api/\n",
            f"https://user:{SECRET}@host/api/?key={SECRET}",
            f"https://user:{SECRET}@host/api/#{SECRET}",
            f"https://host/{SECRET * 10_000}",
            f"http://evil.example\\@127.0.0.1/{SECRET}",
            f"user:{SECRET}@registry.example",
            "",
        ],
    )
    def test_one_that_cannot_be_used_is_refused(self, address: str) -> None:
        with pytest.raises(ConfigError) as caught:
            look_up(base_url=address)
        assert "base_url" in str(caught.value)
        assert SECRET not in str(caught.value)
        assert len(str(caught.value)) < 400

    @pytest.mark.parametrize("key", ["timeout", "rate"])
    @pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e-300, 1e300, -1.0, 0.0])
    def test_a_time_that_cannot_be_is_refused(self, key: str, value: float) -> None:
        if (key, value) == ("timeout", 1e-300):
            pytest.skip("a deadline may be as short as one likes: it fails at once")
        with pytest.raises(ConfigError):
            look_up(cache=None, npi=NPI, **{key: value})

    def test_a_password_is_sent_and_in_no_output(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level("DEBUG")
        with serving(records([GOOD])) as running:
            address = running.base_url.replace("//", f"//user:{SECRET}@")
            answer = look_up(base_url=address)
            assert running.headers[0]["Authorization"].startswith("Basic ")
        assert len(answer.claims) == 1
        assert answer.claims[0].provenance.url == f"{running.base_url}?version=2.1&number={NPI}"
        assert SECRET not in caplog.text + str(capfd.readouterr())

    @pytest.mark.parametrize(
        "reply",
        [hang, body(b"", status=302), body(b"x", status=401), body(b"<html>", status=503)],
    )
    def test_a_password_is_in_no_failure(self, reply: object) -> None:
        with serving(reply) as running:  # type: ignore[arg-type]
            failure(base_url=running.base_url.replace("//", f"//user:{SECRET}@"))

    def test_a_name_that_the_resolver_cannot_take(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def break_down(*args: object, **kwargs: object) -> object:
            raise UnicodeError("label too long")

        monkeypatch.setattr(socket, "getaddrinfo", break_down)
        assert "registry.example" in failure(base_url="https://registry.example/")
