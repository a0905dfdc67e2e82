"""Who else bears a name: asked of the registry once for each name, for all rows together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from credcheck.identity.fold import packed
from credcheck.model import PersonName, Physician
from credcheck.panel import Panel
from credcheck.people import physicians_of
from credcheck.reference.nicknames import forms_of
from credcheck.source import Candidates, NameQuestion, SourceFailed

_Key = tuple[str, str]
Decided = TypeVar("Decided")


class RivalBook:
    """The answers to "who else bears this name?", so that no name is asked for twice."""

    def __init__(self, panel: Panel) -> None:
        """Ask the panel's first registry that can be asked by name."""
        self._registry = panel.searchable
        self._answers: dict[_Key, Candidates] = {}
        self._wanted: dict[_Key, PersonName] = {}
        self._lacked = False

    def decided(self, work: Sequence[Callable[[], Decided]]) -> list[Decided]:
        """Do all pieces of work, once the names that each of them hangs on are asked for.

        A piece that lacked a name is done again; all that lack some are asked for together.
        """
        done: dict[int, Decided] = {}
        left = list(range(len(work)))
        while left:
            self._wanted.clear()
            left = [place for place in left if not self._do(work[place], place, done)]
            if left:
                names = list(self._wanted.values())
                self._answers.update(zip(self._wanted, self._ask(names), strict=True))
        return [done[place] for place in range(len(work))]

    def _do(self, work: Callable[[], Decided], place: int, done: dict[int, Decided]) -> bool:
        self._lacked = False
        done[place] = work()
        return not self._lacked

    def rivals_for(self, names: Sequence[PersonName]) -> tuple[Physician, ...] | str:
        """Return everybody in the registry who bears one of the names, or why it is not known.

        Short and familiar forms of the given names are asked for too.
        """
        as_written = self._bearers(names)
        if isinstance(as_written, str):
            return as_written
        otherwise = self._bearers([form for name in names for form in other_forms(name)])
        return otherwise if isinstance(otherwise, str) else (*as_written, *otherwise)

    def _bearers(self, names: Sequence[PersonName]) -> tuple[Physician, ...] | str:
        missing = {_key(name): name for name in names if _key(name) not in self._answers}
        if missing:
            self._wanted |= missing
            self._lacked = True
            return "the registry was not asked who else bears it"
        answers = [self._answers[_key(name)] for name in names]
        for answer in answers:
            if answer.failure is not None:
                return f"the registry cannot be asked who else bears it: {answer.failure}"
            if not answer.complete:
                return "the registry holds more people of this name than it lists"
        return tuple(person for each in answers for person in physicians_of(each.claims))

    def _ask(self, names: Sequence[PersonName]) -> Sequence[Candidates]:
        if self._registry is None:
            return [Candidates(failure="none is configured")] * len(names)
        try:
            return self._registry.search([NameQuestion(name=name) for name in names])
        except SourceFailed as failed:
            return [Candidates(failure=str(failed))] * len(names)


def other_forms(name: PersonName) -> list[PersonName]:
    """Return a name with each other form of its given name: a dozen at most."""
    forms = sorted(forms_of(packed(name.first)))
    return [replace(name, first=form.title()) for form in forms]


def _key(name: PersonName) -> _Key:
    return packed(name.last), packed(name.first)
