"""Who else bears a name: asked of the registry for all rows together, and kept for the next."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from credcheck.identity.normalize import squash
from credcheck.model import PersonName
from credcheck.reference.nicknames import nickname_forms
from credcheck.source import Candidates, NameQuestion, Unavailable
from credcheck.source.answers import search_answers
from credcheck.source.source_set import SourceSet
from credcheck.verify.physicians import make_physicians

if TYPE_CHECKING:
    from credcheck.identity.decide import Rivals
    from credcheck.identity.profile import Known

_Key = tuple[str, str]
"""A family and a given name in capitals: all that a registry is asked for. It is not folded further,
since a registry may answer otherwise to each writing."""

_PEOPLE, _NAMES = 20_000, 100_000  # at hand


class NamesakeCache:
    """The answers to "who else bears this name?", so that a name is not asked for again.

    What could not be answered is asked again, and the book is begun again when it has grown too thick.
    """

    def __init__(self, source_set: SourceSet) -> None:
        self._registry = source_set.searchable
        self._answers: dict[_Key, Rivals] = {}
        self._by_name: dict[_Key, Rivals] = {}
        self._failed: list[_Key] = []
        self._people = 0

    def load(self, names: Iterable[PersonName]) -> None:
        """Ask for all the names at once, and then for the forms of those of which all were told."""
        self._evict()
        new = {key: name for name in names if (key := _key(name)) not in self._by_name}
        self._ask_missing(new.values())
        known = {
            key: name
            for key, name in new.items()
            if not isinstance(self._answers[key], Unavailable)
        }
        forms = {key: list_other_forms(name) for key, name in known.items()}
        self._ask_missing([form for each in forms.values() for form in each])
        for key in new:
            self._by_name[key] = self._merge_forms([key, *map(_key, forms.get(key, ()))])
        self._failed += [key for key in new if _is_failure(self._by_name[key])]

    def get(self, names: Sequence[PersonName]) -> "Rivals":
        """Return everybody in the registry who bears one of the names, or why it is not known.

        Who bears a short or familiar form of the given name is one of them. Raises KeyError for a
        name that was not looked up.
        """
        found: dict[str, Known] = {}
        for name in names:
            told = self._by_name[_key(name)]
            if isinstance(told, Unavailable):
                return told
            found |= {person.npi: person for person in told}
        return tuple(found.values())

    def _evict(self) -> None:
        """Forget what could not be answered; all, where too much is at hand."""
        if self._people > _PEOPLE or len(self._answers) + len(self._by_name) > _NAMES:
            self._answers, self._by_name, self._people = {}, {}, 0
        for key in self._failed:
            self._answers.pop(key, None)
            self._by_name.pop(key, None)
        self._failed = []

    def _merge_forms(self, keys: Sequence[_Key]) -> "Rivals":
        people: list[Known] = []
        for key in dict.fromkeys(keys):
            answer = self._answers[key]
            if isinstance(answer, Unavailable):
                return answer
            people += answer
        return tuple(people)

    def _ask_missing(self, names: Iterable[PersonName]) -> None:
        missing = [key for key in dict.fromkeys(map(_key, names)) if key not in self._answers]
        if missing:
            answers = [_read_answer(answer) for answer in self._search(missing)]
            found = dict(zip(missing, answers, strict=True))
            self._failed += [key for key, told in found.items() if _is_failure(told)]
            self._answers.update(found)
            self._people += sum(len(told) for told in answers if not isinstance(told, Unavailable))

    def _search(self, keys: Sequence[_Key]) -> Sequence[Candidates]:
        if self._registry is None:
            return [Candidates(failure="none that could be is configured", permanent=True)] * len(
                keys
            )
        names = [PersonName(last=last, first=first) for last, first in keys]
        return search_answers(self._registry, [NameQuestion(name=name) for name in names])


def _read_answer(answer: Candidates) -> "Rivals":
    from credcheck.identity.profile import Known  # here, since most look-ups have no namesakes

    if answer.failure is not None:
        registry = "no registry can be asked" if answer.permanent else "the registry did not answer"
        detail = f"{registry} who else bears it: {answer.failure}"
        return Unavailable(detail=detail, permanent=answer.permanent)
    if not answer.complete:
        detail = "the registry holds more people of this name than it lists"
        return Unavailable(detail=detail, permanent=True)
    return tuple(map(Known, make_physicians(answer.claims)))


def _is_failure(told: "Rivals") -> bool:
    """Tell whether asking again may bring an answer."""
    return isinstance(told, Unavailable) and not told.permanent


def list_other_forms(name: PersonName) -> list[PersonName]:
    """Return a name with each other form of its given name: a dozen at most."""
    forms = sorted(nickname_forms(squash(name.first)))
    return [replace(name, first=form.title()) for form in forms]


def _key(name: PersonName) -> _Key:
    return name.last.upper(), name.first.upper()
