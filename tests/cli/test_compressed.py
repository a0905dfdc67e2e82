"""Results whose names end in .zst or .gz: the same results, read by what they hold."""

import gzip
from pathlib import Path

import pytest
import zstandard

from credcheck._util.compression import compress, open_compressed
from credcheck._util.errors import UsageError
from credcheck.cli.files import choose_format, open_output
from credcheck.runs.results import ResultsError, open_results, read_lines
from tests.support.cli import credcheck
from tests.support.runs import fails, meets, unverified, write

ROSTER = Path(__file__).parent.parent.parent / "fixtures" / "demo" / "roster.csv"


def pack(path: Path, how: str, content: bytes) -> Path:
    with path.open("wb") as file, compress(file, how) as packed:
        packed.write(content)
    return path


@pytest.fixture(params=[".zst", ".gz"])
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return write(tmp_path / "r.ndjson", meets(1), fails(2), unverified(3))


def test_they_are_the_same_results(tmp_path: Path, how: str, saved: Path) -> None:
    packed = pack(tmp_path / f"r.ndjson{how}", how, saved.read_bytes())
    assert packed.stat().st_size < saved.stat().st_size
    assert list(open_results(packed, sealed=True)) == list(open_results(saved, sealed=True))


def test_the_name_does_not_matter_to_a_reader(tmp_path: Path, how: str, saved: Path) -> None:
    packed = pack(tmp_path / "results", how, saved.read_bytes())
    assert len(list(open_results(packed, sealed=True))) == 3


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, how: str) -> None:
    one, other = (pack(tmp_path / name, how, b"abc\n" * 1000) for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.slow(every_case=True)
def test_what_is_cut_off_or_damaged_is_refused(tmp_path: Path, how: str, saved: Path) -> None:
    whole = pack(tmp_path / "whole", how, saved.read_bytes()).read_bytes()
    path = tmp_path / "torn"
    torn = [whole[:length] for length in range(1, len(whole), 7)]
    bent = [
        whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        for place in range(4, len(whole), 11)
    ]
    refused = 0
    for content in (*torn, *bent):
        path.write_bytes(content)
        try:  # some bytes are of no matter: a checksum at the end, a time in gzip's header
            assert list(open_results(path, sealed=True)) == list(open_results(saved))
        except ResultsError as error:
            refused += 1
            assert "None" not in str(error)  # noqa: PT017
    assert refused > len(torn)


def test_a_line_without_end_fills_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    with path.open("wb") as file, compress(file, ".zst") as packed:
        for _ in range(80):
            packed.write(b"[" * (1 << 20))
    with pytest.raises(ResultsError, match="too long"):
        list(read_lines(path))


def test_what_others_compressed_is_read_too(tmp_path: Path, saved: Path) -> None:
    """Several frames one behind the other, as tools that append write them."""
    first, rest = saved.read_bytes().split(b"\n", 1)
    for name, pack_part in (("z", zstandard.ZstdCompressor().compress), ("g", gzip.compress)):
        path = tmp_path / name
        path.write_bytes(pack_part(first + b"\n") + pack_part(rest))
        assert len(list(open_results(path, sealed=True))) == 3
        with open_compressed(path) as file:
            assert file.read() == saved.read_bytes()


@pytest.mark.parametrize("name", ["r.xlsx.gz", "r.parquet.zst", "r.html.gz", "r.gz", "r.zst"])
def test_no_other_format_is_compressed(name: str) -> None:
    with pytest.raises(UsageError):
        choose_format(None, name)


def test_the_format_may_be_said(tmp_path: Path) -> None:
    assert choose_format("csv", "r.gz").name == "csv"
    assert choose_format(None, "R.NDJSON.ZST").name == "ndjson"
    with open_output(str(tmp_path / "r.gz")) as out:
        out.write(b"abc")
    assert gzip.decompress((tmp_path / "r.gz").read_bytes()) == b"abc"


@pytest.mark.slow
def test_every_command_reads_and_writes_them(tmp_path: Path, how: str) -> None:
    own = {"CREDCHECK_LOG": str(tmp_path / "log")}
    plain, packed = tmp_path / "r.ndjson", tmp_path / f"r.ndjson{how}"
    for path in (plain, packed):
        ran = credcheck(
            *("batch", str(ROSTER), "--demo", "-o", str(path), "--as-of", "2026-11-01"),
            env={**own, "SOURCE_DATE_EPOCH": "1795000000"},
        )
        assert ran.status == 0
    with open_compressed(packed) as file:
        assert file.read() == plain.read_bytes()
    assert (
        credcheck("replay", str(packed), "-o", str(tmp_path / f"again{how}"), "--force").status == 0
    )
    again = tmp_path / f"again{how}"
    assert list(open_results(again, sealed=True)) == list(open_results(plain))
    assert credcheck("diff", str(plain), str(packed), "--fail-on", "changed").status == 0
    assert credcheck("report", str(packed), "--format", "csv").out.count("\n") == 50
    told = credcheck("log", "verify", "--results", str(packed), env=own)
    assert told.status == 0
