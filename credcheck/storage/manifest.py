"""What a snapshot is, and the manifest that says it: data, of which nothing is taken on trust.

A manifest names its dataset, its id and its files by the store's own forms only, so that none leads
out of the store, and carries a seal of itself. A seal needs no secret: it shows damage and edits, and
proves no author.
"""

import datetime as dt
import hashlib
import re
import stat
from pathlib import Path

import msgspec

from credcheck._util.errors import InputError
from credcheck._util.files import file_sha256
from credcheck.model import Model, canonical_json, to_pretty_json

MANIFEST = "manifest.json"
_NAME_LENGTH = 16
_DATASET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ID = re.compile(r"[0-9a-f]{64}")
_FOLDER = re.compile(r"[0-9a-f]{16}")
_LARGEST = 16 << 20  # bytes of a manifest
_ALWAYS_READ = 32 << 20  # bytes: a smaller file is read again whatever its day says


class StoreError(InputError):
    """The store cannot be read. The message says what to do."""


class DataFile(Model, kw_only=True):
    """One file of a snapshot as it was published; ``modified`` is in nanoseconds."""

    size: int
    modified: int
    sha256: str


class Info(Model, kw_only=True):
    """What a snapshot is: its manifest.

    ``id`` is the SHA-256 of its day and its rows in order, so that two ways to the same rows have
    one id; of a listing, that of its day and its file's digest. ``kept`` counts the rows by kind;
    ``rejected`` those that could not be read, the first of them quoted in ``rejects``. ``base`` is
    the snapshot that an update was applied to. ``data`` are the files that it holds, and ``seal`` is
    the digest of all the rest: both are set when it is published.
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
    data: dict[str, DataFile] = msgspec.field(default_factory=dict)
    seal: str = ""

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return self.id[:_NAME_LENGTH]


def is_dataset_name(name: str) -> bool:
    """Tell whether a dataset may have this name: it names a folder."""
    return _DATASET.fullmatch(name) is not None


def is_folder_name(name: str) -> bool:
    """Tell whether this is the name of a snapshot's folder."""
    return _FOLDER.fullmatch(name) is not None


def seal_info(info: Info, folder: Path) -> Info:
    """Return what is published: with the files that a folder holds, and the seal. Raises OSError."""
    held = sorted(path for path in folder.iterdir() if path.name != MANIFEST)
    described = msgspec.structs.replace(info, data={path.name: _describe(path) for path in held})
    return msgspec.structs.replace(described, seal=_seal_of(described))


def read_manifest(folder: Path, dataset: str) -> Info:
    """Return what a snapshot's folder holds. Raises StoreError for anything but what was published."""
    try:
        raw = read_small_file(folder / MANIFEST)
        info = msgspec.json.decode(raw, type=Info)
    except (OSError, ValueError) as error:  # msgspec's errors are ValueErrors too
        raise explain_damage(folder, dataset, str(error)) from error
    if (problem := _find_problem(info, raw, folder, dataset)) is not None:
        raise explain_damage(folder, dataset, problem)
    return info


def read_small_file(path: Path) -> bytes:
    """Read a file of the store's own. Raises OSError, or ValueError for what is none."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise ValueError(f"{path.name} does not belong to credcheck")
    return path.read_bytes()


def prove_data(folder: Path, info: Info) -> None:
    """Prove that the files of a snapshot are what was published. Raises StoreError.

    A large file is read again only where its size or its time of change differs.
    """
    for name, known in info.data.items():
        path = folder / name
        try:
            found = path.lstat()
            is_same = stat.S_ISREG(found.st_mode) and found.st_size == known.size
            is_untouched = known.size > _ALWAYS_READ and found.st_mtime_ns == known.modified
            is_same = is_same and (is_untouched or file_sha256(path) == known.sha256)
        except OSError as error:
            raise explain_damage(folder, info.dataset, f"{name}: {error.strerror}") from error
        if not is_same:
            raise explain_damage(folder, info.dataset, f"{name} is not the file that was imported")


def explain_damage(folder: Path, dataset: str, problem: str) -> StoreError:
    """Return the error to raise for a snapshot that is damaged."""
    return StoreError(
        f"the snapshot {folder} of {dataset} is damaged and not used ({problem}); import it again with"
        " --force, or move the folder elsewhere"
    )


def _find_problem(info: Info, raw: bytes, folder: Path, dataset: str) -> str | None:
    if not info.seal:
        return f"its {MANIFEST} comes from an earlier version, or has no seal"
    if to_pretty_json(info) != raw or _seal_of(info) != info.seal:
        return f"its {MANIFEST} was changed"
    if info.dataset != dataset or not is_dataset_name(dataset):
        return f"its {MANIFEST} names another dataset"
    if _ID.fullmatch(info.id) is None or info.folder != folder.name:
        return f"its {MANIFEST} names another snapshot"
    if not all(_is_plain(name) for name in info.data):
        return f"its {MANIFEST} names a file elsewhere"
    return None


def _is_plain(name: str) -> bool:
    is_one_step = name not in {"", ".", "..", MANIFEST} and not set(name) & {"/", "\\", "\0"}
    return is_one_step and Path(name).name == name


def _seal_of(info: Info) -> str:
    return hashlib.sha256(canonical_json(msgspec.structs.replace(info, seal=""))).hexdigest()


def _describe(path: Path) -> DataFile:
    found = path.stat()
    return DataFile(size=found.st_size, modified=found.st_mtime_ns, sha256=file_sha256(path))
