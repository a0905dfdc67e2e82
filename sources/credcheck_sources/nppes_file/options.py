"""What a configuration may say about the imported registry."""

import msgspec

from credcheck.model import Coverage
from credcheck.source.adapter import Days, parse_days


class NppesFileOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the imported registry.

    Without ``path``, the current snapshot is used, or the one whose id starts with
    ``snapshot``, so that an audit can be frozen on a day. ``path`` names a dissemination file
    (CSV or zip) to use instead: a file of up to 100 MB is imported when it is first used, a
    larger one must be imported beforehand. ``max_age`` is 45 days, because CMS publishes each
    month. ``coverage`` says what absence means: ``partial``, because an NPI may have been
    issued after the file was made.
    """

    path: str | None = None
    snapshot: str | None = None
    max_age: Days = "45d"
    coverage: Coverage = Coverage.PARTIAL

    def __post_init__(self) -> None:
        parse_days(self.max_age)
        if self.path is not None and self.snapshot is not None:
            raise ValueError("path and snapshot cannot be used together")
