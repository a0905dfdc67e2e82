"""Who else bears a name: asked of the registry once for each name, for all rows together."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from credcheck.identity import decide
from credcheck.identity.fold import packed
from credcheck.model import PersonName, Physician
from credcheck.panel import Panel
from credcheck.people import physicians_of
from credcheck.reference.nicknames import forms_of
from credcheck.source import Candidates, Claim, NameQuestion, SourceFailed

_Key = tuple[str, str]


class RivalBook:
    """The answers to "who else bears this name?", so that no name is asked for twice."""

    def __init__(self, panel: Panel) -> None:
        """Ask the panel's first registry that can be asked by name."""
        self._registry = panel.searchable
        self._answers: dict[_Key, Candidates] = {}
        self._wanted: dict[_Key, PersonName] = {}

    def prepare(self, pairs: Iterable[tuple[Physician, Claim]]) -> None:
        """Find out which names the decisions on these rows will hang on, and ask for them all."""
        rows = list(pairs)

        def decisions() -> None:
            for physician, claim in rows:
                decide(physician, claim.about, self.rivals_for)

        self.settle(decisions)

    def settle(self, work: Callable[[], object]) -> None:
        """Do the work over and over, asking for the names that it lacked, until it lacks none.

        First it lacks the names as they stand; then, where those were all told, their other forms.
        """
        while True:
            self._wanted.clear()
            work()
            if not self._wanted:
                return
            names = list(self._wanted.values())
            self._answers.update(zip(self._wanted, self._ask(names), strict=True))

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
