"""How the fixtures work.

People, records and dossiers for the rules come from tests/support/build.py: one good case, changed
in one point by each test. Whole worlds are files: the demo world in fixtures/demo, the conformance
world in tests/conformance/world, hostile files in tests/badinputs. NPPES is played by a server over
real sockets (tests/support/registry.py) or by respx. Nothing else may connect: the fixture below
refuses every address that is not this machine's. Time comes in as as_of and today.

Hypothesis draws the same examples at each run, so that a change is judged by what it changed; to hunt
with new ones: pytest --hypothesis-profile=hunt.
"""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from credcheck.storage import DiskByteCache

settings.register_profile("same", derandomize=True)
settings.register_profile("hunt", max_examples=1000, derandomize=False)
settings.load_profile("same")

LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard() -> None:
    """Let Ctrl-C end what tests start: a shell's background job hands down that it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's configuration and cache out of the tests, and the tests out of them."""
    monkeypatch.delenv("CREDCHECK_CONFIG", raising=False)
    monkeypatch.setenv("CREDCHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[DiskByteCache]:
    opened = DiskByteCache(tmp_path / "own-cache")
    yield opened
    opened.close()
