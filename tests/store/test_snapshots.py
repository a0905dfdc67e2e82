"""The store: a manifest is data, and what is removed is only what was published."""

import datetime as dt
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from credcheck.model import to_pretty_json
from credcheck.storage.manifest import MANIFEST, _seal_of
from credcheck.storage.snapshots import Info, Store, StoreError

DATASET = "boards"


def publish(store: Store, day: int, dataset: str = DATASET) -> Info:
    info = Info(dataset=dataset, id=f"{day:x}" * 64, as_of=dt.date(2026, 11, day), files=("a.csv",))
    with store.building(dataset) as folder:
        (folder / "a.csv").write_text(f"day {day}\n")
        return store.publish(folder, info)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "keep.txt").write_text("of somebody")
    made = Store(tmp_path / "store")
    for day in (1, 2, 3):
        publish(made, day)
    return made


def rewrite(store: Store, info: Info, *, sealed: bool, **changes: object) -> None:
    """Change a manifest, and with ``sealed`` its seal too: whoever writes it can."""
    changed = msgspec.structs.replace(info, **changes)
    if sealed:
        changed = msgspec.structs.replace(changed, seal=_seal_of(changed))
    (store.path(info) / MANIFEST).write_bytes(to_pretty_json(changed))


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "changes",
    [
        {"dataset": "../../../../", "id": "victim"},
        {"dataset": "..", "id": "victim"},
        {"id": "../../victim"},
        {"id": "/" + "0" * 63},
        {"id": "2" * 64},
        {"dataset": "programs"},
        {"dataset": ""},
        {"id": ""},
        {"data": {"../../victim/keep.txt": {"size": 11, "modified": 0, "sha256": "0" * 64}}},
    ],
)
def test_a_manifest_leads_nowhere(store: Store, changes: dict[str, object], sealed: bool) -> None:
    info = store.snapshots(DATASET)[-1]
    rewrite(store, info, sealed=sealed, **changes)
    with pytest.raises(StoreError, match=f"of {DATASET} is damaged"):
        store.prune(DATASET, 1)
    with pytest.raises(StoreError):
        store.find(DATASET, "1" * 16)
    assert (store.folder.parent / "victim" / "keep.txt").read_text() == "of somebody"
    assert len(list((store.folder / DATASET).glob(f"[0-9a-f]*/{MANIFEST}"))) == 3


@pytest.mark.parametrize("name", ["..", "../victim", "", ".", "a/b", "/tmp", ".lock"])  # noqa: S108
def test_a_name_that_may_lead_elsewhere_is_no_dataset(store: Store, name: str) -> None:
    for ask in (store.current, store.snapshots, lambda name: store.prune(name, 1)):
        with pytest.raises(StoreError, match="not the name of a dataset"):
            ask(name)
    assert store.datasets() == (DATASET,)


@pytest.mark.parametrize(
    "text", ["../../victim", "", "..", "1" * 15, "\xff", "1" * 16 + "/..", "x"]
)
def test_the_pointer_names_a_snapshot_or_nothing_is_used(store: Store, text: str) -> None:
    (store.folder / DATASET / "CURRENT").write_text(text, encoding="latin-1")
    with pytest.raises(StoreError, match="damaged"):
        store.current(DATASET)


@pytest.mark.parametrize("name", ["CURRENT", f"{'3' * 16}/{MANIFEST}"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_refused_at_once(
    store: Store, name: str, make: Callable[[Path], None]
) -> None:
    path = store.folder / DATASET / name
    path.unlink()
    make(path)
    with pytest.raises(StoreError):
        store.current(DATASET)


def test_a_link_is_no_snapshot(store: Store, tmp_path: Path) -> None:
    folder = store.path(store.snapshots(DATASET)[-1])
    elsewhere = tmp_path / "victim" / folder.name
    shutil.move(folder, elsewhere)
    folder.symlink_to(elsewhere, target_is_directory=True)
    for ask in (lambda: store.prune(DATASET, 1), lambda: publish(store, 1)):
        with pytest.raises(StoreError, match="it is a link"):
            ask()
    assert (elsewhere / "a.csv").exists()


def test_a_folder_with_something_of_somebodys_stays(store: Store) -> None:
    folder = store.path(store.snapshots(DATASET)[-1])
    (folder / "notes.txt").write_text("of somebody")
    with pytest.raises(StoreError, match=r"notes\.txt in it does not belong to credcheck"):
        store.prune(DATASET, 1)
    assert (folder / "notes.txt").exists()
    assert len(store.snapshots(DATASET)) == 3


def test_what_an_import_left_that_was_killed_is_no_snapshot(store: Store) -> None:
    info = store.snapshots(DATASET)[0]
    left = store.folder / DATASET / ".building-left"
    shutil.copytree(store.path(info), left)
    assert len(store.snapshots(DATASET)) == 3
    assert [each.as_of.day for each in store.prune(DATASET, 1)] == [2, 1]
    publish(store, 4)
    assert not left.exists()


def test_one_bit_of_a_manifest(store: Store) -> None:
    info = store.snapshots(DATASET)[0]
    path, chance = store.path(info) / MANIFEST, random.Random(15)  # noqa: S311
    whole = path.read_bytes()
    for _ in range(200):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(StoreError):
            store.current(DATASET)


@pytest.mark.parametrize("content", [b"day 4\n", b"", b"day 3\n\n"])
def test_data_that_was_changed_is_told_and_put_right(store: Store, content: bytes) -> None:
    info = store.snapshots(DATASET)[0]
    store.prove(info)
    path = store.path(info) / "a.csv"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"a\.csv is not the file that was imported"):
        store.prove(info)
    store.prove(publish(store, 3))
    assert path.read_bytes() == b"day 3\n"


def test_what_is_whole_is_not_written_again(store: Store) -> None:
    info = store.snapshots(DATASET)[0]
    before = (store.path(info) / MANIFEST).stat().st_ino
    assert publish(store, 3) == info
    assert (store.path(info) / MANIFEST).stat().st_ino == before
