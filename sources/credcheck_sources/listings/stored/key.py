"""The name of a listing's index: the digest of all that the index is made of.

That is the file's bytes and name, how its table is declared to be read, the format of its kind or its
preset, and the code: whoever edits a module that reads listings, or one of the tables of words, has new
indexes. The day of a listing and what it is declared to cover are not among it: the configuration says
them at each run.
"""

import hashlib
import sys
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

import credcheck
import credcheck_sources
from credcheck._util import LOADED_AT
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.stored.format import SCHEMA

CODE = ("_util", "identity", "model", "reference", "source", "storage", "tables")
"""The rooms of the core that reading a listing goes through."""

_SUFFIXES = {".py", ".csv", ".toml"}
_LIBRARIES = ("nameparser", "msgspec", "openpyxl")
_SECRET = b"credcheck: secret of an index"


class FileDigest(NamedTuple):
    """The SHA-256 of a file's bytes, and a secret that nobody can tell who does not have them all."""

    sha256: str
    secret: bytes


def digest_file(path: Path) -> FileDigest:
    """Read a file over. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    secret = digest.copy()
    secret.update(_SECRET)
    return FileDigest(digest.hexdigest(), secret.digest())


def make_key(digest: FileDigest, path: Path, options: ListingOptions, form: ListingFormat) -> str:
    """Return the name of a listing's index. Raises OSError where the code cannot be read."""
    said = (options.table, options.read, options.no_expiry)
    layout = (form.schema, form.layout)
    readers = [f"{each.__module__}.{each.__qualname__}" for each in (form.person, form.record)]
    parts = (SCHEMA, digest_code(), digest.sha256, path.name, said, layout, readers)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


@cache
def digest_code() -> str:
    """Return a digest of the code that reads listings and of what it is run by.

    Raises OSError where the code cannot be read, or was edited while it ran.
    """
    digest = hashlib.sha256()
    own = [Path(credcheck.__file__).parent / room for room in CODE]
    for folder in (*own, Path(credcheck_sources.__file__).parent / "listings"):
        files = sorted(x for x in folder.rglob("*") if x.suffix in _SUFFIXES)
        if not files:
            raise FileNotFoundError(str(folder))
        for file in files:
            found = file.stat()
            if found.st_mtime > LOADED_AT:
                raise OSError(f"{file} was edited since it was loaded")
            digest.update(f"{file.relative_to(folder)}\0{found.st_size}\0".encode())
            digest.update(file.read_bytes())
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    run_by = (credcheck.__version__, sys.version, unicodedata.unidata_version, *libraries)
    digest.update(repr(run_by).encode())
    return digest.hexdigest()
