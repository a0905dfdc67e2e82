"""The library's types as its users see them. Type-checked by mypy, never run."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import assert_type

from credcheck.checker import check
from credcheck.config import load_config, open_sources
from credcheck.model import (
    Dossier,
    Finding,
    Outcome,
    Query,
    Verdict,
    VerdictOutcome,
    to_json,
    verdict_from_json,
)
from credcheck.model.npi import Npi, parse
from credcheck.source import Answer, Source, SourceFacts, Subject
from credcheck.source.adapter import Context
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import Standard, load_standard
from credcheck.storage import NoCache
from credcheck.verify.pipeline import verify

context = Context(folder=Path(), today=dt.date(2026, 11, 1), cache=NoCache())
source_set = open_sources(load_config(Path("credcheck.toml")), context, only=["boards"])
standard = load_standard("interventional-pain")
assert_type(source_set, SourceSet)
assert_type(standard, Standard)
assert_type(parse("2000001075"), Npi)

for verdict in verify([Query(npi=parse("2000001075"))], source_set, standard, dt.date(2026, 11, 1)):
    assert_type(verdict, Verdict)
    assert_type(verdict.outcome, VerdictOutcome)
    assert_type(verdict.findings, tuple[Finding, ...])
    assert_type(verdict.findings[0].outcome, Outcome)
    assert_type(verdict_from_json(to_json(verdict)), Verdict)


def judge_again(dossier: Dossier) -> Verdict:
    return check(dossier, standard, dt.date(2026, 11, 1))


class Mine:
    """A source is any object of this shape: no base class is needed."""

    def __init__(self, facts: SourceFacts) -> None:
        self._facts = facts

    @property
    def facts(self) -> SourceFacts:
        return self._facts

    def collect(self, subjects: Sequence[Subject]) -> Sequence[Answer]:
        return [Answer() for _ in subjects]


def use(facts: SourceFacts) -> Source:
    return Mine(facts)
