"""Setting up: each file that was looked at becomes a table of the configuration."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.look_at import InspectedFile, Known
from credcheck.cli.options import Request
from credcheck.cli.session import open_session
from credcheck.config import parse_config
from credcheck.reports.terminal.sources import source_states
from credcheck.setup.blocks import comment_out, describe_open, make_block, relative_path
from credcheck.setup.document import ConfigDocument
from credcheck.setup.folder import remove_known
from credcheck.setup.kinds import LEIE, REGISTRY
from credcheck.setup.saved_roster import SavedRoster
from credcheck.source import SourceFailed
from credcheck.source.source_set import probe
from credcheck.standards.loader import DEFAULT
from credcheck.tables import ReadOptions

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


class SetUp:
    """The configuration as it comes to be."""

    def __init__(self, document: ConfigDocument, folder: Path) -> None:
        """Take the document, new or not, and where it lies."""
        self._document = document
        self._folder = folder
        self.added: list[str] = []
        self.is_changed = False
        self.advice = ""
        self.open: list[str] = []
        """What is open about the files that are read, and what to type about it."""
        self._roster: Path | None = None
        if document.is_new:
            document.begin(_HEAD, {"standard": DEFAULT})

    @property
    def known(self) -> dict[Path, Known]:
        """The files that the configuration names, by where they lie."""
        return {
            (self._folder / str(table["path"])).resolve(): Known(group, name, _how_written(table))
            for group in ("sources", "rosters")
            for name, table in self._document.plain.get(group, {}).items()
            if "path" in table
        }

    def remove_known(self, paths: Sequence[Path]) -> list[Path]:
        """Return the files that the configuration does not name yet; the others are told."""
        new = remove_known(paths, self.known)
        for path in paths:
            if path not in new:
                print_error(f"{path.name}: already in the configuration; not changed")
        return new

    def add_all(self, found: Sequence[InspectedFile]) -> None:
        """Add a table for each file; comments for what cannot be read yet."""
        for each in found:
            if each.proposal is None:
                continue
            is_new = self._document.remove_comment(f"{each.guess.path.name} is skipped.")
            if each.proposal.problem:
                self._document.add_comment(comment_out(each.proposal, self._folder))
                self.is_changed |= is_new
                continue
            self.is_changed = True
            taken = [*self._document.names("sources"), *self._document.names("rosters")]
            block = make_block(each.proposal, self._folder, taken, each.series)
            self._document.add(block.group, block.name, block.options, block.comments)
            self.added.append(block.name)
            file = each.guess.path.name
            self.open += [f"{file}: {x}" for x in describe_open(each.proposal, block.name)]
            if block.group == "rosters" and self._roster is None:
                self._roster = each.guess.path

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
        """The roster to begin with: the newest of a pattern."""
        if self._roster is not None:
            return str(self._roster)
        settings = parse_config(self._document.plain, self._document.file)
        for each in settings.rosters:
            try:
                return relative_path(SavedRoster(settings, each.name).find_newest(), Path())
            except SourceFailed:
                continue
        return None

    def check(self, config: Path, screen: Screen) -> None:
        """Show how each source fares that is a file. The registry is not asked."""
        parse_config(self._document.plain, config)
        session = open_session(Request(config=config, offline=True))
        files = [each for each in session.source_set.sources if not each.facts.live]
        probes = [probe(source, session.as_of) for source in files]
        write_text("\n" + screen.render(source_states(probes, session.as_of)))


def _how_written(table: Mapping[str, Any]) -> ReadOptions:
    usual = ReadOptions(place="file")
    names = ("encoding", "delimiter", "sheet", "header_row")
    return replace(usual, **{name: table[name] for name in names if name in table})
