"""Who else bears a name: asked of the registry once for each name, for all rows together."""

from collections.abc import Iterable, Sequence

from credcheck.identity import decide, names_agree
from credcheck.identity.fold import packed
from credcheck.model import PersonName, Physician, Registration, Rival
from credcheck.panel import Panel
from credcheck.people import rivals_of
from credcheck.source import Candidates, Claim, NameQuestion, SourceFailed

_Key = tuple[str, str]


class RivalBook:
    """The answers to "who else bears this name?", so that no name is asked for twice."""

    def __init__(self, panel: Panel) -> None:
        """Ask the panel's first registry that can be asked by name."""
        self._registry = panel.searchable
        self._answers: dict[_Key, Candidates] = {}

    def prepare(self, pairs: Iterable[tuple[Physician, Claim]]) -> None:
        """Find out which names the decisions on these rows will hang on, and ask for them all."""
        wanted: dict[_Key, PersonName] = {}

        def note(names: Sequence[PersonName]) -> str:
            wanted.update({_key(name): name for name in names if _key(name) not in self._answers})
            return "not asked yet"

        for physician, claim in pairs:
            decide(physician, claim.about, note)
        if wanted:
            self._answers.update(zip(wanted, self._ask(list(wanted.values())), strict=True))

    def rivals_for(self, names: Sequence[PersonName]) -> tuple[Rival, ...] | str:
        """Return everybody in the registry who bears one of the names, or why it is not known."""
        rivals: dict[str, Rival] = {}
        for name in names:
            answer = self._answers.get(_key(name), Candidates(failure="it was not asked"))
            if answer.failure is not None:
                return f"the registry cannot be asked who else bears it: {answer.failure}"
            if not answer.complete:
                return "the registry holds more people of this name than it lists"
            fitting = [x for x in answer.claims if names_agree(_names(x), names)]
            rivals |= {rival.npi: rival for rival in rivals_of(fitting)}
        return tuple(rivals.values())

    def _ask(self, names: Sequence[PersonName]) -> Sequence[Candidates]:
        if self._registry is None:
            return [Candidates(failure="none is configured")] * len(names)
        try:
            return self._registry.search([NameQuestion(name=name) for name in names])
        except SourceFailed as failed:
            return [Candidates(failure=str(failed))] * len(names)


def _key(name: PersonName) -> _Key:
    return packed(name.last), packed(name.first)


def _names(claim: Claim) -> tuple[PersonName, ...]:
    return claim.record.names if isinstance(claim.record, Registration) else ()
