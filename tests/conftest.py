"""How the fixtures work.

People, records and dossiers for the rules come from tests/support/build.py: one good case, changed
in one point by each test. Whole worlds are files: the demo world in fixtures/demo, the conformance
world in tests/conformance/world, hostile files in tests/badinputs. NPPES is played by a server over
real sockets (tests/support/registry.py) or by respx. Nothing else may connect: support/offline
refuses every address that is not this machine's, in the commands that tests start too. Time comes
in as as_of and today.

Hypothesis draws the same examples at each run, so that a change is judged by what it changed, and
less than half of each test's own number (support/examples.py); to hunt with ten times as many, all
of them new: pytest --hypothesis-profile=hunt.
"""

import importlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from credcheck.storage import DiskByteCache

# A busy machine is no fault of the code: what is slow is measured in benchmarks.
BUSY: Any = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", max_examples=40, derandomize=True, **BUSY)
settings.register_profile("hunt", max_examples=1000, derandomize=False, **BUSY)
settings.load_profile("same")

OFFLINE = Path(__file__).parent / "support" / "offline"


_SHOWN = 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the longer run."""
    parser.addoption("--every-case", action="store_true", help="all cases of slow tests, not some")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave most cases of slow tests with many cases to the longer run: pytest --every-case.

    One of each is run always, every third of tests/badinputs, and all of those in tests/truth, of
    those with a snapshot, and of those that are marked slow(every_case=True).
    """
    if config.getoption("--every-case"):
        return
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        slow = item.get_closest_marker("slow")
        always = "/truth/" in str(item.path) or "snapshot" in getattr(item, "fixturenames", ())
        if slow is not None and not always and not slow.kwargs.get("every_case"):
            table = str(item.path) if "/badinputs/" in str(item.path) else item.nodeid
            tables.setdefault(table.partition("[")[0], []).append(item)
    later: set[str] = set()
    for cases in tables.values():
        in_files = "/badinputs/" in str(cases[0].path)
        step = 3 if in_files else max(1, -(-len(cases) // _SHOWN))
        later |= {case.nodeid for place, case in enumerate(cases) if place % step}
    left_out = [item for item in items if item.nodeid in later]
    items[:] = [item for item in items if item.nodeid not in later]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> None:
    """Block the network here, and in every Python that a test starts."""
    importlib.import_module("tests.support.offline.sitecustomize")
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), others)))


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
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[DiskByteCache]:
    opened = DiskByteCache(tmp_path / "own-cache")
    yield opened
    opened.close()
