"""Adapter ``nppes-api``: the live NPI registry of CMS (NPPES), asked by number and by name."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from credcheck._util.files import modified_date
from credcheck._util.text import shorten
from credcheck.model import Authority, EvidenceKind, Provenance, Registration
from credcheck.model.npi import Npi, is_valid
from credcheck.source import (
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    PersonRecord,
    PlaceQuestion,
    Snapshot,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.adapter import Adapter, Context, parse_days
from credcheck.storage import NoCache
from credcheck_sources.nppes.client import ApiAnswer, NppesClient
from credcheck_sources.nppes.normalize import make_registration_claim
from credcheck_sources.nppes.options import NppesOptions
from credcheck_sources.nppes.places import is_there
from credcheck_sources.nppes.raw_record import read_record, record_number
from credcheck_sources.nppes.recorded import RecordedTransport, load_records
from credcheck_sources.nppes.request import RequestFailed
from credcheck_sources.nppes.run_async import run_interruptible
from credcheck_sources.nppes.search import can_be_asked, search
from credcheck_sources.nppes.throttle import CircuitBreaker
from credcheck_sources.nppes.wire import RawResult, Refused, read_answer

NAME = "nppes-api"
_IMPORT = "credcheck sources import nppes FILE"
_DEACTIVATED = "15"  # the number of the error "CMS deactivated NPI ..."

Question = TypeVar("Question")
Reply = TypeVar("Reply")


class NppesApi:
    """The live registry as a source. Questions of one call are asked concurrently."""

    def __init__(self, name: str, options: NppesOptions, context: Context) -> None:
        self._options = options
        self._context = context
        self._breaker = CircuitBreaker()
        self._kept: tuple[RecordedTransport, dt.date] | None = None
        self.facts = SourceFacts(
            name=name,
            adapter=NAME,
            kinds=(EvidenceKind.REGISTRATION,),
            authority=Authority.PRIMARY,
            coverage=options.coverage,
            max_age_days=parse_days(options.max_age),
            live=options.recorded is None,
        )

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Look every subject's number up, and nothing but the number: NPPES would AND the rest."""
        return self._run(_look_up, [subject.npi for subject in subjects])

    def search(self, questions: Sequence[NameQuestion]) -> list[Candidates]:
        """Ask for every name."""
        return self._run(_candidates, list(questions))

    def list_people(self, question: PlaceQuestion) -> Candidates:
        """Return everybody at a place, from recorded answers; the live registry is not asked so."""
        if self._options.recorded is None:
            raise SourceFailed(f"the live registry cannot search by place; run: {_IMPORT}")
        transport, day = self._load_recorded(self._context.folder / Path(self._options.recorded))
        records = read_answer(transport.whole)
        return Candidates(
            claims=tuple(
                make_registration_claim(Npi(record_number(raw)), told, as_of=day)
                for raw in records
                if is_there(told := read_record(raw), question)
            ),
            snapshot=Snapshot(as_of=day),
        )

    def _run(
        self,
        ask: Callable[[NppesClient, Question], Awaitable[Reply]],
        questions: Sequence[Question],
    ) -> list[Reply]:
        if not questions:
            return []
        make_client = self._client_maker()

        async def all_together() -> list[Reply]:
            async with make_client() as client:
                return list(await asyncio.gather(*(ask(client, each) for each in questions)))

        try:
            return run_interruptible(all_together)
        except RequestFailed as error:
            raise SourceFailed(str(error)) from error

    def _client_maker(self) -> Callable[[], NppesClient]:
        context, options = self._context, self._options
        if options.recorded is None:
            return lambda: NppesClient(
                options,
                context.today,
                context.cache,
                read_cache=not context.refresh,
                offline=context.offline,
                breaker=self._breaker,
            )
        transport, day = self._load_recorded(context.folder / Path(options.recorded))
        return lambda: NppesClient(options, day, NoCache(), transport=transport)

    def _load_recorded(self, path: Path) -> tuple[RecordedTransport, dt.date]:
        """Return the records of a file, which is read once."""
        if self._kept is None:
            try:
                transport = RecordedTransport(load_records(path))
                day = self._options.as_of or modified_date(path)
                self._context.check_day(day)
                self._kept = transport, day
            except (OSError, ValueError) as error:
                raise SourceFailed(f"{path.name}: {error}") from error
        return self._kept


async def _look_up(client: NppesClient, npi: Npi) -> Answer:
    try:
        answered = await client.ask({"number": npi})
    except RequestFailed as error:
        return Answer(failure=str(error))
    except Refused as refused:
        return _read_refusal(npi, refused, client.today)
    snapshot = Snapshot(as_of=answered.retrieved_on)
    if not answered.results:
        return Answer(snapshot=snapshot)
    numbers = [record_number(result) for result in answered.results]
    if numbers != [npi]:
        return Answer(
            failure=f"asked for NPI {npi}, it answered with {shorten(', '.join(numbers))}"
        )
    return Answer(claims=(_make_claim(answered, answered.results[0]),), snapshot=snapshot)


async def _candidates(client: NppesClient, question: NameQuestion) -> Candidates:
    if question.near:
        return Candidates()
    if not can_be_asked(question):
        where = f" in {shorten(question.state, 20)!r}" if question.state else ""
        why = f"NPPES cannot be searched for the name {shorten(str(question.name))!r}{where}"
        return Candidates(failure=why, permanent=True)
    try:
        page = await search(client, question)
    except (RequestFailed, Refused) as error:
        return Candidates(failure=str(error))
    return Candidates(
        claims=tuple(
            _make_claim(answered, result)
            for answered in page.answers
            for result in answered.results
            if is_valid(record_number(result))
        ),
        complete=page.complete,
        snapshot=Snapshot(as_of=min(answered.retrieved_on for answered in page.answers)),
    )


def _make_claim(answered: ApiAnswer, result: RawResult) -> Claim:
    npi, told = Npi(record_number(result)), read_record(result)
    return make_registration_claim(npi, told, url=answered.url, as_of=answered.retrieved_on)


def _read_refusal(npi: Npi, refused: Refused, today: dt.date) -> Answer:
    """Turn a refusal into an answer: NPPES once said in this way that a number is deactivated."""
    said = [error for error in refused.errors if error.number == _DEACTIVATED]
    if not said or len(refused.errors) > 1:
        return Answer(failure=str(refused))
    note = said[0].description
    claim = Claim(
        kind=EvidenceKind.REGISTRATION,
        about=PersonRecord(npi=npi),
        record=Registration(npi=npi, entity_type=None, status="deactivated", note=note),
        provenance=Provenance(as_of=today, sha256=hashlib.sha256(note.encode()).hexdigest()),
    )
    return Answer(claims=(claim,), snapshot=Snapshot(as_of=today))


ADAPTER = Adapter(
    name=NAME,
    summary="the live NPI registry (NPPES), by NPI and by name",
    kinds=(EvidenceKind.REGISTRATION,),
    options=NppesOptions,
    open=NppesApi,
)
