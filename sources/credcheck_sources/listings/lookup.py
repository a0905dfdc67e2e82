"""Which rows of a listing may be about a subject. Whose they really are is decided elsewhere."""

from collections.abc import Container, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from credcheck.identity.normalize import normalize, squash
from credcheck.identity.practice import is_own_practice, list_family_words
from credcheck.model import Exclusion, FellowshipEvidence, Physician, Program
from credcheck.reference.states import usps
from credcheck.reference.understanding import is_cut_number, program_key
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.source import PersonRecord, Subject
from credcheck_sources.listings.entry import ODD_CODE, Entry, license_keys
from credcheck_sources.listings.searchable import SearchableListing


class Found(NamedTuple):
    """An entry that may be about the subject, and whom or what it seems to be about."""

    entry: Entry
    about: PersonRecord
    program: Literal["program_code", "program_name"] | None = None


def find_person_rows(loaded: SearchableListing, subject: Subject) -> Sequence[Found]:
    """Return the rows that bear the subject's number, license or name, in the file's order.

    A former number of the subject is as good as the present one. A row that bears another NPI is found
    by its name in a list of exclusions, and elsewhere where no row bears the subject's own: the number
    may be nobody's, or an organization's.
    """
    numbered = (subject.npi, *subject.former_npis)
    numbers = {x for npi in numbered for x in loaded.by_npi.get(npi)}
    physician = subject.physician
    if physician is not None:
        if loaded.has_numbered and not numbers:
            numbers.update(_find_numbered(loaded, physician))
        if loaded.has_unnumbered:
            numbers.update(_find_unnumbered(loaded, physician))
        for word in list_family_words(physician.names) if loaded.by_business else ():
            numbers.update(_find_practices(loaded, physician, word))
    told = [_choose_number(_make_found(loaded, x), numbered) for x in sorted(numbers)]
    if not loaded.unplaced:
        return told
    found = {each.entry.row.number: each for each in told}
    found |= _find_mentions(loaded, subject, found)
    return [found[number] for number in sorted(found)]


def find_program_rows(loaded: SearchableListing, subject: Subject) -> Sequence[Found]:
    """Return the rows of the programs that the subject's fellowships name."""
    found: dict[int, Found] = {}
    for item in subject.evidence:
        if not isinstance(item, FellowshipEvidence) or item.record is None:
            continue
        code = program_key(item.record.program_code)
        name = normalize_phrase(item.record.program_name)
        for number in loaded.by_title.get(name) if name else ():
            found[number] = _make_found(loaded, number, "program_name")
        for number in _find_coded(loaded, code) if code else ():
            found[number] = _make_found(loaded, number, "program_code")
        for number in loaded.unplaced.get(code):
            found[number] = _make_found(loaded, number, "program_code")
    return [found[number] for number in sorted(found)]


def _find_coded(loaded: SearchableListing, code: str) -> Iterator[int]:
    """Yield the rows of programs that have a number; if none has, those that may, with digits lost."""
    rows = loaded.by_code.get(code)
    yield from rows
    if rows:
        return
    for number in loaded.by_code.get(ODD_CODE):
        record = loaded.entry(number).record
        if isinstance(record, Program) and is_cut_number(record.program_code, code):
            yield number


def _make_found(
    loaded: SearchableListing,
    number: int,
    by: Literal["program_code", "program_name"] | None = None,
) -> Found:
    entry = loaded.entry(number)
    return Found(entry, entry.about, by)


def _choose_number(found: Found, numbered: Sequence[str]) -> Found:
    """Return a row that bears several numbers as that of the one that was asked for."""
    own = next((npi for npi in found.entry.npis if npi in numbered), None)
    if own is None or own == found.about.npi:
        return found
    return found._replace(about=replace(found.about, npi=own))


def _find_unnumbered(loaded: SearchableListing, physician: Physician) -> Iterator[int]:
    """Yield the rows that bear the physician's license or name, and are filed by these."""
    for license_ in physician.licenses if loaded.by_license else ():
        for key in license_keys(license_):
            yield from loaded.by_license.get(key)
    yield from loaded.by_name.find(physician)


def _find_practices(loaded: SearchableListing, physician: Physician, word: str) -> Iterator[int]:
    """Yield the rows of organizations that bear a word and are where the physician is."""
    for number in loaded.by_business.get(word):
        entry = loaded.entry(number)
        if isinstance(entry.record, Exclusion) and is_own_practice(
            entry.record.business_name or "",
            entry.about.places,
            physician.names,
            physician.places,
        ):
            yield number


def _find_numbered(loaded: SearchableListing, physician: Physician) -> Iterator[int]:
    """Yield the rows that bear the physician's name and another NPI, but for those of other states."""
    for number in loaded.by_exact_name.find(physician):
        states = {usps(place.state) for place in loaded.entry(number).about.places} - {""}
        if not states or not states.isdisjoint(physician.states):
            yield number


def _find_mentions(
    loaded: SearchableListing, subject: Subject, told: Container[int]
) -> dict[int, Found]:
    """Return rows that cannot be read and mention the subject: they may matter, so they are told.

    One that bears the number is told by that, even if it is found by its name.
    """
    mentioned: dict[int, Found] = {}
    for name in subject.physician.names if subject.physician else ():
        words = normalize(f"{name.last} {name.first}").split()
        for number in loaded.unplaced.get(words[0] if words else ""):
            if number not in told and loaded.mentions(number, words):
                mentioned[number] = Found(loaded.entry(number), PersonRecord(names=(name,)))
        for number in loaded.by_part.get(squash(name.last)):
            if number not in told:
                mentioned[number] = Found(loaded.entry(number), PersonRecord(names=(name,)))
    for npi in (subject.npi, *subject.former_npis):
        for number in loaded.unplaced.get(npi):
            mentioned[number] = Found(loaded.entry(number), PersonRecord(npi=npi))
    return mentioned
