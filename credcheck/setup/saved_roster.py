"""A saved roster, looked at by itself: the newest of the files that its path names."""

from pathlib import Path
from typing import Protocol

from credcheck._util.errors import UsageError
from credcheck.config import Config
from credcheck.model.reading import Reading
from credcheck.runs.roster import open_roster
from credcheck.setup.series import read_month
from credcheck.source import SourceFailed
from credcheck.tables import UnusableTable


class Readable(Protocol):
    """What can say how its table is read."""

    def read_over(self) -> Reading:
        """Return how it is read. Raises SourceFailed if it cannot be trusted."""
        ...


class SavedRoster:
    """A ``[rosters.NAME]`` table as something that is read."""

    def __init__(self, settings: Config, name: str) -> None:
        """Take the configuration and the table's name."""
        self._settings = settings
        self._saved = next(each for each in settings.rosters if each.name == name)

    def read_over(self) -> Reading:
        """Return how its newest file is read. Raises SourceFailed."""
        file = self.find_newest()
        options = self._saved.options
        try:
            return open_roster(file, options.reading("file", self._saved.name), options).reading
        except (UnusableTable, UsageError) as error:
            raise SourceFailed(str(error)) from error

    def find_newest(self) -> Path:
        """Return the file of the latest month by its name, or that was changed last.

        Raises SourceFailed where there is none.
        """
        path = self._settings.folder / Path(self._saved.options.path).expanduser()
        if path.is_file():
            return path
        parent = path.parent
        files = [
            each
            for each in (parent.iterdir() if parent.is_dir() else ())
            if each.is_file() and self._settings.names_roster(self._saved, each)
        ]
        if not files:
            raise SourceFailed(f"there is no file {self._saved.options.path!r} yet")
        return max(files, key=_age)


def _age(path: Path) -> tuple[tuple[int, int, int], float, str]:
    dated = read_month(path.name)
    return (dated.month if dated else (0, 0, 0), path.stat().st_mtime, path.name)
