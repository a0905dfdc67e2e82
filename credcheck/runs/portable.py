"""Judging for engines that hand out work: how to judge goes to a process, and the sources do not."""

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Self

from msgspec.structs import replace

from credcheck.config import Config, load_config, open_sources, store_folder
from credcheck.model import Query, Verdict
from credcheck.runs.shards import check_not_live
from credcheck.source.adapter import Context
from credcheck.standards.loader import Standard, load_standard
from credcheck.storage import NoCache
from credcheck.verify.pipeline import Verifier


class PortableVerifier:
    """Judges partitions of queries, in whatever process it is called.

    It can be pickled: the settings, the standard and the days go along, and each process opens the
    sources itself when it is first called. So the paths in the settings have to lead to the same files
    everywhere. The verdicts are those of one process, byte for byte.
    """

    def __init__(
        self,
        config: Path | str,
        *,
        as_of: dt.date,
        standard: str | None = None,
        today: dt.date | None = None,
        without: Collection[str] = (),
    ) -> None:
        """Read a credcheck.toml and a standard: its own one, unless another id or file is named.

        ``today`` is the day of the run, from the clock unless it is given. ``without`` names sources
        that are left out. Raises UsageError.
        """
        settings = load_config(Path(config))
        context = Context(
            folder=settings.folder,
            today=today or dt.datetime.now(tz=dt.UTC).astimezone().date(),
            cache=NoCache(),
            store=store_folder(),
        )
        chosen = load_standard(standard or settings.standard)
        self._set(settings, chosen, context, as_of, without)

    @classmethod
    def from_parts(
        cls,
        settings: Config,
        standard: Standard,
        context: Context,
        *,
        as_of: dt.date,
        without: Collection[str] = (),
    ) -> Self:
        """Return a verifier of what a run has opened already, except its cache."""
        made = cls.__new__(cls)
        made._set(  # noqa: SLF001 - its own
            settings, standard, replace(context, cache=NoCache()), as_of, without
        )
        return made

    def _set(
        self,
        settings: Config,
        standard: Standard,
        context: Context,
        as_of: dt.date,
        without: Collection[str],
    ) -> None:
        self._settings, self._standard, self._context = settings, standard, context
        self.as_of = as_of
        self._without = tuple(without)
        self._opened: Verifier | None = None

    def __call__(self, queries: Sequence[Query]) -> list[Verdict]:
        """Return a verdict for every query, in order.

        Raises UsageError where the sources cannot be opened, or one is asked over the network: all
        processes together would break its rate.
        """
        if self._opened is None:
            self._opened = self.open()
        return list(self._opened(queries))

    def __getstate__(self) -> dict[str, object]:
        """Return what goes to another process: all but the opened sources."""
        return self.__dict__ | {"_opened": None}

    def open(self) -> Verifier:
        """Open the sources here, and return what judges with them. Raises UsageError as a call does."""
        source_set = open_sources(self._settings, self._context, without=self._without)
        check_not_live(source_set.sources, "several processes")
        return Verifier(source_set, self._standard, self.as_of)
