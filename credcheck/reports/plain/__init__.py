"""A verdict in plain words, for a patient or a referring doctor (``credcheck verify NPI --plain``).

What the records show, what they do not, what no list can prove, what to ask at the visit and where to
look. No rank, no advice, no stars; and "no record" is never a warning.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from credcheck._util.text import escape_control
from credcheck.model import Finding, Outcome, ReasonCode, SourceState, StatementKind, Verdict
from credcheck.reference.specialties import SPECIALTIES
from credcheck.reports.paths import paths_of
from credcheck.reports.plain.words import PlainWords, plain_words
from credcheck.reports.terminal.styles import person_line
from credcheck.rules.advisory_evidence import AdvisoryEvidenceParameters
from credcheck.rules.certification import CertificationParameters
from credcheck.rules.fellowship import FellowshipParameters
from credcheck.standards.loader import Requirement, Standard

_WIDTH = 76
_SOURCES = {
    "certificate": "a list of board certificates",
    "fellowship": "a list of fellowships",
    "exclusion": "a list of people who are barred",
    "registration": "the national list",
    "license": "a list of licenses",
    "state_exclusion": "a state's list of people who are barred",
    "revocation": "a list of people who may not bill Medicare",
    "competency": "a list of courses and permits",
    "procedure": "a list of Medicare bills",
}
_INDENT = {"- ": "  ", "": ""}


class _Point(NamedTuple):
    """A requirement with what was found."""

    requirement: Requirement
    finding: Finding


def plain_page(verdict: Verdict, standard: Standard) -> str:
    """Return the page as text."""
    words = plain_words()
    lines = [*_head(verdict, standard, words)]
    if verdict.physician is None:
        lines += _section(words.titles["who"], _list_candidates(verdict))
    else:
        lines += _list_findings(verdict, standard, words)
        lines += _section(words.titles["context"], list(_list_context(verdict, words)))
    asked = [f"{each.ask} {each.why}" for each in words.questions if _fits(each.fits, standard)]
    lines += _section(words.titles["ask"], asked)
    lines += _section(words.titles["look"], [f"{each.where} {each.what}" for each in words.places])
    return "".join(f"{escape_control(line)}\n" for line in lines)


def _head(verdict: Verdict, standard: Standard, words: PlainWords) -> Iterator[str]:
    yield person_line(verdict.query, verdict.physician)
    yield from _wrap(f"Standard: {standard.name}. Day: {_spell_day(verdict.as_of)}.")
    yield ""
    said = verdict.outcome if verdict.physician is not None else "nobody"
    held = [path.id for path in verdict.paths or () if path.outcome is Outcome.MET]
    titles = [path.title for path in standard.paths if path.id in held]
    parts = [words.head[said]]
    if standard.paths and verdict.physician is not None:
        parts.append(words.head["paths"])
        parts += [f"{words.head['by_path']} {title}." for title in titles]
    yield from _wrap(" ".join(parts))
    yield from _wrap(f"{words.head['not_a_grade']} {words.head['no_mark']}")


def _list_findings(verdict: Verdict, standard: Standard, words: PlainWords) -> Iterator[str]:
    found = {each.requirement: each for each in verdict.findings}
    points = [_Point(each, found[each.id]) for each in standard.requirements if each.id in found]
    for title, outcome in (
        ("shown", Outcome.MET),
        ("not_met", Outcome.NOT_MET),
        ("not_shown", Outcome.UNVERIFIED),
    ):
        mine = [x for x in points if x.finding.outcome is outcome and _is_told(x, verdict)]
        told = [_tell(each, verdict, words) for each in mine]
        yield from _section(words.titles[title], list(dict.fromkeys(told)))


def _tell(point: _Point, verdict: Verdict, words: PlainWords) -> str:
    """Return a finding in plain words, with the list that says so and its day."""
    requirement, finding = point
    what = _name_subject(requirement, words)
    said = [words.point(_choose_words(point), finding.outcome, what)]
    if finding.outcome is not Outcome.MET:
        said += words.reasons(finding)
    if finding.outcome is not Outcome.UNVERIFIED:
        said += _tell_source(point, verdict)
    return " ".join(said)


def _choose_words(point: _Point) -> str:
    """Return whose words tell of it: a license that the state confirms is no longer the own word."""
    codes = {reason.code for reason in point.finding.reasons}
    return "license" if ReasonCode.LICENSE_ACTIVE in codes else point.requirement.rule.kind


def _name_subject(requirement: Requirement, words: PlainWords) -> str:
    parameters = requirement.parameters
    if isinstance(parameters, CertificationParameters):
        return parameters.words
    if isinstance(parameters, FellowshipParameters):
        return SPECIALTIES[parameters.specialty]
    if isinstance(parameters, AdvisoryEvidenceParameters):
        return words.topics[parameters.topic]
    return requirement.title


def _tell_source(point: _Point, verdict: Verdict) -> list[str]:
    """Return from which list it is, and of which day: of the first record, else of a whole list."""
    records = {item.id: item for item in verdict.evidence}
    rests_on = [records[each] for each in point.finding.evidence if each in records]
    names = [item.source for item in rests_on] or [
        source.name
        for source in verdict.sources
        if source.state is SourceState.OK and set(source.kinds) & set(point.requirement.rule.kinds)
    ]
    source = next((each for each in verdict.sources if each.name in names[:1]), None)
    if source is None or source.as_of is None:
        return []
    name = next((_SOURCES[kind] for kind in source.kinds if kind in _SOURCES), source.name)
    return [f"(From {name}, dated {_spell_day(source.as_of)}.)"]


def _list_context(verdict: Verdict, words: PlainWords) -> Iterator[str]:
    """Yield what no list can prove, and what is known of it all the same."""
    yield words.context["always"]
    for said in verdict.context or ():
        lead = words.context[said.kind]
        yield lead if said.kind is StatementKind.TRAINING else f"{lead} {said.message}"


def _is_told(point: _Point, verdict: Verdict) -> bool:
    """Tell whether a finding is told: not what is missing in a way that was not needed."""
    finding = point.finding
    in_path = bool(paths_of(verdict, finding.requirement))
    return finding.outcome is Outcome.MET or not in_path or finding in verdict.failing


def _list_candidates(verdict: Verdict) -> list[str]:
    return [
        ", ".join(filter(None, (each.name, each.city, each.state))) + f" (NPI {each.npi})"
        for each in verdict.resolution.candidates
    ]


def _fits(fields: Sequence[str], standard: Standard) -> bool:
    """Tell whether a question is about a field of the standard; one that names none fits all."""
    named = {specialty for each in standard.requirements for specialty in _list_specialties(each)}
    return not fields or not named or not named.isdisjoint(fields)


def _list_specialties(requirement: Requirement) -> tuple[str, ...]:
    parameters = requirement.parameters
    if isinstance(parameters, FellowshipParameters):
        return (parameters.specialty,)
    return parameters.wanted if isinstance(parameters, CertificationParameters) else ()


def _section(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    body = [part for line in lines for part in _wrap(line, "- ")]
    return ["", title, *body]


def _wrap(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=mark, subsequent_indent=_INDENT[mark], break_on_hyphens=False
    )


def _spell_day(day: dt.date) -> str:
    """Return ``June 30, 2015``, whatever the language of the machine."""
    names = "January February March April May June July August September October November December"
    return f"{names.split()[day.month - 1]} {day.day}, {day.year}"
