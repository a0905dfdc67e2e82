"""Files and folders brought to the disk, so that they outlive a lost power supply."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file, or a folder's entries, to the disk. Raises OSError."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
