"""Snapshots on disk: built beside, swapped in at once, never changed after that.

A dataset is a folder; each snapshot is a folder in it, named after its content's hash, with the data
and ``manifest.json``. The file CURRENT names the one in use. An import that dies leaves a folder
that nobody reads; the next one removes it.
"""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from credcheck._util.errors import InputError, UsageError
from credcheck._util.files import fsync_path
from credcheck.model import Model, to_pretty_json

MANIFEST = "manifest.json"
_CURRENT = "CURRENT"
_BUILDING = ".building-"
_NAME_LENGTH = 16


class StoreError(InputError):
    """The store cannot be read. The message says what to do."""


class StoreLocked(UsageError):
    """Another import into the same dataset is at work."""


class Info(Model, kw_only=True):
    """What a snapshot is: its manifest.

    ``id`` is the SHA-256 of its day and its rows in order, so that two ways to the same rows have
    one id; of a listing, that of its day and its file's digest. ``kept`` counts the rows by kind;
    ``rejected`` those that could not be read, the first of them quoted in ``rejects``. ``base`` is
    the snapshot that an update was applied to.
    """

    dataset: str
    id: str = ""
    as_of: dt.date
    files: tuple[str, ...] = ()
    rows: int = 0
    kept: dict[str, int] = msgspec.field(default_factory=dict)
    rejected: int = 0
    rejects: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    base: str | None = None

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return self.id[:_NAME_LENGTH]


class Store:
    """All snapshots of a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def datasets(self) -> tuple[str, ...]:
        """Return the names of what has been imported."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(x.name for x in self.folder.iterdir() if (x / _CURRENT).is_file()))

    def current(self, dataset: str) -> Info | None:
        """Return the snapshot in use, or None if nothing was imported. Raises StoreError."""
        pointer = self.folder / dataset / _CURRENT
        try:
            return self._info(dataset, pointer.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{pointer} cannot be read: {error}") from error

    def snapshots(self, dataset: str) -> tuple[Info, ...]:
        """Return all snapshots, the newest day first. Raises StoreError."""
        manifests = (self.folder / dataset).glob(f"*/{MANIFEST}")
        infos = [self._info(dataset, manifest.parent.name) for manifest in manifests]
        return tuple(sorted(infos, key=lambda info: (info.as_of, info.id), reverse=True))

    def find(self, dataset: str, beginning: str) -> Info:
        """Return the snapshot whose id begins so. Raises StoreError if there is not just one."""
        found = [info for info in self.snapshots(dataset) if info.id.startswith(beginning)]
        if len(found) != 1:
            raise StoreError(
                f"the store has {len(found)} snapshots of {dataset} whose id begins with"
                f" {beginning!r}; see: credcheck sources list"
            )
        return found[0]

    def path(self, info: Info) -> Path:
        """Return the folder of a snapshot."""
        return self.folder / info.dataset / info.folder

    @contextmanager
    def building(self, dataset: str) -> Iterator[Path]:
        """Hold the dataset and hand out an empty folder to build in, removed if it is not published.

        Raises StoreLocked if another process builds, OSError where the store cannot be written.
        """
        from filelock import FileLock, Timeout

        home = self.folder / dataset
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(home / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreLocked(f"another import of {dataset} is at work in {home}") from error
        try:
            for left in home.glob(f"{_BUILDING}*"):
                shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home))
            yield folder
        finally:
            for left in home.glob(f"{_BUILDING}*"):
                shutil.rmtree(left, ignore_errors=True)
            lock.release()

    def publish(self, built: Path, info: Info) -> None:
        """Make what was built the snapshot in use. The one before stays, until it is pruned.

        What is there already, the same rows of the same day, is put in its own place, file by file: it
        may have been damaged since.
        """
        manifest = built / MANIFEST
        manifest.write_bytes(to_pretty_json(info))
        for file in built.iterdir():
            fsync_path(file)
        target = self.path(info)
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

    def prune(self, dataset: str, keep: int, named: Sequence[str] = ()) -> tuple[Info, ...]:
        """Remove all but the newest snapshots and the one in use; returns those removed.

        Those whose id begins as one of ``named`` stay too.
        """
        current, beginnings = self.current(dataset), tuple(named)
        old = [
            info
            for info in self.snapshots(dataset)[keep:]
            if info != current and not info.id.startswith(beginnings)
        ]
        for info in old:
            shutil.rmtree(self.path(info))
        return tuple(old)

    def _info(self, dataset: str, folder: str) -> Info:
        path = self.folder / dataset / folder / MANIFEST
        try:
            return msgspec.json.decode(path.read_bytes(), type=Info)
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError(
                f"the snapshot {path.parent} cannot be read: {error}; import it again with --force"
            ) from error
