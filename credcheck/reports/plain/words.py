"""The words of the plain page, from its table."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from credcheck.model import Finding, Outcome, ReasonCode


class VisitQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question for the visit, and why. ``fits`` are the fields that it is about; none: every one."""

    ask: str
    why: str
    fits: tuple[str, ...] = ()


class PublicLookup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a lay reader can look, and what is there."""

    where: str
    what: str


class PlainWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words of the page: nothing of them is in the code."""

    head: dict[str, str]
    titles: dict[str, str]
    points: dict[str, dict[Outcome, str]]
    topics: dict[str, str]
    context: dict[str, str]
    why: dict[ReasonCode, str]
    questions: tuple[VisitQuestion, ...]
    places: tuple[PublicLookup, ...]

    def point(self, rule: str, outcome: Outcome, what: str) -> str:
        """Return what a rule's finding says."""
        words = self.points.get(rule) or self.points["other"]
        return words[outcome].format(what=what)

    def reasons(self, finding: Finding) -> list[str]:
        """Return why, each sentence once."""
        codes = dict.fromkeys(reason.code for reason in finding.reasons)
        return [self.why[code] for code in codes if code in self.why]


@cache
def plain_words() -> PlainWords:
    """Return the table."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    document: dict[str, Any] = tomllib.loads(text)
    return msgspec.convert(document, PlainWords)
