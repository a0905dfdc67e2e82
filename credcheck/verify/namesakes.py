"""Who else bears a name, and whose a number is: asked for all rows together, and kept for the next."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from credcheck.identity.normalize import squash
from credcheck.model import PersonName, Registration
from credcheck.model.npi import Npi, is_valid
from credcheck.reference.nicknames import nickname_forms
from credcheck.source import Candidates, NameQuestion, Subject, Unavailable
from credcheck.source.answers import search_answers
from credcheck.source.source_set import SourceResult, SourceSet, query_source
from credcheck.verify.physicians import make_physician

if TYPE_CHECKING:
    from credcheck.identity.case import CandidateSet
    from credcheck.identity.profile import Profile

_Key = tuple[str, str, str]
"""A name in capitals. It is not folded further, since a registry may answer otherwise to each
writing."""

_PEOPLE, _NAMES = 20_000, 100_000  # at hand


class _Bearers(NamedTuple):
    """Who bears a name, and whether every writing of it was looked for."""

    people: "tuple[Profile, ...]"
    whole: bool


class NamesakeCache:
    """The answers of the registry, so that no name and no number is asked for again.

    What could not be answered is asked again, and the cache is emptied when it has grown too big.
    """

    def __init__(self, source_set: SourceSet, as_of: dt.date) -> None:
        self._source_set = source_set
        self._as_of = as_of
        self._answers: dict[_Key, _Bearers | Unavailable] = {}
        self._by_name: dict[_Key, _Bearers | Unavailable] = {}
        self._holders: dict[str, Profile | Unavailable | None] = {}
        self._failed: list[tuple[dict[Any, Any], object]] = []
        self._people = 0

    def load(self, names: Iterable[PersonName], npis: Iterable[str] = ()) -> None:
        """Ask for all the names and numbers at once.

        A registry that finds every writing of a name is asked for it alone; another one also for the
        short and familiar forms of the given name.
        """
        self._evict()
        self._load_holders(npis)
        new = {key: name for name in names if (key := _key(name)) not in self._by_name}
        self._ask_missing(new.values(), variants=True)
        forms = {
            key: [] if self._is_settled(key) else list_other_forms(name)
            for key, name in new.items()
        }
        self._ask_missing([form for each in forms.values() for form in each])
        for key in new:
            self._keep(self._by_name, key, self._merge_forms([key, *map(_key, forms[key])]))

    def get(
        self, names: Sequence[PersonName], npis: Sequence[str] = ()
    ) -> "CandidateSet | Unavailable":
        """Return everybody in the registry who bears one of the names or numbers.

        If that is not known, return why. Raises KeyError for what was not loaded.
        """
        from credcheck.identity.case import CandidateSet  # here, since most rows need none

        found: dict[str, Profile] = {}
        whole = True
        for name in names:
            bearers = self._by_name[_key(name)]
            if isinstance(bearers, Unavailable):
                return bearers
            found |= {person.npi: person for person in bearers.people}
            whole = whole and bearers.whole
        for npi in npis:
            holder = self._holders[npi]
            if isinstance(holder, Unavailable):
                return holder
            if holder is not None:
                found[holder.npi] = holder
        return CandidateSet(tuple(found.values()), whole=whole, named=bool(names))

    def _is_settled(self, key: _Key) -> bool:
        """Tell whether no more needs to be asked of a name: all is known, or nothing can be."""
        answer = self._answers[key]
        return isinstance(answer, Unavailable) or answer.whole

    def _evict(self) -> None:
        """Forget what could not be answered; all, where too much is at hand."""
        kept = len(self._answers) + len(self._by_name) + len(self._holders)
        if self._people > _PEOPLE or kept > _NAMES:
            self._answers, self._by_name, self._holders, self._people = {}, {}, {}, 0
        for asked, key in self._failed:
            asked.pop(key, None)
        self._failed = []

    def _keep(self, asked: dict[Any, Any], key: object, answer: object) -> None:
        asked[key] = answer
        if isinstance(answer, Unavailable) and not answer.permanent:
            self._failed.append((asked, key))

    def _merge_forms(self, keys: Sequence[_Key]) -> "_Bearers | Unavailable":
        people: list[Profile] = []
        for key in dict.fromkeys(keys):
            answer = self._answers[key]
            if isinstance(answer, Unavailable):
                return answer
            people += answer.people
        own = self._answers[keys[0]]
        return _Bearers(tuple(people), not isinstance(own, Unavailable) and own.whole)

    def _ask_missing(self, names: Iterable[PersonName], *, variants: bool = False) -> None:
        wanted = {_key(name): name for name in names}
        missing = [key for key in wanted if key not in self._answers]
        questions = [NameQuestion(name=wanted[key], variants=variants) for key in missing]
        for key, answer in zip(missing, self._search(questions), strict=True):
            bearers = _read_answer(answer)
            self._keep(self._answers, key, bearers)
            self._people += 0 if isinstance(bearers, Unavailable) else len(bearers.people)

    def _search(self, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
        registry = self._source_set.searchable
        if not questions:
            return []
        if registry is None:
            why = "no registry is configured for that"
            return [Candidates(failure=why, permanent=True)] * len(questions)
        return search_answers(registry, questions)

    def _load_holders(self, npis: Iterable[str]) -> None:
        missing = [npi for npi in dict.fromkeys(npis) if npi not in self._holders]
        self._holders |= dict.fromkeys(missing)
        numbers = [Npi(npi) for npi in missing if is_valid(npi)]
        for registry in self._source_set.registries if numbers else ():
            subjects = [Subject(npi=npi) for npi in numbers]
            answers = query_source(registry, subjects, self._as_of)
            for npi, answer in zip(numbers, answers, strict=True):
                if self._holders[npi] is None:
                    self._keep(self._holders, npi, _read_holder(npi, answer))


def _read_holder(npi: Npi, asked: SourceResult) -> "Profile | Unavailable | None":
    """Return whom a registry names for a number; None if it names nobody."""
    if asked.answer.failure is not None:
        detail = f"the registry did not say whose NPI {npi} is: {asked.answer.failure}"
        return Unavailable(detail=detail)
    records = (claim.record for claim in asked.answer.claims)
    return next((_profile(x) for x in records if isinstance(x, Registration)), None)


def _profile(record: Registration) -> "Profile":
    from credcheck.identity.profile import Profile, describe_registration  # as above

    return Profile(describe_registration(record), make_physician(record))


def _read_answer(answer: Candidates) -> "_Bearers | Unavailable":
    if answer.failure is not None:
        registry = (
            "no registry can be searched" if answer.permanent else "the registry did not answer"
        )
        detail = f"{registry} who else has it: {answer.failure}"
        return Unavailable(detail=detail, permanent=answer.permanent)
    if not answer.complete:
        detail = "the registry has more people with this name than it lists"
        return Unavailable(detail=detail, permanent=True)
    records = {x.record.npi: x.record for x in answer.claims if isinstance(x.record, Registration)}
    people = [_profile(record) for record in records.values() if record.names]
    return _Bearers(tuple(people), answer.variants)


def list_other_forms(name: PersonName) -> list[PersonName]:
    """Return a name with each other form of its given name: a dozen at most."""
    forms = sorted(nickname_forms(squash(name.first)))
    return [replace(name, first=form.title(), middle="") for form in forms]


def _key(name: PersonName) -> _Key:
    return name.last.upper(), name.first.upper(), name.middle.upper()
