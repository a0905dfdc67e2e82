"""What was got of a file so far, and of which version of it: to go on from there, or not."""

import hashlib
from pathlib import Path

import httpx
import msgspec

from credcheck._util.files import atomic_write

_CHUNK = 1 << 16


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a server says that tells one version of a file from another."""

    etag: str | None = None
    modified: str | None = None
    length: int | None = None

    @property
    def condition(self) -> str | None:
        """What ``If-Range`` may be given: a strong ETag, else the day of the last change."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.modified

    def is_same(self, other: "Validators") -> bool:
        """Tell whether two answers are of one version; without anything to go by they are not."""
        if self.etag or other.etag:
            return self.etag == other.etag
        return self.modified is not None and self.modified == other.modified


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was got: its URL, what the server said of its version, and its digest."""

    url: str
    validators: Validators
    sha256: str
    size: int


class PartialFile:
    """What was got of a file so far, and of which version it is."""

    def __init__(self, folder: Path, name: str, url: str, *, may_be_page: bool = False) -> None:
        self.name, self._url, self.may_be_page = name, url, may_be_page
        key = hashlib.sha256(url.encode()).hexdigest()[:16]
        self.data, self._meta = folder / f"{key}.part", folder / f"{key}.json"
        self.validators = Validators()
        try:
            self.validators = msgspec.json.decode(self._meta.read_bytes(), type=Validators)
            self.size = self.data.stat().st_size
        except (OSError, msgspec.DecodeError):
            self.forget()

    def headers(self) -> dict[str, str]:
        """Return what asks for the rest; nothing where the version could not be told."""
        condition = self.validators.condition
        if not self.size or condition is None:
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": condition}

    def begin(self, validators: Validators) -> None:
        """Begin anew with a version of the file."""
        self.data.write_bytes(b"")
        self.validators, self.size = validators, 0
        with atomic_write(self._meta) as out:
            out.write(msgspec.json.encode(validators))

    def continues(self, response: httpx.Response, now: Validators) -> bool:
        """Tell whether a partial answer goes on exactly where this ends, with the same version."""
        unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
        span, _, total = rest.partition("/")
        starts = unit == "bytes" and span.startswith(f"{self.size}-")
        known = self.validators
        same_length = known.length is None or total == str(known.length)
        if known.length is None and total.isdigit():
            self.validators = msgspec.structs.replace(known, length=int(total))
        return starts and same_length and known.is_same(now)

    def finish(self, validators: Validators) -> Received:
        """Return what was got, with the digest of the bytes as they stand on the disk."""
        digest = hashlib.sha256()
        with self.data.open("rb") as file:
            for chunk in iter(lambda: file.read(_CHUNK), b""):
                digest.update(chunk)
        size = self.data.stat().st_size
        return Received(url=self._url, validators=validators, sha256=digest.hexdigest(), size=size)

    def forget(self) -> None:
        """Drop what was got."""
        self.data.unlink(missing_ok=True)
        self._meta.unlink(missing_ok=True)
        self.size, self.validators = 0, Validators()
