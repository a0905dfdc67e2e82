"""The book on disk: a folder to which several people write at once, also on a network share.

``entries/000001/entries.ndjson`` holds what was written in one act, and is named after the number of
its first entry. Whoever writes prepares a folder of their own and renames it to the next number: a
rename onto a folder that holds something fails everywhere, on a share without locks too. Then somebody
else was faster, and what is to be written is linked to what they wrote. Nothing is ever written over.
"""

import datetime as dt
import errno
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from credcheck._util.errors import OutputError
from credcheck._util.files import fsync_path
from credcheck.book.book import Book, DigestedEntry
from credcheck.book.chain import BookError, ChainHead, link, read_entries, to_lines
from credcheck.book.entries import AnyBody, BookEntry, BookOpened

DEFAULT_FOLDER = "book"
ENTRIES = "entries"
_FILE = "entries.ndjson"
_NEW = ".new-"
_NUMBERED = re.compile(r"[0-9]{6,}")
_ATTEMPTS = 60
_LONGEST_WAIT = 0.25  # seconds, between two attempts
_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST})
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


class BookUnwritable(OutputError):
    """The book cannot be written. Nothing was added."""


class AppendResult(NamedTuple):
    """What was written: the book after it, and the entries, none if all of it was there already."""

    book: Book
    entries: Sequence[DigestedEntry]


class BookFolder:
    """A book's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def exists(self) -> bool:
        """Tell whether there is a book."""
        return self._page(1).exists()

    def read(self) -> Book:
        """Read and check the whole book. Raises BookError if it cannot be trusted, or is not there."""
        book = Book()
        while (data := self._read_page(book.head.number + 1)) is not None:
            where = f"the book {self.folder}"
            for head, entry in read_entries(data, book.head, where):
                book.add(head, entry)
        if not book.entries:
            raise BookError(f"{self.folder} holds no book; create one with: credcheck book init")
        self._check_nothing_follows(book)
        return book

    def append(
        self, make: Callable[[Book], Sequence[AnyBody]], recorded: dt.datetime
    ) -> AppendResult:
        """Add entries, all or none, and durably; what others write at the same time is kept.

        ``make`` returns them for a book as it stands, and is asked again if that has grown. Raises
        BookError where the book cannot be trusted or an entry cannot be, BookUnwritable otherwise.
        """
        for attempt in range(_ATTEMPTS):
            book = self.read()
            bodies = make(book)
            entries = list(link(book.head, bodies, recorded.replace(microsecond=0)))
            added = _take_in(book, entries)
            if not entries or self._publish(entries):
                return AppendResult(book, added)
            _wait(attempt)
        raise BookUnwritable(f"the book {self.folder}: someone else is writing to it; try again")

    def begin(self, by: str, on: dt.date, recorded: dt.datetime, note: str = "") -> Book:
        """Begin a book. Raises BookUnwritable if there is one, or the folder cannot be made."""
        if self.exists():
            raise BookUnwritable(f"{self.folder} already holds a book")
        book = Book()
        opened = BookOpened(by=by, on=on, note=note)
        entries = list(link(ChainHead(), [opened], recorded.replace(microsecond=0)))
        _take_in(book, entries)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            (self.folder / ENTRIES).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        if not self._publish(entries):
            raise BookUnwritable(f"{self.folder} already holds a book")
        return book

    def list_strays(self) -> list[str]:
        """Return what lies among the entries and is none: the leavings of a writer that died."""
        try:
            names = [path.name for path in (self.folder / ENTRIES).iterdir()]
        except OSError as error:
            raise BookError(f"the book {self.folder}: {error.strerror}") from error
        return sorted(name for name in names if not _NUMBERED.fullmatch(name))

    def _page(self, number: int) -> Path:
        return self.folder / ENTRIES / f"{number:06d}" / _FILE

    def _read_page(self, number: int) -> bytes | None:
        """Return what was written from a number on; None where nothing was."""
        page = self._page(number)
        was_there = page.parent.exists()  # a page that comes while we look is whole at once
        try:
            return page.read_bytes()
        except FileNotFoundError:
            if was_there:
                raise BookError(f"the book {self.folder}: {page} is missing") from None
            return None
        except OSError as error:
            raise BookError(f"the book {self.folder}: {page}: {error.strerror}") from error

    def _check_nothing_follows(self, book: Book) -> None:
        """Raise BookError where entries lie behind the last one: some between were taken out."""
        try:
            names = [path.name for path in (self.folder / ENTRIES).iterdir()]
        except OSError as error:
            raise BookError(f"the book {self.folder}: {error.strerror}") from error
        beyond = max((int(x) for x in names if _NUMBERED.fullmatch(x)), default=0)
        after = book.head.number + 1
        if beyond >= after and not self._page(after).exists():  # else somebody has written since
            raise BookError(
                f"the book {self.folder}: entry {after} is missing, but entry {beyond} exists"
            )

    def _publish(self, entries: Sequence[BookEntry]) -> bool:
        """Put entries in their place, or return False if somebody else has taken it."""
        page, data = self._page(entries[0].number), to_lines(entries)
        new: Path | None = None
        try:
            new = Path(tempfile.mkdtemp(prefix=_NEW, dir=page.parent.parent))
            _write_whole(new / _FILE, data)
            _share_as(self.folder, new)
            _sync_folder(new)
            return _rename(new, page, data)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            if new is not None:
                shutil.rmtree(new, ignore_errors=True)

    def _unwritable(self, error: OSError) -> BookUnwritable:
        reason = error.strerror or str(error)
        return BookUnwritable(f"cannot write to the book {self.folder}: {reason}")


def _take_in(book: Book, entries: Sequence[BookEntry]) -> list[DigestedEntry]:
    for entry in entries:
        book.add(ChainHead(entry.number, entry.digest), entry)
    return book.entries[len(book.entries) - len(entries) :] if entries else []


def _write_whole(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _share_as(folder: Path, new: Path) -> None:
    """Give what is new the rights of the book's folder: a group may share it, others never."""
    if os.name != "posix":
        return
    mode = folder.stat().st_mode
    with suppress(OSError):  # the rights on a network share are not always ours to set
        (new / _FILE).chmod(mode & 0o660)
        new.chmod(mode & 0o2770)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk, where the file system can."""
    try:
        fsync_path(folder)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def _rename(new: Path, page: Path, data: bytes) -> bool:
    """Rename a folder to its number; False if that is taken. A lost answer of a share is no failure."""
    try:
        new.rename(page.parent)
    except OSError as error:
        try:
            return page.read_bytes() == data
        except FileNotFoundError:
            if error.errno in _TAKEN:
                return False
            raise error from None
    _sync_folder(page.parent.parent)
    return True


def _wait(attempt: int) -> None:
    """Wait a little, not as long as others do: nobody is to meet the same writer again and again."""
    longest = min(_LONGEST_WAIT, 0.002 * (attempt + 1))
    time.sleep(longest * secrets.randbelow(1000) / 1000)
