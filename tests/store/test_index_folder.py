"""The folder of indexes: whole or not there, bounded, and no trouble to anybody."""

import os
from pathlib import Path

import pytest

from credcheck._util.locks import hold_lock
from credcheck.storage.index_folder import IndexFolder
from credcheck.storage.snapshots import Store


def build(folder: IndexFolder, key: str, size: int = 10) -> bool:
    def write(path: Path) -> None:
        path.write_bytes(b"x" * size)

    return folder.build(key, write)


def held(folder: IndexFolder) -> list[str]:
    return sorted(path.stem for path in folder.folder.glob("*.sqlite"))


def test_what_was_built_is_found_and_what_was_not_is_not(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "store")
    assert folder.find("a") is None
    assert build(folder, "a")
    found = folder.find("a")
    assert found is not None
    assert found.read_bytes() == b"x" * 10
    assert found.stat().st_mode & 0o077 == 0
    assert folder.folder.stat().st_mode & 0o077 == 0
    folder.discard("a")
    folder.discard("a")
    assert folder.find("a") is None


def test_no_dataset_of_the_store_has_its_name(tmp_path: Path) -> None:
    build(IndexFolder(tmp_path), "a")
    assert Store(tmp_path).datasets() == ()


@pytest.mark.parametrize("error", [OSError("disk full"), ValueError("a lone surrogate")])
def test_what_fails_leaves_nothing_and_is_no_error(tmp_path: Path, error: Exception) -> None:
    folder = IndexFolder(tmp_path)

    def write(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    assert not folder.build("a", write)
    assert [path.name for path in folder.folder.iterdir()] == [".lock"]


def test_one_that_is_interrupted_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    folder.folder.mkdir()
    left = folder.folder / ".building-1.sqlite"
    left.write_bytes(b"half of a process that died")
    assert folder.find("a") is None
    assert build(folder, "b")
    assert not left.exists()


def test_another_process_at_it_is_not_waited_for(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    folder.folder.mkdir()
    with hold_lock(folder.folder / ".lock"):
        assert not build(folder, "a")
    assert folder.find("a") is None
    assert build(folder, "a")


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file in its place")
    folder = IndexFolder(tmp_path / "store")
    assert not build(folder, "a")
    assert folder.find("a") is None


def test_the_ones_used_longest_ago_go_first(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, largest=35)
    for age, key in enumerate(("a", "b", "c")):
        assert build(folder, key)
        os.utime(folder.path(key), (age, age))
    assert folder.find("a") is not None  # which is use
    assert build(folder, "d")
    assert held(folder) == ["a", "c", "d"]
    assert build(folder, "e", size=30)
    assert held(folder) == ["e"]


def test_one_that_is_too_large_alone_is_not_kept(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, largest=35)
    assert build(folder, "a")
    assert not build(folder, "b", size=36)
    assert held(folder) == ["a"]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "store")
    build(folder, "a")
    folder.path("a").unlink()
    (tmp_path / "victim").write_bytes(b"of somebody")
    folder.path("a").symlink_to(tmp_path / "victim")
    assert folder.find("a") is None
    assert build(folder, "a")
    assert (tmp_path / "victim").read_bytes() == b"of somebody"
