"""Looking at files for ``credcheck init``: each is shown, and asked about where need be."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from credcheck._util.text import quote_argument
from credcheck.cli.asking import Asker
from credcheck.cli.console import Screen, write_text
from credcheck.reports.terminal.reading import reading_page
from credcheck.reports.terminal.styles import safe_text
from credcheck.setup.guess import Guess, guess_kind
from credcheck.setup.kinds import LEIE, describe_kind
from credcheck.setup.propose import Proposal, add_to, propose
from credcheck.setup.questions import apply_remedy
from credcheck.setup.series import Series, find_series
from credcheck.tables import ReadOptions, TableOptions

_HEADERS = 12  # that are shown with a question


class Known(NamedTuple):
    """A file that the configuration names: in which table, and how it is written."""

    group: str
    name: str
    read: ReadOptions


class InspectedFile(NamedTuple):
    """A file that was looked at, and what became of it.

    ``note`` says why it is not used, where that is no open point. ``series`` are the files of other
    months of which it takes the place.
    """

    guess: Guess
    proposal: Proposal | None = None
    open_point: str = ""
    note: str = ""
    series: Series | None = None
    is_next: bool = False
    """Whether it is a later month of a list that the configuration has."""

    @property
    def is_open(self) -> bool:
        """Whether something about it is left out, or left open."""
        return bool(self.open_point)

    @property
    def may_be_asked(self) -> bool:
        """Whether an answer may let the file be read."""
        return not self.is_next and (self.guess.remedy is not None or len(self.guess.kinds) > 0)


def look_at_files(
    paths: Sequence[Path], known: Mapping[Path, Known], asker: Asker, screen: Screen
) -> list[InspectedFile]:
    """Look at each file, show how it is read, and ask what only a person can know.

    ``known`` are the files that the configuration names already.
    """
    opened = [_open(path, asker) for path in paths]
    read = {path: each.read for path, each in known.items() if path.is_file()}
    read |= {guess.path.resolve(): o.reading("file") for guess, o in opened if not guess.problem}
    series = find_series(read)
    found: list[InspectedFile] = []
    for guess, options in opened:
        each = _place_in_series(guess, series, known)
        if each is None:
            each = _look_at(guess, options, asker, screen)
            own = next((x for x in series if x.newest == guess.path.resolve()), None)
            each = each._replace(series=own)
        found.append(each)
        _show(each, screen)
    return found


def _place_in_series(
    guess: Guess, series: Sequence[Series], known: Mapping[Path, Known]
) -> InspectedFile | None:
    """Return what becomes of a file that is another month's of one that is read; None for others."""
    path = guess.path.resolve()
    own = next((x for x in series if path == x.newest or path in x.older), None)
    if own is None:
        return None
    if path != own.newest:
        newest = own.newest.name
        note = (
            f"is not read: {newest} is a later month of the same list, judging by its name and rows"
        )
        return InspectedFile(guess, note=note)
    saved = next((known[x] for x in own.older if x in known), None)
    if saved is None:
        return None
    to = own.pattern if saved.group == "rosters" else path.name
    return InspectedFile(
        guess,
        open_point=f"it is a later month of the list in [{saved.group}.{saved.name}]; to read it: "
        f"credcheck sources set {saved.name} --path {quote_argument(to)}",
        is_next=True,
    )


def _look_at(guess: Guess, options: TableOptions, asker: Asker, screen: Screen) -> InspectedFile:
    if guess.problem:
        return InspectedFile(guess, open_point=_without_name(guess.problem, guess.path))
    if guess.is_results:
        return InspectedFile(guess, note=guess.why)
    if not guess.kinds:
        return InspectedFile(guess, open_point=f"{guess.why}; skipped")
    kind = _choose_kind(guess, asker)
    if kind is None:
        names = " or ".join(describe_kind(each) for each in guess.kinds)
        return InspectedFile(guess, open_point=f"it could be {names}; skipped")
    return _settle(guess, kind, options, asker, screen)


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
    answers = [*(describe_kind(each) for each in guess.kinds), "something else: skip it"]
    shown = ", ".join(guess.header[:_HEADERS])
    place = asker.choose(f"{guess.path.name}: what is it? Its headers: {shown}", answers)
    return guess.kinds[place] if place < len(guess.kinds) else None


def _settle(
    guess: Guess, kind: str, options: TableOptions, asker: Asker, screen: Screen
) -> InspectedFile:
    """Ask what is open, and read again with each answer. What is asked about is shown before."""
    answered: set[str] = set()
    while True:
        proposal = propose(guess.path, kind, options)
        question = next((x for x in proposal.questions if x.text not in answered), None)
        if question is None or not asker.may_ask:
            break
        if not answered and proposal.reading is not None:
            _show(InspectedFile(guess, proposal), screen)
        answered.add(question.text)
        text = _without_name(question.text, guess.path)
        place = asker.choose(f"{question.about}: {text}", [words for words, _ in question.answers])
        options = add_to(proposal.options, question.answers[place][1])
    return InspectedFile(guess, proposal, proposal.bare_problem)


def _without_name(text: str, path: Path) -> str:
    return text.removeprefix(f"{path.name}: ")


def _show(found: InspectedFile, screen: Screen) -> None:
    guess, proposal = found.guess, found.proposal
    name = guess.path.name
    if found.note or proposal is None:
        said = f" {found.note}" if found.note else f": {found.open_point}"
        _print(screen, f"{name}{said}")
        return
    _print(screen, f"{name} is {describe_kind(proposal.kind)}: {guess.why}")
    if proposal.reading is not None and proposal.kind != LEIE:
        write_text(screen.render(reading_page("", proposal.reading, proposal.rows)))
    if proposal.problem:
        write_text(screen.render(safe_text(f"  ! {proposal.bare_problem}")))


def _print(screen: Screen, line: str) -> None:
    write_text("\n" + screen.render(safe_text(line)))
