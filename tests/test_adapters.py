"""Adapters: chosen by name before they are loaded; loading one runs its code."""

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcheck.source.adapter import AdapterError, adapter_names, load_adapter


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path in which a test installs plugins."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("plugin_")]:
        del sys.modules[name]


def install(folder: Path, name: str, module: str, code: str) -> None:
    (folder / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[credcheck.sources]\n{name} = {module}:ADAPTER\n")


def test_an_unknown_adapter_names_the_nearest() -> None:
    with pytest.raises(AdapterError, match="did you mean 'nppes-api'"):
        load_adapter("npes-api")


def test_an_installed_plugin_is_listed_and_not_loaded(plugin: Path) -> None:
    install(plugin, "theirs", "plugin_a", "raise SystemExit('loaded')")
    assert "theirs" in adapter_names()
    assert "plugin_a" not in sys.modules
    assert load_adapter("listing").name == "listing"
    assert "plugin_a" not in sys.modules


@pytest.mark.parametrize("code", ["import does_not_exist", "raise SystemExit(0)", "1 / 0"])
def test_a_plugin_that_cannot_be_loaded_is_named(plugin: Path, code: str) -> None:
    install(plugin, "theirs", "plugin_b", code)
    with pytest.raises(AdapterError, match=r"'theirs' \(plugin_b:ADAPTER\) cannot be loaded"):
        load_adapter("theirs")


def test_a_plugin_that_is_no_adapter_is_named(plugin: Path) -> None:
    install(plugin, "theirs", "plugin_c", "ADAPTER = 'hello'")
    with pytest.raises(AdapterError, match="not a credcheck Adapter"):
        load_adapter("theirs")


def test_two_plugins_of_one_name_are_refused(plugin: Path) -> None:
    install(plugin, "listing", "plugin_d", "ADAPTER = 1")
    with pytest.raises(AdapterError, match="two packages use"):
        load_adapter("listing")
