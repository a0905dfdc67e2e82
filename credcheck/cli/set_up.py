"""Setting up: each file is looked at, shown, asked about where need be, and becomes a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from credcheck.cli.asking import Asker
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.options import Request
from credcheck.cli.session import open_session
from credcheck.config import parse_config
from credcheck.reports.terminal.reading import reading_page
from credcheck.reports.terminal.sources import source_states
from credcheck.setup.blocks import comment_out, make_block
from credcheck.setup.document import Document
from credcheck.setup.folder import remove_known
from credcheck.setup.guess import LEIE, REGISTRY, TITLES, Guess, guess_kind
from credcheck.setup.propose import Proposal, add_to, apply_remedy, propose
from credcheck.source.source_set import probe
from credcheck.standards.loader import DEFAULT
from credcheck.tables import TableOptions

_HEAD = (
    "Made by credcheck init. What each line means: docs/reference/configuration.md",
    "Paths are relative to this file. See how every file is read: credcheck sources check -v",
)
_LIVE = ("The national registry of NPIs, asked live over the internet (free, no account).",)
_LEIE_ADVICE = (
    "no list of exclusions yet: download UPDATED.csv from"
    " https://oig.hhs.gov/exclusions/exclusions_list.asp, then: credcheck sources add exclusions"
    " --adapter oig-leie --path UPDATED.csv"
)


class Found(NamedTuple):
    """A file that was looked at, and what became of it."""

    guess: Guess
    proposal: Proposal | None = None
    open_point: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something about it is left out, or left open."""
        return bool(self.open_point)


def look_at_files(paths: Sequence[Path], asker: Asker, screen: Screen) -> list[Found]:
    """Look at each file, show how it is read, and ask what only a person can know."""
    found: list[Found] = []
    for path in paths:
        each = _look_at(path, asker)
        found.append(each)
        _show(each, screen)
    return found


def _look_at(path: Path, asker: Asker) -> Found:
    guess, options = _open(path, asker)
    if guess.problem:
        return Found(guess, open_point=guess.problem)
    if guess.is_results:
        return Found(guess)
    if not guess.kinds:
        return Found(guess, open_point=f"{guess.why}; skipped")
    kind = _choose_kind(guess, asker)
    if kind is None:
        names = " or ".join(TITLES[each] for each in guess.kinds)
        return Found(guess, open_point=f"it could be {names}; skipped")
    return _settle(guess, kind, options, asker)


def _open(path: Path, asker: Asker) -> tuple[Guess, TableOptions]:
    """Return what a file seems to be, once it can be opened; a guess with a problem if it cannot."""
    options = TableOptions()
    while True:
        guess = guess_kind(path, options.reading("file"))
        remedy = guess.remedy
        if not guess.problem or remedy is None:
            return guess, options
        place = 0
        if not remedy.is_certain:
            answers = [*map(str, remedy.choices), "skip this file for now"]
            place = asker.choose(guess.problem, answers)
        if place == len(remedy.choices):
            return guess, options
        options = add_to(options, apply_remedy(remedy, remedy.choices[place]))


def _choose_kind(guess: Guess, asker: Asker) -> str | None:
    if len(guess.kinds) == 1:
        return guess.kinds[0]
    answers = [*(TITLES[each] for each in guess.kinds), "something else: skip it"]
    place = asker.choose(f"{guess.path.name}: what is it?", answers)
    return guess.kinds[place] if place < len(guess.kinds) else None


def _settle(guess: Guess, kind: str, options: TableOptions, asker: Asker) -> Found:
    """Ask what is open, and read again with each answer."""
    answered: set[str] = set()
    while True:
        proposal = propose(guess.path, kind, options)
        question = next((x for x in proposal.questions if x.text not in answered), None)
        if question is None or not asker.may_ask:
            break
        answered.add(question.text)
        place = asker.choose(
            f"{question.about}: {question.text}", [words for words, _ in question.answers]
        )
        options = add_to(proposal.options, question.answers[place][1])
    point = proposal.problem
    if not point and proposal.questions:
        point = f"left open: {proposal.questions[0].text}"
    if not point and proposal.reading is not None and proposal.reading.rejected:
        point = f"{proposal.reading.rejected} of {proposal.reading.rows} rows cannot be read"
    return Found(guess, proposal, point)


def _show(found: Found, screen: Screen) -> None:
    guess, proposal = found.guess, found.proposal
    if proposal is None:
        write_text(f"\n{guess.path.name}: {found.open_point or guess.why}\n")
        return
    write_text(f"\n{guess.path.name} is {TITLES[proposal.kind]}: {guess.why}\n")
    if proposal.reading is not None and proposal.kind != LEIE:
        write_text(screen.render(reading_page("", proposal.reading, proposal.rows)))
    if proposal.problem:
        write_text(f"  ! {proposal.problem}\n")


class SetUp:
    """The configuration as it comes to be."""

    def __init__(self, document: Document, folder: Path) -> None:
        """Take the document, new or not, and where it lies."""
        self._document = document
        self._folder = folder
        self.added: list[str] = []
        self.is_changed = False
        self.advice = ""
        if document.is_new:
            document.begin(_HEAD, {"standard": DEFAULT})

    def remove_known(self, paths: Sequence[Path]) -> list[Path]:
        """Return the files that the configuration does not name yet; the others are told."""
        plain = self._document.plain
        tables = [*plain.get("sources", {}).values(), *plain.get("rosters", {}).values()]
        known = [self._folder / each["path"] for each in tables if "path" in each]
        new = remove_known(paths, known)
        for path in paths:
            if path not in new:
                print_error(f"{path.name}: already in the configuration; not changed")
        return new

    def add_all(self, found: Sequence[Found]) -> None:
        """Add a table for each file; comments for what cannot be read yet."""
        for each in found:
            if each.proposal is None:
                continue
            self.is_changed = True
            if each.proposal.problem:
                self._document.add_comment(comment_out(each.proposal, self._folder))
                continue
            taken = [*self._document.names("sources"), *self._document.names("rosters")]
            block = make_block(each.proposal, self._folder, taken)
            self._document.add(block.group, block.name, block.options, block.comments)
            self.added.append(block.name)

    def add_public_sources(self) -> None:
        """Add the live registry where there is no other, and say what else there is."""
        adapters = {
            each.get("adapter") for each in self._document.plain.get("sources", {}).values()
        }
        if not adapters & {REGISTRY, "nppes-api"}:
            self._document.add("sources", "nppes", {"adapter": "nppes-api"}, _LIVE)
            self.added.append("nppes")
            self.is_changed = True
        if LEIE not in adapters:
            self.advice = _LEIE_ADVICE

    @property
    def roster(self) -> str | None:
        """The first roster of the configuration."""
        rosters = self._document.plain.get("rosters", {})
        return next((str(each["path"]) for each in rosters.values()), None)

    def check(self, config: Path, screen: Screen) -> None:
        """Show how each source fares that is a file. The registry is not asked."""
        parse_config(self._document.plain, config)
        session = open_session(Request(config=config, offline=True))
        files = [each for each in session.source_set.sources if not each.facts.live]
        probes = [probe(source, session.as_of) for source in files]
        write_text("\n" + screen.render(source_states(probes, session.as_of)))
