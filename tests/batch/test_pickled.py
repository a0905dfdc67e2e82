"""What goes to another process and comes back is the same, byte for byte."""

import copy
import datetime as dt
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from credcheck._util.errors import UsageError
from credcheck.cli.options import Request
from credcheck.cli.session import Session, open_session
from credcheck.config import load_config
from credcheck.demo import DEMO_AS_OF, demo_config, demo_folder
from credcheck.model import Query, Verdict, query_from_json, to_json, verdict_from_json
from credcheck.model.dates import PartialDate
from credcheck.model.person import PersonName
from credcheck.runs import PortableVerifier
from credcheck.standards.loader import list_shipped, load_standard
from credcheck.verify.pipeline import Verifier
from tests.support.journals import queries
from tests.support.world import open_world

STANDARD = load_standard("interventional-pain")
NAMED = Query(name="Alma Ashdown", person=PersonName(last="Ashdown", first="Alma"), row=63)


@pytest.fixture(scope="module")
def judged() -> list[Verdict]:
    verifier = Verifier(open_world(demo_folder()), STANDARD, DEMO_AS_OF)
    return list(verifier([*queries(), NAMED]))


@pytest.mark.slow(every_case=True)
def test_a_pickled_verdict_has_the_same_bytes(judged: list[Verdict]) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(judged, protocol))  # noqa: S301 - our own
        assert [to_json(each) for each in again] == [to_json(each) for each in judged]
    assert [to_json(copy.deepcopy(each)) for each in judged] == list(map(to_json, judged))


def test_a_verdict_that_was_read_and_pickled_has_the_same_bytes(judged: list[Verdict]) -> None:
    lines = [to_json(each) for each in judged]
    read = pickle.loads(pickle.dumps([verdict_from_json(line) for line in lines]))  # noqa: S301
    assert [to_json(each) for each in read] == lines


@pytest.mark.parametrize("kind", ["", ',"kind":"current"', ',"kind":"former"'])
def test_a_pickled_query_says_no_more_and_no_less(kind: str) -> None:
    written = b'{"person":{"last":"A","first":"B"%s}}' % kind.encode()
    query = query_from_json(written)
    again = pickle.loads(pickle.dumps(query))  # noqa: S301
    assert to_json(again) == to_json(query)
    assert again == query


@pytest.mark.parametrize("text", ["2015", "2015-06", "2015-06-30"])
def test_a_pickled_date_is_known_as_far_as_before(text: str) -> None:
    date = PartialDate.from_iso(text)
    again = pickle.loads(pickle.dumps(date))  # noqa: S301
    assert (again, again.earliest, again.latest) == (date, date.earliest, date.latest)


@pytest.mark.parametrize("name", list_shipped())
def test_standards_and_settings_are_pickled(name: str) -> None:
    for value in (load_standard(name), load_config(demo_config())):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301


@pytest.mark.parametrize("request_", [Request(demo=True), Request(demo=True, without=["boards"])])
@pytest.mark.slow(every_case=True)
def test_a_session_opens_its_sources_again(request_: Request) -> None:
    session = open_session(request_)
    lines = judge_in(session)
    packed = pickle.dumps(session)
    again = pickle.loads(packed)  # noqa: S301
    assert len(packed) < 100_000  # what the sources hold stays here
    assert judge_in(again) == lines
    assert again.header() == session.header()


def judge_in(session: Session) -> list[bytes]:
    verifier = Verifier(session.source_set, session.standard, session.as_of)
    return [to_json(each) for each in verifier(queries())]


@pytest.mark.slow
def test_an_engine_judges_in_processes_of_its_own(judged: list[Verdict]) -> None:
    asked = [*queries(), NAMED]
    parts = [asked[start::3] for start in range(3)]
    verifier = PortableVerifier(demo_config(), as_of=DEMO_AS_OF, today=dt.date(2026, 11, 24))
    verifier(parts[0][:1])  # an opened one goes along as well
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        found = [verdict for part in pool.map(verifier, parts) for verdict in part]
    found.sort(key=lambda verdict: verdict.query.row)
    assert [to_json(each) for each in found] == [to_json(each) for each in judged]


def test_an_engine_does_not_ask_a_live_registry_from_many_processes(tmp_path: Path) -> None:
    file = tmp_path / "credcheck.toml"
    file.write_text('[sources.nppes]\nadapter = "nppes-api"\n', encoding="utf-8")
    verifier = PortableVerifier(file, as_of=DEMO_AS_OF)
    with pytest.raises(UsageError, match="nppes is queried over the network"):
        verifier([NAMED])
