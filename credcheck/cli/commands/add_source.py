"""Adding a source to a configuration file, whole or not at all."""

import datetime as dt
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from credcheck.cli.exit_codes import Exit, Stop
from credcheck.config import SettingsError, open_source, parse_settings
from credcheck.source.adapter import Context
from credcheck.storage import NoCache

_NAME = re.compile(r"[A-Za-z0-9_-]+")


def value_of(text: str) -> Any:
    """Return an option's value: a TOML value if it reads as one, else the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def added(file: Path, name: str, options: Mapping[str, Any]) -> None:
    """Append the source to the file. Raises Stop, with nothing written, if that is not valid."""
    if not _NAME.fullmatch(name):
        raise Stop(Exit.USAGE, f"{name!r}: a source's name has letters, digits, - and _ only")
    before = _text(file)
    block = tomli_w.dumps({"sources": {name: dict(options)}})
    after = f"{before.rstrip()}\n\n{block}" if before.strip() else block
    try:
        settings = parse_settings(tomllib.loads(after), file)
        new = next(source for source in settings.sources if source.name == name)
        open_source(new, _nowhere(settings.folder), str(file))
    except tomllib.TOMLDecodeError as error:
        raise Stop(Exit.USAGE, f"{file}: {name} is there already, or: {error}") from error
    except SettingsError as error:
        raise Stop(Exit.USAGE, str(error)) from error
    _write_whole(file, after)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(Exit.USAGE, f"{file}: {error}") from error


def _nowhere(folder: Path) -> Context:
    return Context(folder=folder, today=dt.date.min, cache=NoCache(), offline=True)


def _write_whole(file: Path, text: str) -> None:
    """Write beside the file and rename, so that a full disk leaves the old file in place."""
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.resolve().parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).replace(file.resolve())
    except OSError as error:
        raise Stop(Exit.OUTPUT_INCOMPLETE, f"{file}: {error.strerror}") from error
