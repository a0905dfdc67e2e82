"""Downloads from a server that lies, stalls, cuts, redirects and changes the file in the middle.

What the real services do was not tried: no test reaches them.
"""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from credcheck.storage.download import (
    Downloader,
    DownloadError,
    Limits,
    check_redirect,
    check_url,
)
from credcheck.storage.partial_file import Received
from tests.support.files_server import Answer, FileServer, cut, file, say, serving_files, stall

CONTENT = b"NPI,NAME\n" + b"".join(b"%010d,PERSON\n" % at for at in range(20_000))
OTHER = CONTENT.replace(b"PERSON", b"SOMEBODY")
QUICK = Limits(read_seconds=0.5, tries=3, wait_seconds=0.01)


def got(
    tmp_path: Path, *answers: Answer, limits: Limits = QUICK, **more: Any
) -> tuple[Any, FileServer]:
    with serving_files(*answers) as server:
        url = f"{server.base}/list.csv"
        with Downloader(tmp_path / "parts", limits) as downloader:
            received = downloader.get(url, tmp_path / "list.csv", **more)
    return received, server


def refused(tmp_path: Path, *answers: Answer, limits: Limits = QUICK) -> str:
    with pytest.raises(DownloadError) as failed:
        got(tmp_path, *answers, limits=limits)
    assert not (tmp_path / "list.csv").exists()
    return str(failed.value)


def test_a_file_comes_whole_with_its_digest(tmp_path: Path) -> None:
    received, _ = got(tmp_path, file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT
    assert received.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert received.size == len(CONTENT)
    assert list((tmp_path / "parts").iterdir()) == []


def test_what_broke_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    _, server = got(tmp_path, cut(CONTENT, 70_000), file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT
    asked = server.requests[1][2]
    assert asked["If-Range"] == '"one"'
    assert asked["Range"].startswith("bytes=")
    assert asked["Range"] != "bytes=0-"


def test_the_next_run_goes_on_where_the_last_stopped(tmp_path: Path) -> None:
    refused(tmp_path, cut(CONTENT, 70_000), limits=QUICK._replace(tries=1))
    parts = list((tmp_path / "parts").glob("*.part"))
    assert len(parts) == 1
    assert CONTENT.startswith(parts[0].read_bytes())


def test_a_file_that_changed_in_the_middle_is_begun_anew(tmp_path: Path) -> None:
    got(tmp_path, cut(CONTENT, 70_000), file(OTHER, '"two"'))
    assert (tmp_path / "list.csv").read_bytes() == OTHER


def test_a_part_of_another_version_is_never_joined(tmp_path: Path) -> None:
    """The server does not honor If-Range: it sends the rest of the new file."""

    def rest_of_other(handler: Any) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        rest = OTHER[start:]
        where = f"bytes {start}-{len(OTHER) - 1}/{len(OTHER)}"
        handler.start(206, Content_Length=len(rest), Content_Range=where, ETag='"two"')
        handler.wfile.write(rest)

    got(tmp_path, cut(CONTENT, 70_000), rest_of_other, file(OTHER, '"two"'))
    assert (tmp_path / "list.csv").read_bytes() == OTHER


def test_a_part_that_begins_elsewhere_is_not_joined(tmp_path: Path) -> None:
    def shifted(handler: Any) -> None:
        where = f"bytes 5-{len(CONTENT) - 1}/{len(CONTENT)}"
        handler.start(206, Content_Length=len(CONTENT) - 5, Content_Range=where, ETag='"one"')
        handler.wfile.write(CONTENT[5:])

    got(tmp_path, cut(CONTENT, 70_000), shifted, file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


def test_without_anything_to_tell_versions_apart_it_is_begun_anew(tmp_path: Path) -> None:
    _, server = got(tmp_path, cut(CONTENT, 70_000, None), file(CONTENT, None))
    assert "Range" not in server.requests[1][2]
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


def test_a_server_that_stalls_is_left_and_gone_on_from(tmp_path: Path) -> None:
    got(tmp_path, stall(CONTENT, 70_000), file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


def test_a_server_that_drips_is_a_stall(tmp_path: Path) -> None:
    def drip(handler: Any) -> None:
        handler.start(200, Content_Length=len(CONTENT), ETag='"one"')
        for at in range(200):
            if handler.server.over.wait(0.02):
                break
            handler.wfile.write(CONTENT[at : at + 1])
            handler.wfile.flush()
        handler.close_connection = True

    limits = Limits(read_seconds=1, tries=1, grace_seconds=0.2, least_rate=10_000)
    assert "stalled" in refused(tmp_path, drip, limits=limits)


def test_more_than_was_said_is_refused(tmp_path: Path) -> None:
    """The length comes from the first answer; the rest that comes later is longer."""

    def longer(handler: Any) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        rest = CONTENT[start:] + b"more"
        where = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        handler.start(206, Content_Length=len(rest), Content_Range=where, ETag='"one"')
        handler.wfile.write(rest)

    assert "more arrived" in refused(tmp_path, cut(CONTENT, 70_000), longer)


def test_a_length_that_is_not_said_cannot_be_checked(tmp_path: Path) -> None:
    def unsaid(handler: Any) -> None:
        handler.start(200, Connection="close")
        handler.wfile.write(CONTENT)
        handler.close_connection = True

    assert "incomplete" in refused(tmp_path, unsaid)


def test_chunks_that_end_early_are_not_a_file(tmp_path: Path) -> None:
    def chunks(handler: Any) -> None:
        handler.start(200, Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(CONTENT[:500]), CONTENT[:500]))
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.close()

    refused(tmp_path, chunks)


def test_chunks_that_end_well_are_a_file(tmp_path: Path) -> None:
    def chunks(handler: Any) -> None:
        handler.start(200, Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(CONTENT), CONTENT))

    got(tmp_path, chunks)
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><p>Sign in", b"\n <html>down for maintenance", b"\xef\xbb\xbf<HTML>"]
)
def test_a_page_is_no_file(tmp_path: Path, page: bytes) -> None:
    assert "login" in refused(tmp_path, say(200, page + b" " * 500))


@pytest.mark.parametrize(
    ("status", "said"), [(401, "login"), (403, "login"), (404, "404"), (410, "410")]
)
def test_a_refusal_is_not_tried_again(tmp_path: Path, status: int, said: str) -> None:
    assert said in refused(tmp_path, say(status), file(CONTENT))


def test_a_server_that_is_down_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    got(tmp_path, say(503), say(429), file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


@pytest.mark.parametrize("packed", ["gzip", "br", "GZIP"])
def test_a_file_that_is_compressed_unasked_is_refused(tmp_path: Path, packed: str) -> None:
    assert "compressed" in refused(tmp_path, say(200, CONTENT, Content_Encoding=packed))


def test_a_part_that_was_not_asked_for_is_not_a_file(tmp_path: Path) -> None:
    where = f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"
    refused(tmp_path, say(206, CONTENT, Content_Range=where, ETag='"one"'))


def test_an_unchanged_answer_to_a_first_question_is_not_a_file(tmp_path: Path) -> None:
    assert "304" in refused(tmp_path, say(304, ETag='"one"'))


def test_nothing_at_all_is_no_file(tmp_path: Path) -> None:
    assert "nothing arrived" in refused(tmp_path, say(200, b""))


def test_too_large_a_file_is_not_begun(tmp_path: Path) -> None:
    assert "the limit is" in refused(tmp_path, file(CONTENT), limits=QUICK._replace(bytes=1000))


def test_what_has_not_changed_is_not_got_again(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    with serving_files(file(CONTENT)) as server, Downloader(parts, QUICK) as downloader:
        url = f"{server.base}/list.csv"
        first = downloader.get(url, tmp_path / "list.csv")
        assert isinstance(first, Received)
        assert downloader.get(url, tmp_path / "again.csv", first) is None
        assert downloader.look(url, first.validators) is None
        assert downloader.look(url, None) is not None
    assert not (tmp_path / "again.csv").exists()


def test_a_redirect_within_the_host_is_followed(tmp_path: Path) -> None:
    got(tmp_path, say(302, Location="/elsewhere.csv"), file(CONTENT))
    assert (tmp_path / "list.csv").read_bytes() == CONTENT


def test_a_redirect_that_never_ends_is_left(tmp_path: Path) -> None:
    assert "redirects more than" in refused(tmp_path, say(302, Location="/again"))


def test_a_redirect_to_another_host_is_refused(tmp_path: Path) -> None:
    assert "not configured" in refused(tmp_path, say(302, Location="https://example.org/list.csv"))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "https://u:p@example.org",
    ],
)
def test_only_https_without_credentials_is_asked(url: str) -> None:
    with pytest.raises(DownloadError):
        check_url(url)
    with pytest.raises(DownloadError):
        check_redirect("https://example.org/a", url)
