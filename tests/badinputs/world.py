"""The small world of the bad inputs: three invented physicians, good listings, a played registry."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from credcheck.model import Verdict
from tests.support.cli import Ran, credcheck
from tests.support.registry import Registry, Reply, body, drip, records, serving
from tests.support.world import judge, record

FILES = Path(__file__).parent / "files"
CASES: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "http_cases.json").read_text(encoding="utf-8")
)
AS_OF = dt.date(2026, 11, 23)
GARCIA, OKAFOR, LINDQVIST = "2999990015", "2999990023", "2999990031"

PEOPLE = [
    record(GARCIA, "GARCIA", "ELENA", addresses=[{"address_purpose": "LOCATION", "state": "NC"}]),
    record(OKAFOR, "OKAFOR", "DANIEL", addresses=[{"address_purpose": "LOCATION", "state": "TX"}]),
    record(
        LINDQVIST, "LINDQVIST", "MAJA", addresses=[{"address_purpose": "LOCATION", "state": "MN"}]
    ),
]
PROGRAMS = """program_code,name,specialty,accreditor,status,accredited_from
5300000001,Example University Pain Medicine,Pain Medicine,ACGME,Continued Accreditation,1995-07-01
5300000002,Example Clinic Pain Medicine,Pain Medicine,ACGME,Continued Accreditation,1995-07-01
"""
LEIE = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,"
    "EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE\n"
    "OTHER,PERSON,,,,,,0000000000,,,,NC,,1128a1,20190320,00000000,00000000,\n"
)
CONFIG = """
[sources.nppes]
adapter = "nppes-api"
{nppes}

[sources.programs]
adapter = "training-programs"
path = "programs.csv"
coverage = "complete"
as_of = 2026-11-20

[sources.fellowships]
adapter = "fellowships"
path = "fellowships.csv"
authority = "primary"
as_of = 2026-11-20
columns = {{ program_code = "program_id" }}
constants = {{ status = "Completed" }}

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-20
columns = {{ issued = "issue_date", expires = "expiration_date" }}
{boards}

[sources.exclusions]
adapter = "oig-leie"
coverage = "complete"
path = "leie.csv"
{leie}
"""


def world(
    folder: Path,
    *,
    nppes: str = 'recorded = "nppes.json"\nas_of = 2026-11-20',
    boards: str = "",
    leie: str = "as_of = 2026-11-10",
    **files: str,
) -> Path:
    """Make the world; ``files`` puts a bad file in a good one's place: boards_csv="board_x.csv"."""
    (folder / "nppes.json").write_text(json.dumps(PEOPLE), encoding="utf-8")
    (folder / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    (folder / "leie.csv").write_text(LEIE, encoding="utf-8")
    shutil.copy(FILES / "good_fellowship.csv", folder / "fellowships.csv")
    shutil.copy(FILES / "good_board.csv", folder / "boards.csv")
    for name, file in files.items():
        shutil.copy(FILES / file, folder / name.replace("_csv", ".csv"))
    text = CONFIG.format(nppes=nppes, boards=boards, leie=leie)
    (folder / "credcheck.toml").write_text(text, encoding="utf-8")
    return folder


def judged(folder: Path, *queries: Any, **more: Any) -> list[Verdict]:
    return judge(folder, *(queries or (GARCIA,)), as_of=AS_OF, **more)


def reply_of(step: Mapping[str, Any]) -> Reply:
    """Return the reply that a step of http_cases.json describes."""
    content = _content(step)
    if step.get("behavior") == "drip":
        return drip(content)
    headers = [(name, value) for name, value in step["headers"]]
    return body(content, status=step["status"], headers=headers, length=step.get("content_length"))


def _content(step: Mapping[str, Any]) -> bytes:
    if "json" in step:
        return json.dumps(step["json"]).encode()
    encoding = "latin-1" if "latin1" in step else "utf-8"
    return str(step.get("latin1", step.get("text"))).encode(encoding)


@contextmanager
def played(case: str, *then: Reply) -> Iterator[Registry]:
    """Run a registry that behaves as a case says, and then as told."""
    with serving(*(reply_of(step) for step in CASES[case]["steps"]), *then) as running:
        yield running


def verify(
    folder: Path,
    running: Registry,
    query: str = GARCIA,
    *args: str,
    options: str = "",
    **files: str,
) -> Ran:
    """Run the command against a played registry."""
    nppes = f'base_url = "{running.base_url}"\ntimeout = 2.0\nattempts = 2\n{options}'
    config = world(folder, nppes=nppes, **files) / "credcheck.toml"
    return credcheck("verify", query, "--config", str(config), "--as-of", AS_OF.isoformat(), *args)


def finding(ran: Ran, requirement: str) -> tuple[str, set[str]]:
    (found,) = (x for x in ran.json["findings"] if x["requirement"] == requirement)
    return found["outcome"], {reason["code"] for reason in found["reasons"]}


def messages(ran: Ran) -> str:
    return " ".join(r["message"] for x in ran.json["findings"] for r in x["reasons"])


GOOD_REGISTRY = records(PEOPLE)
