"""The book's folder, attacked: edits, cuts, forged entries, many writers, shares without locks."""

import errno
import multiprocessing
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.book import storage
from credcheck.book.chain import BookError, ChainHead, digest_of, link, read_entries, to_lines
from credcheck.book.storage import BookFolder, BookUnwritable
from tests.support.book import RECORDED, add, certified, new_book, page, settled, trained


@pytest.fixture
def book(tmp_path: Path) -> BookFolder:
    return new_book(tmp_path / "book", certified(), trained())


def numbers(book: BookFolder) -> list[int]:
    return [held.entry.number for held in book.read().entries]


def test_what_is_written_is_read(book: BookFolder) -> None:
    add(book, settled())
    read = book.read()
    assert [held.entry.number for held in read.entries] == [1, 2, 3, 4]
    assert [held.body.__struct_config__.tag for held in read.entries] == [
        *("opened", "certificate", "fellowship", "disposition")
    ]
    assert read.head == ChainHead(4, read.entries[-1].digest)


def test_a_book_that_is_not_there_is_no_empty_book(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no book"):
        BookFolder(tmp_path / "unmounted").read()


def test_a_book_is_begun_once(book: BookFolder) -> None:
    with pytest.raises(BookUnwritable, match="already"):
        book.begin("Mallory", RECORDED.date(), RECORDED)


def test_nothing_to_add_adds_nothing(book: BookFolder) -> None:
    before = book.read().head
    assert book.append(lambda _: (), RECORDED).entries == []
    assert book.read().head == before


class TestTampering:
    """Whoever changes what was written breaks the chain, and the book is not used at all."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"status":"Certified"', b'"status":"Retired!!"'),
            (b'"expires":"2027', b'"expires":"2037'),
            (b"J. Roe", b"J. Doe"),
            (b'"on":"2026-10-20"', b'"on":"2026-10-19"'),
            (b'"number":2', b'"number":3'),
            (b'"telephone"', b'"letter"'),
            (b'"by"', b' "by"'),
            (b'"npi":"2000001075"', b'"npi":"2100000019"'),
        ],
    )
    def test_an_edit_is_found(self, book: BookFolder, old: bytes, new: bytes) -> None:
        file = page(book, 2)
        data = file.read_bytes()
        assert old in data
        file.write_bytes(data.replace(old, new, 1))
        with pytest.raises(BookError):
            book.read()

    def test_every_single_byte_counts(self, book: BookFolder) -> None:
        file = page(book, 2)
        data = file.read_bytes()
        for place in range(0, len(data), 7):
            changed = bytearray(data)
            changed[place] ^= 1
            file.write_bytes(changed)
            with pytest.raises(BookError):
                book.read()

    def test_an_entry_that_was_taken_out_is_missed(self, book: BookFolder) -> None:
        file = page(book, 2)
        first, _ = file.read_bytes().splitlines(keepends=True)
        add(book, settled())
        file.write_bytes(first)
        with pytest.raises(BookError):
            book.read()

    def test_a_page_that_was_taken_out_is_missed(self, book: BookFolder) -> None:
        add(book, settled())
        shutil.rmtree(page(book, 2).parent)
        with pytest.raises(BookError, match="entry 2 is missing, but entry 4 exists"):
            book.read()
        page(book, 2).parent.mkdir()
        with pytest.raises(BookError, match="is missing"):
            book.read()

    def test_swapped_entries_are_found(self, book: BookFolder) -> None:
        file = page(book, 2)
        one, two = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(two + one)
        with pytest.raises(BookError):
            book.read()

    def test_an_entry_of_another_book_does_not_fit(self, book: BookFolder, tmp_path: Path) -> None:
        other = new_book(tmp_path / "other", certified(by="Mallory"))
        shutil.copytree(page(other, 2).parent, page(book, 4).parent)
        with pytest.raises(BookError):
            book.read()

    def test_a_page_that_is_cut_off_is_found(self, book: BookFolder) -> None:
        file = page(book, 2)
        file.write_bytes(file.read_bytes()[:-1])
        with pytest.raises(BookError, match="cut off"):
            book.read()

    def test_zeros_are_damage(self, book: BookFolder) -> None:
        file = page(book, 2)
        file.write_bytes(bytes(len(file.read_bytes()) - 1) + b"\n")
        with pytest.raises(BookError):
            book.read()

    def test_a_cut_end_shows_against_a_head_that_was_kept(self, book: BookFolder) -> None:
        """The chain alone cannot show it; the results that were made with the book name the head."""
        head = book.read().head
        shutil.rmtree(page(book, 2).parent)
        left = book.read()
        assert head.digest not in {held.digest for held in left.entries}

    def test_a_forged_entry_with_a_right_digest_must_still_be_possible(
        self, book: BookFolder
    ) -> None:
        """Whoever computes the chain anew still cannot write what no entry can be."""
        read = book.read()
        for body in (
            certified(npi="2000001076"),
            certified(by="  "),
            certified(on=RECORDED.date().replace(year=2027)),
            settled(row="not a digest"),
            certified(corrects="f" * 64),
        ):
            (entry,) = link(read.head, [body], RECORDED)
            page(book, 4).parent.mkdir()
            page(book, 4).write_bytes(to_lines([entry]))
            with pytest.raises(BookError, match="entry 4"):
                book.read()
            shutil.rmtree(page(book, 4).parent)

    def test_the_clock_does_not_go_back(self, book: BookFolder) -> None:
        """Nobody back-dates an entry behind those that were written before it."""
        early = RECORDED.replace(month=1)
        with pytest.raises(BookError, match="before the entry that it follows"):
            add(book, certified(on=early.date()), recorded=early)


def _write(folder: str, who: str, count: int) -> None:
    book = BookFolder(Path(folder))
    for number in range(count):
        add(book, certified(by=f"{who} the clerk", note=str(number)))


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share on which every lock is granted to everybody at once, or none to anybody."""
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    monkeypatch.setattr(fcntl, "lockf", lambda *_: None)


class TestManyWriters:
    @pytest.mark.slow
    @pytest.mark.usefixtures("no_locks")
    def test_processes_that_write_at_once_lose_nothing(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book")
        context = multiprocessing.get_context("fork")
        writers = [
            context.Process(target=_write, args=(str(book.folder), f"w{n}", 12)) for n in range(4)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert [writer.exitcode for writer in writers] == [0] * 4
        read = book.read()
        written = [(held.body.by, held.body.note) for held in read.entries[1:]]
        assert sorted(written) == sorted(
            (f"w{n} the clerk", str(k)) for n in range(4) for k in range(12)
        )
        assert book.list_strays() == []

    def test_threads_that_write_at_once_lose_nothing(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book")
        writers = [
            threading.Thread(target=_write, args=(str(book.folder), f"w{n}", 5)) for n in range(4)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(book.read().entries) == 1 + 4 * 5

    def test_who_comes_second_writes_behind_the_first(self, book: BookFolder) -> None:
        """Between reading and writing somebody else writes: what is written follows theirs."""
        asked: list[int] = []

        def make(seen: Any) -> list[Any]:
            asked.append(seen.head.number)
            if len(asked) == 1:
                add(book, certified(by="The Other"))
            return [trained(by="The Slow")]

        book.append(make, RECORDED)
        assert asked == [3, 4]
        assert [held.body.by for held in book.read().entries[3:]] == ["The Other", "The Slow"]

    def test_a_folder_that_a_dead_writer_left_is_in_nobodys_way(self, book: BookFolder) -> None:
        (book.folder / "entries" / ".new-dead").mkdir()
        add(book, settled())
        assert numbers(book) == [1, 2, 3, 4]
        assert book.list_strays() == [".new-dead"]

    @pytest.mark.parametrize("call", ["mkdtemp", "_write_whole", "_rename"])
    def test_a_writer_that_dies_anywhere_leaves_the_book_whole(
        self, book: BookFolder, call: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        where = "credcheck.book.storage." + ("tempfile." if call == "mkdtemp" else "")
        monkeypatch.setattr(where + call, die)
        with pytest.raises(KeyboardInterrupt):
            add(book, settled())
        monkeypatch.undo()
        assert numbers(book) == [1, 2, 3]
        add(book, settled())
        assert numbers(book) == [1, 2, 3, 4]


class TestShares:
    """Network shares: answers get lost, folders cannot be brought to the disk, rights cannot be set."""

    def test_a_rename_whose_answer_was_lost_has_happened(
        self, book: BookFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename = Path.rename

        def forget(path: Path, target: Path) -> Path:
            rename(path, target)
            raise OSError(errno.ENOENT, "the share answers to the second asking")

        monkeypatch.setattr(Path, "rename", forget)
        add(book, settled())
        monkeypatch.undo()
        assert numbers(book) == [1, 2, 3, 4]

    def test_others_who_write_all_the_time_are_told_of(
        self, book: BookFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def taken(path: Path, target: Path) -> Path:
            raise OSError(errno.ENOTEMPTY, "taken")

        monkeypatch.setattr(Path, "rename", taken)
        monkeypatch.setattr("credcheck.book.storage.time.sleep", lambda _: None)
        with pytest.raises(BookUnwritable, match="someone else is writing"):
            add(book, settled())

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
    def test_a_disk_that_refuses_adds_nothing(
        self, book: BookFolder, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path, target: Path) -> Path:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(BookUnwritable, match="cannot write to the book"):
            add(book, settled())
        monkeypatch.undo()
        assert numbers(book) == [1, 2, 3]
        assert book.list_strays() == []

    def test_a_share_that_cannot_sync_folders_or_set_rights_is_good_enough(
        self, book: BookFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cannot(*_: object, **__: object) -> None:
            raise OSError(errno.EINVAL, "not on this share")

        monkeypatch.setattr(storage, "fsync_path", cannot)
        monkeypatch.setattr(Path, "chmod", cannot)
        add(book, settled())
        assert numbers(book) == [1, 2, 3, 4]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
class TestRights:
    def modes(self, book: BookFolder) -> set[int]:
        return {path.stat().st_mode & 0o777 for path in book.folder.rglob("*")}

    def test_a_new_book_is_private(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            book = new_book(tmp_path / "book", certified())
        finally:
            os.umask(before)
        assert book.folder.stat().st_mode & 0o777 == 0o700
        assert self.modes(book) == {0o700, 0o600}

    def test_a_book_that_a_group_shares_stays_shared(self, book: BookFolder) -> None:
        book.folder.chmod(0o770)
        add(book, settled())
        assert page(book, 4).stat().st_mode & 0o777 == 0o660
        assert page(book, 4).parent.stat().st_mode & 0o777 == 0o770


def test_a_chain_goes_on_from_its_head() -> None:
    first = list(link(ChainHead(), [certified()], RECORDED))
    head = ChainHead(1, digest_of(first[0]))
    assert first[0].digest == head.digest
    second = list(link(head, [trained()], RECORDED))
    read = list(read_entries(to_lines([*first, *second]), ChainHead(), "here"))
    assert [entry for _, entry in read] == [*first, *second]
    with pytest.raises(BookError, match="number 2"):
        list(read_entries(to_lines(second), ChainHead(), "here"))
    changed = replace(second[0], previous="1" * 64)
    changed = replace(changed, digest=digest_of(changed))
    with pytest.raises(BookError, match="entry 1 of here was changed"):
        list(read_entries(to_lines([*first, changed]), ChainHead(), "here"))
