"""NPPES played by respx: the questions, and the answers it could give."""

import datetime as dt
from typing import Any

import httpx
import respx

from credcheck.config import SourceConfig, open_source
from credcheck.demo import demo_folder
from credcheck.model import PersonName
from credcheck.model.npi import parse
from credcheck.source import Answer, Candidates, NameQuestion, Registry, Subject
from credcheck.source.adapter import Context
from credcheck.storage import ByteCache, NoCache
from tests.support.world import record

NPI = "2000001075"
TODAY = dt.date(2026, 11, 24)
GOOD = record(NPI, "ABERNATHY", "ALMA")


def found(*records: Any) -> httpx.Response:
    return httpx.Response(200, json={"result_count": len(records), "results": list(records)})


def source(cache: ByteCache | None = None, **options: Any) -> Registry:
    offline, refresh = options.pop("offline", False), options.pop("refresh", False)
    today = options.pop("today", TODAY)
    usual = {"rate": 1000.0, "timeout": 5.0, **options}
    context = Context(
        folder=demo_folder(),
        today=today,
        cache=cache or NoCache(),
        offline=offline,
        refresh=refresh,
    )
    opened = open_source(
        SourceConfig(name="nppes", adapter="nppes-api", options=usual), context, ""
    )
    assert isinstance(opened, Registry)
    return opened


def look_up(*, cache: ByteCache | None = None, npi: str = NPI, **options: Any) -> Answer:
    (answer,) = source(cache, **options).collect([Subject(npi=parse(npi))])
    return answer


def search(last: str = "Abernathy", first: str = "Alma", **more: Any) -> Candidates:
    state = more.pop("state", None)
    question = NameQuestion(name=PersonName(last=last, first=first), state=state)
    (candidates,) = source(**more).search([question])
    return candidates


def params(router: respx.MockRouter, place: int = 0) -> dict[str, str]:
    return dict(router.calls[place].request.url.params)
