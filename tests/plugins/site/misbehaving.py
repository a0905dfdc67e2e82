"""An adapter that misbehaves as MISBEHAVE says, at its module's import, its opening or a question."""

import datetime as dt
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from credcheck.model import (
    Authority,
    Certificate,
    Coverage,
    EvidenceKind,
    PersonName,
    Provenance,
    Registration,
)
from credcheck.model.npi import Npi
from credcheck.source import Answer, Claim, PersonRecord, Snapshot, SourceFacts, SourceFailed
from credcheck.source.adapter import Adapter, Context
from credcheck.storage.snapshots import Info
from credcheck.tables import UnusableTable

WAY = os.environ.get("MISBEHAVE", "")
DAY = dt.date(2026, 11, 1)
SNAPSHOT = Snapshot(as_of=DAY)


def act(way: str) -> None:
    """Do what may be done at any time."""
    ACTS.get(way, str)()


def fail() -> None:
    raise RuntimeError("boom \x1b[31m\u202e")


def interrupt() -> None:
    raise KeyboardInterrupt


def spin() -> None:
    while True:
        pass


def overflow() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def flood() -> None:
    while True:
        os.write(2, b"x" * 65536)


ACTS: dict[str, Callable[[], object]] = {
    "raise": fail,
    "exit": lambda: sys.exit(0),
    "interrupt": interrupt,
    "os-exit": lambda: os._exit(0),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "hang": lambda: time.sleep(600),
    "spin": spin,
    "flood": flood,
    "print": lambda: print("MEETS, says the plugin"),  # noqa: T201
    "write": lambda: os.write(1, b"MEETS, says the plugin\n"),
    "close": lambda: os.close(1),
    "thread": lambda: threading.Thread(target=time.sleep, args=(600,)).start(),
    "fork": os.fork,
    "close-all": lambda: os.closerange(0, 256),
    "alarm": lambda: [signal.setitimer(signal.ITIMER_REAL, 0.1), threading.Event().wait()],
    "overflow": overflow,
    "recurse": lambda: act("recurse"),
    "ignore": lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),
}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the adapter that misbehaves."""

    registry: bool = False
    label: str = ""
    shared: bool = False


class Misbehaving:
    """The source."""

    def __init__(self, name: str, options: Options, context: Context) -> None:
        act(WAY.removeprefix("open-") if WAY.startswith("open-") else "")
        if WAY == "open-refuse":
            raise ValueError("label must not be empty")
        self._options = options
        self.facts: Any = SourceFacts(
            name="boards" if WAY == "facts-name" else name,
            adapter="misbehaving",
            kinds=(EvidenceKind.REGISTRATION if options.registry else EvidenceKind.CERTIFICATE,),
            authority=Authority.PRIMARY,
            coverage=Coverage.COMPLETE,
            max_age_days=120,
            fork_safe=options.shared,
        )
        if WAY == "facts-none":
            self.facts = None
        if WAY == "facts-age":
            self.facts = replace(self.facts, max_age_days=-1)

    def collect(self, subjects: Sequence[Any]) -> Any:
        """Answer, or misbehave."""
        act(WAY)
        if WAY in RETURNED:
            return RETURNED[WAY](subjects)
        return [self._answer(subject) for subject in subjects]

    def _answer(self, subject: Any) -> Answer:
        claim = self._claim(subject)
        if WAY == "failed":
            raise SourceFailed("closed on Sundays \x1b[2J")
        if WAY == "no-snapshot":
            return Answer(claims=(claim,))
        if WAY == "day-to-come":
            return Answer(claims=(claim,), snapshot=Snapshot(as_of=dt.date(2099, 1, 1)))
        if WAY == "failure-and-claims":
            return Answer(claims=(claim,), snapshot=SNAPSHOT, failure="why \x1b]0;x\x07")
        return Answer(claims=(CLAIMED.get(WAY, same)(claim),), snapshot=SNAPSHOT)

    def _claim(self, subject: Any) -> Claim:
        names = subject.physician.names[:1] if subject.physician else ()
        npi = subject.npi
        record: Any = Certificate(
            board="American Board of Anesthesiology",
            certificate="Pain Medicine",
            status="Certified",
            duration="continuous",
        )
        if self._options.registry:
            names = (PersonName(last="Abernathy", first="Alma"),)
            if WAY == "another-person":
                npi = "2000001083"
            record = Registration(npi=npi, entity_type="individual", status="active", names=names)
        return Claim(
            kind=EvidenceKind.REGISTRATION if self._options.registry else EvidenceKind.CERTIFICATE,
            about=PersonRecord(npi=npi, names=names),
            record=record,
            provenance=Provenance(row=1, as_of=DAY, sha256="0" * 64),
        )


CLAIM = Claim(
    kind=EvidenceKind.CERTIFICATE,
    record=Certificate(board="B", certificate="C"),
    provenance=Provenance(row=1, as_of=DAY, sha256="0" * 64),
)


def same(claim: Any) -> Any:
    """Return the claim as it is."""
    return claim


CLAIMED: dict[str, Callable[[Any], Any]] = {
    "record-dict": lambda claim: replace(claim, record={"board": "x"}),
    "record-none": lambda claim: replace(claim, record=None),
    "record-wrong": lambda claim: replace(claim, kind=EvidenceKind.FELLOWSHIP),
    "kind-undeclared": lambda claim: replace(
        claim, kind=EvidenceKind.REGISTRATION, record=Registration(
            npi=claim.about.npi, entity_type="individual", status="active"
        )
    ),
    "record-field": lambda claim: replace(claim, record=replace(claim.record, status=7)),
    "program-invalid": lambda claim: replace(claim, program="npi"),
    "npi-invalid": lambda claim: replace(claim, about=PersonRecord(npi=Npi("2000001076"))),
    "object": lambda claim: replace(claim, record=replace(claim.record, status=object())),
    "digest": lambda claim: replace(
        claim, provenance=replace(claim.provenance, sha256="trust me")
    ),
    "long-name": lambda claim: replace(
        claim, about=PersonRecord(names=(PersonName(last="A" * 3_000_000, first="B"),))
    ),
    "claim-dict": lambda claim: {"kind": "certificate"},
}  # fmt: skip

RETURNED: dict[str, Callable[[Sequence[Any]], Any]] = {
    "none": lambda subjects: None,
    "true": lambda subjects: True,
    "text": lambda subjects: "meets",
    "dict": lambda subjects: [{"outcome": "meets"} for _ in subjects],
    "nones": lambda subjects: [None for _ in subjects],
    "short": lambda subjects: [],
    "long": lambda subjects: [Answer(snapshot=SNAPSHOT)] * (len(subjects) + 1),
    "million": lambda subjects: [
        Answer(snapshot=SNAPSHOT, claims=(CLAIM,) * 1_000_000) for _ in subjects
    ],
    "endless": lambda subjects: iter(int, 1),
}

act(WAY.removeprefix("load-") if WAY.startswith("load-") else "")
ADAPTER = Adapter(
    name="misbehaving",
    summary="misbehaves",
    kinds=(EvidenceKind.CERTIFICATE, EvidenceKind.REGISTRATION),
    options=Options,
    open=Misbehaving,
)


def run_import(job: Any) -> Any:
    """Import, or misbehave."""
    act(WAY)
    if WAY == "refuse":
        raise UnusableTable(f"{job.files[0].name}: no table of ours")
    return (
        {"dataset": "theirs"} if WAY == "dict" else Info(dataset="theirs", as_of=DAY, id="a" * 64)
    )
