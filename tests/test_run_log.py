"""The log of runs: a chain that shows what was changed."""

from pathlib import Path

import pytest

from credcheck.runs.history import BEGINNING, LogError, append, verify_log
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
    with pytest.raises(LogError, match="taken out"):
        verify_log(log)


def test_an_end_cut_off_shows_against_a_head(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    head = filled(log)[-1]
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert verify_log(log).entries == 2
    with pytest.raises(LogError, match="cut off"):
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
