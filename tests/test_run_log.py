"""The log of runs: a chain that shows what was changed."""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from credcheck._util.files import NotRegular
from credcheck.runs.history import BEGINNING, LogError, append, check_log, verify_log
from tests.support.runs import header, meets


def filled(path: Path, times: int = 3) -> list[str]:
    run = header([meets()])
    return [str(append(path, "batch", run, f"{n:064x}", 0)) for n in range(times)]


def test_heads_go_on_from_one_another(tmp_path: Path) -> None:
    log = tmp_path / "sub" / "log.ndjson"
    heads = filled(log)
    assert [head.split(":")[0] for head in heads] == ["1", "2", "3"]
    assert str(verify_log(log)) == heads[-1]
    assert all(verify_log(log, head) for head in heads)
    assert verify_log(log, f"0:{BEGINNING}")


def test_any_changed_byte_breaks_the_chain(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    head = filled(log)[-1]
    whole = log.read_bytes()
    for place in range(0, len(whole), 7):
        changed = bytes([whole[place] ^ 1])
        log.write_bytes(whole[:place] + changed + whole[place + 1 :])
        with pytest.raises(LogError):
            verify_log(log, head)


@pytest.mark.parametrize("gone", [0, 1])
def test_an_entry_taken_out_breaks_the_chain(tmp_path: Path, gone: int) -> None:
    log = tmp_path / "log.ndjson"
    filled(log)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for place, line in enumerate(lines) if place != gone))
    with pytest.raises(LogError, match="was removed"):
        verify_log(log)


def test_an_end_cut_off_shows_against_a_head(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    head = filled(log)[-1]
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert verify_log(log).entries == 2
    with pytest.raises(LogError, match="entries were removed"):
        verify_log(log, head)


def test_a_torn_last_line_was_never_acknowledged_and_is_dropped(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    filled(log)
    with log.open("ab") as file:
        file.write(b'{"command":"batch"')
    with pytest.raises(LogError, match="entry 4 is cut off"):
        verify_log(log)
    assert filled(log, 1)[0].startswith("4:")
    assert verify_log(log).entries == 4


def test_a_log_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be read"):
        verify_log(tmp_path / "none")


def test_an_entry_whose_line_end_was_lost_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    head = filled(log)[-1]
    log.write_bytes(log.read_bytes()[:-1])
    assert verify_log(log, head).entries == 3
    assert filled(log, 1)[0].startswith("4:")
    assert verify_log(log, head).entries == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: bytes(len(whole)),
        lambda whole: bytes(4096),
        lambda whole: whole + bytes(4096),
        lambda whole: whole[:-200] + bytes(200),
        lambda whole: whole + b"notes of somebody",
        lambda whole: whole + b"\n",
        lambda _: b"\0",
        lambda _: b"\n",
        lambda _: b"npi\n2000001075\n",
        lambda _: b"{}",
    ],
)
def test_what_is_no_entry_is_damage_and_stays(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    log = tmp_path / "log.ndjson"
    filled(log)
    damaged = damage(log.read_bytes())
    log.write_bytes(damaged)
    for ask in (verify_log, check_log, lambda path: filled(path, 1)):
        with pytest.raises(LogError):
            ask(log)
    assert log.read_bytes() == damaged


def test_a_torn_end_is_kept_beside(tmp_path: Path) -> None:
    """Of what was torn, nothing is lost: somebody may want to see it."""
    log = tmp_path / "log.ndjson"
    filled(log)
    whole = log.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for cut in range(1, len(last) - 1, 37):
        log.write_bytes(whole + last[:cut])
        assert filled(log, 1)[0].startswith("4:")
        assert log.read_bytes().startswith(whole)
        assert (tmp_path / "log.ndjson.torn").read_bytes().endswith(last[:cut] + b"\n")


def test_one_bit_anywhere_is_never_another_log(tmp_path: Path) -> None:
    """Whatever is appended then, what was there is there, and the head that was kept shows it."""
    log, chance = tmp_path / "log.ndjson", random.Random(15)  # noqa: S311
    head = filled(log)[-1]
    whole = log.read_bytes()
    for _ in range(300):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        log.write_bytes(changed)
        if changed[:-1] == whole[:-1]:
            continue  # the line end of the last entry, which it does without
        with pytest.raises(LogError):
            verify_log(log, head)
        with suppress(LogError):
            filled(log, 1)
        assert log.read_bytes().startswith(changed[: whole.rindex(b'{"command"')])
        with pytest.raises(LogError):
            verify_log(log, head)
        (tmp_path / "log.ndjson.torn").unlink(missing_ok=True)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "fifo", "folder"])
def test_what_is_no_file_is_no_log(tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    for ask in (verify_log, check_log, lambda path: filled(path, 1)):
        with pytest.raises(NotRegular, match="give a file"):
            ask(tmp_path / path)
