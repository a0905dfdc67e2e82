"""What the registry can do wrong, through the command and real sockets."""

import socket
import subprocess
import time
from pathlib import Path

import pytest

from credcheck.model import PersonName, Query
from credcheck.model.npi import check_digit, parse
from tests.badinputs.world import (
    GARCIA,
    GOOD_REGISTRY,
    LINDQVIST,
    OKAFOR,
    PEOPLE,
    finding,
    judged,
    messages,
    played,
    verify,
    world,
)
from tests.support.registry import Reply, body, closed_port, serving
from tests.support.world import record

pytestmark = pytest.mark.slow


def is_unverified(ran: object, *said: str) -> None:
    from tests.support.cli import Ran

    assert isinstance(ran, Ran)
    assert (ran.status, ran.json["outcome"]) == (3, "unverified")
    assert finding(ran, "registration")[0] == "unverified"
    for part in said:
        assert part in messages(ran)
    assert "Traceback" not in ran.err


def test_bi_001_html_at_status_200(tmp_path: Path) -> None:
    with played("html200") as running:
        ran = verify(tmp_path, running)
        is_unverified(ran, "answered with HTML, not JSON (status 200)")
        assert finding(ran, "registration")[1] == {"source_failed"}
        assert len(messages(ran)) < 4000
        asked = len(running.requests)
        verify(tmp_path, running)
        assert len(running.requests) == 2 * asked, "nothing was kept"


def test_bi_002_errors_at_status_200_are_quoted(tmp_path: Path) -> None:
    with played("errors07") as running:
        is_unverified(verify(tmp_path, running), "Field state requires additional search criteria")


def test_bi_003_error_15_says_deactivated(tmp_path: Path) -> None:
    with played("errors15_deactivated") as running:
        ran = verify(tmp_path, running)
    assert ran.status == 4
    assert finding(ran, "registration") == ("not_met", {"npi_deactivated"})
    assert "can no longer use this NPI" in messages(ran)


def test_bi_005_503_once_and_then_good(tmp_path: Path) -> None:
    with played("503_then_ok", GOOD_REGISTRY) as running:
        ran = verify(tmp_path, running)
        assert (ran.status, len(running.requests) >= 2) == (0, True)


def test_bi_006_503_on_every_try_ends_within_the_deadline(tmp_path: Path) -> None:
    with played("503_always") as running:
        began = time.monotonic()
        ran = verify(tmp_path, running)
        assert time.monotonic() - began < 2.0 + 5
    is_unverified(ran, "unavailable after 2 tries", "503")


def test_bi_008_a_retry_after_of_eleven_days_is_not_waited_for(tmp_path: Path) -> None:
    with played("429_huge") as running:
        began = time.monotonic()
        ran = verify(tmp_path, running)
        assert time.monotonic() - began < 2.0 + 5
    is_unverified(ran, "asks credcheck to wait 999999 s")


def test_bi_010_json_as_text_plain_is_accepted(tmp_path: Path) -> None:
    with played("textplain_ok") as running:
        assert verify(tmp_path, running).status == 0


def test_bi_011_an_empty_body(tmp_path: Path) -> None:
    with played("empty200") as running:
        is_unverified(verify(tmp_path, running), "empty answer")


def test_bi_012_a_body_cut_short_of_its_length(tmp_path: Path) -> None:
    with played("truncated") as running:
        is_unverified(verify(tmp_path, running), "the connection was lost")


def test_bi_016_a_count_that_disagrees_with_the_rows(tmp_path: Path) -> None:
    with played("count1_empty") as running:
        is_unverified(verify(tmp_path, running), "claims 1 results but has 0")


def test_bi_018_no_results_and_no_errors(tmp_path: Path) -> None:
    with played("no_results_key") as running:
        is_unverified(verify(tmp_path, running), "answer has no results list")


def test_bi_019_another_number_than_asked_for(tmp_path: Path) -> None:
    with played("wrong_npi") as running:
        ran = verify(tmp_path, running)
    is_unverified(ran, GARCIA, "2999990502")
    assert ran.json["physician"] is None


def test_bi_021_an_organization(tmp_path: Path) -> None:
    with played("npi2") as running:
        ran = verify(tmp_path, running)
    assert ran.status == 4
    assert finding(ran, "registration") == ("not_met", {"npi_is_organization"})
    assert "PAIN CENTER LLC" in messages(ran)


@pytest.mark.parametrize(
    ("status", "outcome", "exit_status"),
    [("D", "not_met", 4), (None, "unverified", 3), ("missing", "unverified", 3), ("A", "met", 0)],
)
def test_bi_022_only_the_exact_status_a_is_active(
    tmp_path: Path, status: str | None, outcome: str, exit_status: int
) -> None:
    basic = {"last_name": "GARCIA", "first_name": "ELENA", "status": status}
    if status == "missing":
        del basic["status"]
    with serving(_found(record(GARCIA, "GARCIA", "ELENA", basic=basic))) as running:
        ran = verify(tmp_path, running)
    assert finding(ran, "registration")[0] == outcome
    assert ran.status == exit_status


def test_bi_023_no_taxonomy(tmp_path: Path) -> None:
    with played("no_taxonomy") as running:
        ran = verify(tmp_path, running)
    assert ran.status == 3
    assert finding(ran, "base_specialty")[0] == "unverified"
    assert "lists no taxonomy" in messages(ran)


def test_bi_023_no_taxonomy_but_another_listing_proves_it(tmp_path: Path) -> None:
    with played("no_taxonomy") as running:
        verify(tmp_path, running)
        with (tmp_path / "boards.csv").open("a", encoding="utf-8") as file:
            file.write(f"{GARCIA},GARCIA,ELENA,ABA,Anesthesiology,Active,2010-01-01,2030-12-31\n")
        from tests.support.cli import credcheck

        config = str(tmp_path / "credcheck.toml")
        ran = credcheck("verify", GARCIA, "--config", config, "--as-of", "2026-11-23")
    assert ran.status == 0


def test_bi_025_a_number_as_an_integer_gives_the_same_bytes(tmp_path: Path) -> None:
    with played("textplain_ok") as running:
        text = verify(tmp_path, running).out
        port = running.base_url
    with played("int_number") as running:
        number = verify(tmp_path, running).out.replace(running.base_url, port)
    assert number == text


def test_bi_027_a_body_that_drips_is_left_at_the_total_deadline(tmp_path: Path) -> None:
    with played("drip") as running:
        began = time.monotonic()
        ran = verify(tmp_path, running)
        assert time.monotonic() - began < 2.0 + 5
    is_unverified(ran, "no usable answer within 2 s")


def test_bi_029_a_connection_refused_names_host_and_port(tmp_path: Path) -> None:
    port = closed_port()
    world(tmp_path, nppes=f'base_url = "http://127.0.0.1:{port}/api/"\nattempts = 2')
    from tests.support.cli import credcheck

    config = str(tmp_path / "credcheck.toml")
    ran = credcheck("verify", GARCIA, "--config", config, "--as-of", "2026-11-23")
    is_unverified(ran, f"127.0.0.1 port {port}")


def test_bi_030_a_host_that_does_not_resolve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*args: object, **kwargs: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    options = 'base_url = "https://registry.invalid/api/"\nattempts = 1'
    (verdict,) = judged(world(tmp_path, nppes=options))
    assert verdict.outcome == "unverified"
    assert "cannot resolve host registry.invalid" in verdict.findings[0].reasons[0].message


def test_bi_031_a_certificate_that_nobody_signed(tmp_path: Path) -> None:
    import ssl

    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=elsewhere", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with serving(GOOD_REGISTRY) as running:
        running._server.socket = context.wrap_socket(running._server.socket, server_side=True)
        options = f'base_url = "{running.base_url.replace("http", "https")}"\nattempts = 1'
        (verdict,) = judged(world(tmp_path, nppes=options))
    assert verdict.outcome == "unverified"
    assert "TLS failed" in verdict.findings[0].reasons[0].message
    assert not running.requests, "no fallback to plain http"


def test_bi_033_a_body_in_latin_1(tmp_path: Path) -> None:
    with played("latin1") as running:
        is_unverified(verify(tmp_path, running), "not valid UTF-8")


def test_bi_035_a_body_nested_too_deeply(tmp_path: Path) -> None:
    with serving(body(b"[" * 200_000 + b"]" * 200_000)) as running:
        is_unverified(verify(tmp_path, running))


def test_bi_044_a_number_that_the_registry_does_not_have(tmp_path: Path) -> None:
    with played("not_found") as running:
        ran = verify(tmp_path, running)
    is_unverified(ran, "never issued, was deactivated")
    assert finding(ran, "registration")[1] == {"npi_not_found"}


def test_bi_044_is_a_negative_only_if_the_registry_is_declared_complete(tmp_path: Path) -> None:
    with played("not_found") as running:
        ran = verify(tmp_path, running, options='coverage = "complete"')
    assert ran.status == 4
    assert finding(ran, "registration") == ("not_met", {"npi_not_found"})


def test_bi_045_a_mistyped_name_beside_a_number_is_compared_here(tmp_path: Path) -> None:
    with serving(GOOD_REGISTRY) as running:
        folder = world(tmp_path, nppes=f'base_url = "{running.base_url}"')
        query = Query(npi=parse(GARCIA), person=PersonName(last="GARCA", first="ELENA"))
        (verdict,) = judged(folder, query)
        assert running.requests == [{"version": "2.1", "number": GARCIA}]
    assert verdict.outcome == "unverified"
    assert verdict.findings[0].reasons[0].code == "identity_conflict"
    assert "GARCIA" in verdict.findings[0].reasons[0].message
    assert "GARCA" in verdict.findings[0].reasons[0].message


def test_bi_050_the_registry_goes_down_in_the_middle(tmp_path: Path) -> None:
    nines = [f"21{number:07d}" for number in range(60)]
    numbers = [nine + check_digit(nine) for nine in nines]
    good = [_found(record(number, "GARCIA", "ELENA")) for number in numbers[:40]]
    with serving(*good, body(b"", status=503)) as running:
        options = f'base_url = "{running.base_url}"\nconcurrency = 1\nattempts = 1'
        verdicts = judged(world(tmp_path, nppes=options), *numbers)
        assert len(running.requests) == 45, "after five failures in a row it stops asking"
    resolved = [verdict.physician is not None for verdict in verdicts]
    assert resolved == [True] * 40 + [False] * 20
    assert {verdict.outcome for verdict in verdicts[40:]} == {"unverified"}
    assert "circuit open" in verdicts[-1].findings[0].reasons[0].message


def test_bi_052_a_failure_is_not_kept_for_the_next_run(tmp_path: Path) -> None:
    with played("fail_then_ok", GOOD_REGISTRY) as running:
        first = verify(tmp_path, running).status
        failed = running.requests[:]
        assert first in {0, 3}
        assert verify(tmp_path, running).status == 0
        assert len(failed) >= 1


def test_bi_037_a_search_whose_second_page_repeats_the_first(tmp_path: Path) -> None:
    with serving(_found(*_smiths(200))) as running:
        ran = verify(tmp_path, running, "Ann Smith")
        assert len(running.requests) == 2
    is_unverified(ran)
    assert finding(ran, "registration")[1] == {"identity_ambiguous"}


def test_bi_038_a_search_that_fills_the_page_exactly(tmp_path: Path) -> None:
    with serving(_found(*_smiths(200))) as running:
        ran = verify(tmp_path, running, "Ann Smith")
    is_unverified(ran, "more people with this name than it lists")
    assert "Give the NPI" in ran.json["findings"][0]["next_step"]


def test_bi_040_an_alias_is_not_the_name(tmp_path: Path) -> None:
    with played("alias_hit") as running:
        ran = verify(tmp_path, running, "Robert Miller")
        assert running.requests[0]["use_first_name_alias"] == "False"
    is_unverified(ran)
    assert [person["name"] for person in ran.json["resolution"]["candidates"]] == [
        "BOB MILLER M.D."
    ]


@pytest.mark.parametrize("name", ["J* Smith", "Ann *"])
def test_bi_041_wildcards_in_names_are_never_sent(tmp_path: Path, name: str) -> None:
    with serving(GOOD_REGISTRY) as running:
        ran = verify(tmp_path, running, name)
        assert not running.requests
    assert ran.status == 2
    assert "wildcards" in ran.err


def test_bi_043_two_physicians_of_one_name_and_state(tmp_path: Path) -> None:
    with played("same_name") as running:
        ran = verify(tmp_path, running, "Ann Miller", "--state", "NC")
    is_unverified(ran)
    people = ran.json["resolution"]["candidates"]
    assert [(person["state"], person["city"]) for person in people] == [("NC", "DURHAM")] * 2
    assert all(person["taxonomies"] for person in people)
    assert len({person["npi"] for person in people}) == 2


def test_the_good_world_is_good(tmp_path: Path) -> None:
    verdicts = judged(world(tmp_path), GARCIA, OKAFOR, LINDQVIST)
    assert [verdict.outcome for verdict in verdicts] == ["meets"] * 3
    assert len(PEOPLE) == 3


def _found(*people: object) -> Reply:
    import json

    return body(json.dumps({"result_count": len(people), "results": people}).encode())


def _smiths(count: int) -> list[object]:
    nines = [f"21{number:07d}" for number in range(count)]
    return [record(nine + check_digit(nine), "SMITH", "ANN") for nine in nines]
