"""Sources that stand for a plugin's: asked here, answered in its process."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from credcheck._util.errors import InputError
from credcheck.model import Authority, Coverage, EvidenceKind
from credcheck.source.adapter import DEFAULT_MAX_AGE, Context, parse_days
from credcheck.source.importer import ImportJob
from credcheck.source.interface import (
    Answer,
    Candidates,
    NameQuestion,
    Snapshot,
    Source,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.plugin.messages import (
    Answered,
    Collect,
    Import,
    Imported,
    Opened,
    Search,
    unpack_claims,
)
from credcheck.source.plugin.running import Plugin
from credcheck.storage.snapshots import Info

_AT_ONCE = 25  # subjects or questions: each such part has the deadline to itself

Item = TypeVar("Item")


class PluginSource:
    """A plugin's source."""

    def __init__(self, plugin: Plugin, facts: SourceFacts, context: Context) -> None:
        self.facts = facts
        self._plugin = plugin
        self._context = context

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Answer for every subject. Raises SourceFailed, and AdapterFault if the plugin broke."""
        answers: list[Answer] = []
        for part in _split(subjects):
            reply = self._plugin.ask(Collect(subjects=tuple(part)), Answered)
            for each in reply.answers:
                why = each.failure or self._refuse_day(each.snapshot)
                claims = unpack_claims(each) if why is None else ()
                answers.append(Answer(claims=claims, snapshot=each.snapshot, failure=why))
        return answers

    def _refuse_day(self, snapshot: Snapshot | None) -> str | None:
        """Return why an answer is not taken: it speaks of a day to come."""
        try:
            if snapshot is not None:
                self._context.check_day(snapshot.as_of)
        except SourceFailed as failed:
            return str(failed)
        return None


class PluginRegistry(PluginSource):
    """A plugin's source that can be asked by name."""

    def search(self, questions: Sequence[NameQuestion]) -> list[Candidates]:
        """Answer every question. Raises as ``collect`` does."""
        found: list[Candidates] = []
        for part in _split(questions):
            reply = self._plugin.ask(Search(questions=tuple(part)), Answered)
            for each in reply.answers:
                why = each.failure or self._refuse_day(each.snapshot)
                found.append(
                    Candidates(
                        claims=unpack_claims(each) if why is None else (),
                        complete=each.complete,
                        snapshot=each.snapshot,
                        failure=why,
                        permanent=each.permanent,
                    )
                )
        return found


class PluginListing(PluginSource):
    """A plugin's source that can be asked about a file in the store."""

    def import_file(self, job: ImportJob) -> Info:
        """Import a file. Raises UsageError, InputError or OutputError."""
        return import_files(self._plugin, job)


class PluginRegistryListing(PluginRegistry, PluginListing):
    """A plugin's source that can be asked by name, and about a file in the store."""


_TYPES = {
    (False, False): PluginSource,
    (True, False): PluginRegistry,
    (False, True): PluginListing,
    (True, True): PluginRegistryListing,
}


def make_source(plugin: Plugin, opened: Opened, context: Context) -> Source:
    """Return the source that stands for one that was opened."""
    kind = _TYPES[opened.searchable, opened.importable]
    # Whose a row is, is settled by people, in the book alone.
    return kind(plugin, replace(opened.facts, settles=False), context)


def import_files(plugin: Plugin, job: ImportJob) -> Info:
    """Have a plugin import files, however long it takes."""
    request = Import(
        files=tuple(str(each.absolute()) for each in job.files),
        store=str(job.store.folder.absolute()),
        update=job.update,
        as_of=job.as_of,
        force=job.force,
        today=job.today,
    )
    before, plugin.deadline = plugin.deadline, None
    try:
        return plugin.ask(request, Imported).info
    except SourceFailed as failed:
        raise InputError(f"nothing was imported: {failed}") from failed
    finally:
        plugin.deadline = before


class FailedSource:
    """A source that could not be opened: it fails whenever it is asked, and says why."""

    def __init__(self, facts: SourceFacts, why: str) -> None:
        self.facts = facts
        self._why = why

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Raise SourceFailed."""
        del subjects
        raise SourceFailed(self._why)


class FailedRegistry(FailedSource):
    """A registry that could not be opened."""

    def search(self, questions: Sequence[NameQuestion]) -> list[Candidates]:
        """Raise SourceFailed."""
        del questions
        raise SourceFailed(self._why)


def make_failed_source(
    name: str, adapter: str, kinds: tuple[EvidenceKind, ...], why: str
) -> Source:
    """Return the source that stands for one that could not be opened."""
    facts = SourceFacts(
        name=name,
        adapter=adapter,
        kinds=kinds,
        authority=Authority.SELF_REPORTED,
        coverage=Coverage.PARTIAL,
        max_age_days=parse_days(DEFAULT_MAX_AGE),
    )
    is_registry = EvidenceKind.REGISTRATION in kinds
    return FailedRegistry(facts, why) if is_registry else FailedSource(facts, why)


def _split(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
