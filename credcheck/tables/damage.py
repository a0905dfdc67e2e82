"""Files of foreign formats: whatever their readers raise on a damaged one is told as damage."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from credcheck.tables.base import TableUnusable


@contextmanager
def damage_told(path: Path, what: str) -> Iterator[None]:
    """Turn every error of a reader into TableUnusable: damage may show in any way."""
    try:
        yield
    except TableUnusable:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"{path.name}: the {what} cannot be read: {reason}; save it again, or as .csv"
        raise TableUnusable(message) from error
