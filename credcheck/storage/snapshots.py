"""Snapshots on disk: built beside, swapped in at once, never changed after that.

A dataset is a folder; each snapshot is a folder in it, named after its content's hash, with the data
and ``manifest.json``. The file CURRENT names the one in use. An import that dies leaves a folder
that nobody reads; the next one removes it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from credcheck._util.errors import UsageError
from credcheck._util.files import fsync_path
from credcheck._util.locks import LockHeld, hold_lock
from credcheck.model import to_pretty_json
from credcheck.storage.manifest import (
    MANIFEST,
    Info,
    StoreError,
    explain_damage,
    is_dataset_name,
    is_folder_name,
    prove_data,
    read_manifest,
    read_small_file,
    seal_info,
)

__all__ = ["MANIFEST", "Info", "Store", "StoreError", "StoreLocked"]
_CURRENT = "CURRENT"
_BUILDING = ".building-"


class StoreLocked(UsageError):
    """Another import into the same dataset is at work."""


class Store:
    """All snapshots of a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def datasets(self) -> tuple[str, ...]:
        """Return the names of what has been imported."""
        if not self.folder.is_dir():
            return ()
        homes = (home for home in self.folder.iterdir() if is_dataset_name(home.name))
        return tuple(sorted(home.name for home in homes if os.path.lexists(home / _CURRENT)))

    def current(self, dataset: str) -> Info | None:
        """Return the snapshot in use, or None if nothing was imported. Raises StoreError."""
        pointer = self._home(dataset) / _CURRENT
        try:
            name = read_small_file(pointer).decode("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise explain_damage(pointer, dataset, str(error)) from error
        if not is_folder_name(name):
            raise explain_damage(pointer, dataset, "it does not name a snapshot")
        return self._read(dataset, name)

    def snapshots(self, dataset: str) -> tuple[Info, ...]:
        """Return all snapshots, the newest day first. Raises StoreError."""
        infos = [self._read(dataset, name) for name in self._list_folders(dataset)]
        return tuple(sorted(infos, key=lambda info: (info.as_of, info.id), reverse=True))

    def find(self, dataset: str, beginning: str) -> Info:
        """Return the snapshot whose id begins so. Raises StoreError if there is not just one."""
        named = [
            self._read(dataset, name)
            for name in self._list_folders(dataset)
            if name.startswith(beginning[: len(name)])
        ]
        found = [info for info in named if info.id.startswith(beginning)]
        if len(found) != 1:
            raise StoreError(
                f"the store has {len(found)} snapshots of {dataset} with an id that begins with"
                f" {beginning!r}; see: credcheck sources list"
            )
        return found[0]

    def path(self, info: Info) -> Path:
        """Return the folder of a snapshot."""
        return self._home(info.dataset) / info.folder

    def prove(self, info: Info) -> None:
        """Prove that the files of a snapshot are what was imported. Raises StoreError."""
        prove_data(self.path(info), info)

    @contextmanager
    def building(self, dataset: str) -> Iterator[Path]:
        """Hold the dataset and hand out an empty folder to build in, removed if it is not published.

        Raises StoreLocked if another process builds, OSError where the store cannot be written.
        """
        home = self._home(dataset)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._hold(dataset):
            try:
                _remove_unfinished(home)
                yield Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home))
            finally:
                _remove_unfinished(home)

    def publish(self, built: Path, info: Info) -> Info:
        """Make what was built the snapshot in use, and return it. The one before stays.

        Where the same rows of the same day are there already and whole, they are taken; what was
        damaged since is put right, file by file.
        """
        target = self.path(info)
        if (whole := self._find_whole(info)) is not None:
            info = whole
        else:
            info = _seal(built, info)
            if target.exists():
                for file in sorted(built.iterdir(), key=lambda each: each.name == MANIFEST):
                    file.replace(target / file.name)
                fsync_path(target)
            else:
                built.rename(target)
        pointer = target.parent / f"{_BUILDING}{_CURRENT}"
        pointer.write_text(info.folder, encoding="ascii")
        fsync_path(pointer)
        pointer.replace(target.parent / _CURRENT)
        fsync_path(target.parent)
        return info

    def prune(self, dataset: str, keep: int, named: Sequence[str] = ()) -> tuple[Info, ...]:
        """Remove all but the newest snapshots and the one in use; returns those removed.

        Those whose id begins as one of ``named`` stay too. Only what was published is removed: where
        one folder is anything else, StoreError is raised and all stay.
        """
        with self._hold(dataset):
            current, beginnings = self.current(dataset), tuple(named)
            old = [
                info
                for info in self.snapshots(dataset)[keep:]
                if info != current and not info.id.startswith(beginnings)
            ]
            for info in old:
                self._check_removable(info)
            for info in old:
                self._remove(info)
        return tuple(old)

    def _home(self, dataset: str) -> Path:
        """Return a dataset's folder. Raises StoreError for a name that may lead elsewhere."""
        if not is_dataset_name(dataset):
            raise StoreError(
                f"{dataset!r} is not the name of a dataset; see: credcheck sources list"
            )
        return self.folder / dataset

    @contextmanager
    def _hold(self, dataset: str) -> Iterator[None]:
        home = self._home(dataset)
        try:
            with hold_lock(home / ".lock"):
                yield
        except LockHeld as error:
            raise StoreLocked(f"another import of {dataset} is running in {home}") from error

    def _list_folders(self, dataset: str) -> list[str]:
        home = self._home(dataset)
        names = [path.name for path in home.iterdir()] if home.is_dir() else []
        return sorted(filter(is_folder_name, names))

    def _read(self, dataset: str, name: str) -> Info:
        folder = self._home(dataset) / name
        if folder.is_symlink():
            raise explain_damage(folder, dataset, "it is a link")
        return read_manifest(folder, dataset)

    def _find_whole(self, info: Info) -> Info | None:
        """Return the snapshot of this id if it is there and whole. Raises StoreError for a link."""
        folder = self.path(info)
        if folder.is_symlink():
            raise explain_damage(folder, info.dataset, "it is a link")
        try:
            there = self._read(info.dataset, info.folder)
            self.prove(there)
        except StoreError:
            return None
        return there if there.id == info.id else None

    def _check_removable(self, info: Info) -> None:
        """Check that a folder holds what was published in it, and nothing of somebody's."""
        folder = self.path(info)
        if foreign := {path.name for path in folder.iterdir()} - {MANIFEST, *info.data}:
            problem = f"{min(foreign)} in it does not belong to credcheck"
            raise explain_damage(folder, info.dataset, problem)

    def _remove(self, info: Info) -> None:
        """Remove a snapshot: first its name, so that one is never there by half."""
        folder = self.path(info)
        going = folder.with_name(f"{_BUILDING}{folder.name}")
        folder.rename(going)
        shutil.rmtree(going)


def _seal(built: Path, info: Info) -> Info:
    """Bring what was built to the disk, with its manifest. Raises OSError."""
    for file in built.iterdir():
        fsync_path(file)
    sealed = seal_info(info, built)
    (built / MANIFEST).write_bytes(to_pretty_json(sealed))
    fsync_path(built / MANIFEST)
    fsync_path(built)
    return sealed


def _remove_unfinished(home: Path) -> None:
    """Remove what an import or a removal left that died. A link is not followed."""
    for left in home.glob(f"{_BUILDING}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
