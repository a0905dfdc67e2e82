"""TOML from outside: what cannot be read is one kind of error, however it is broken."""

import tomllib
from typing import Any


def parse_toml(text: str) -> dict[str, Any]:
    """Return a document. Raises TOMLDecodeError, for what is nested too deep or has endless digits too.

    tomllib lets the interpreter's own limits through as other errors, which nobody expects of it.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("it is nested too deeply") from error
    except ValueError as error:
        raise tomllib.TOMLDecodeError(str(error)) from error
