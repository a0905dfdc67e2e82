"""Which rows of a listing may be about a subject. Whose they really are is decided elsewhere."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from credcheck.identity.fold import fold
from credcheck.identity.keys import person_keys
from credcheck.identity.names import names_fit
from credcheck.model import FellowshipEvidence
from credcheck.reference.phrases import phrase
from credcheck.source import PersonOnRow, Subject
from credcheck_sources.listings.load import Entry, Loaded, license_key, words_of


class Found(NamedTuple):
    """An entry that may be about the subject, and whom or what it seems to be about."""

    entry: Entry
    about: PersonOnRow
    programme: Literal["program_code", "program_name"] | None = None


def about_person(loaded: Loaded, subject: Subject) -> list[Found]:
    """Return the rows that bear the subject's number, licence or name, in the file's order.

    A row that bears another valid NPI is another person's and is not found by its name.
    """
    entries = {entry.row.number: entry for entry in _by_index(loaded, subject)}
    found = [Found(entry, entry.about) for entry in entries.values()]
    found += _mentioned(loaded, subject)
    return sorted(found, key=lambda each: each.entry.row.number)


def about_programs(loaded: Loaded, subject: Subject) -> list[Found]:
    """Return the rows of the programmes that the subject's fellowships name."""
    found: dict[int, Found] = {}
    for item in subject.evidence:
        if not isinstance(item, FellowshipEvidence) or item.record is None:
            continue
        code, name = phrase(item.record.program_code), phrase(item.record.program_name)
        for entry in loaded.entries(loaded.by_code.get(code, []) if code else []):
            found[entry.row.number] = Found(entry, entry.about, "program_code")
        for entry in loaded.entries(loaded.by_title.get(name, []) if name and not code else []):
            found[entry.row.number] = Found(entry, entry.about, "program_name")
        for entry in loaded.entries(loaded.unplaced.get(code, [])):
            found[entry.row.number] = Found(entry, entry.about, "program_code")
    return [found[number] for number in sorted(found)]


def _by_index(loaded: Loaded, subject: Subject) -> Iterator[Entry]:
    yield from loaded.entries(loaded.by_npi.get(subject.npi, ()))
    physician = subject.physician
    if physician is None:
        return
    for license_ in physician.licenses if loaded.by_license else ():
        yield from loaded.entries(loaded.by_license.get(license_key(license_), []))
    if not loaded.by_name:
        return
    for key in sorted(person_keys(physician.names, loaded.families)):
        for entry in loaded.entries(loaded.by_name.get(key, [])):
            if names_fit(physician.names, entry.about.names):
                yield entry


def _mentioned(loaded: Loaded, subject: Subject) -> Iterator[Found]:
    """Yield rows with shifted columns that mention the subject: they may matter, so they are told."""
    mentioned: dict[int, Found] = {}
    if not loaded.unplaced:
        return
    for name in subject.physician.names if subject.physician else ():
        words = fold(f"{name.last} {name.first}").split()
        for entry in loaded.entries(loaded.unplaced.get(words[0] if words else "", [])):
            if set(words) <= words_of(entry):
                mentioned[entry.row.number] = Found(entry, PersonOnRow(names=(name,)))
    for entry in loaded.entries(loaded.unplaced.get(subject.npi, [])):
        mentioned[entry.row.number] = Found(entry, PersonOnRow(npi=subject.npi))
    yield from mentioned.values()
