"""What the pages for people share: templates that escape everything, and a policy by digests."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from credcheck._util.text import escape_control

if TYPE_CHECKING:
    from jinja2 import Environment

_PLAIN = re.compile(r"[A-Za-z0-9 ]")


@cache
def environment() -> "Environment":
    """Return the templates' environment. All that is written into one is escaped."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["visible"] = _show
    return made


def read_text(package: str, name: str) -> str:
    """Return the text of a file that lies beside the code."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def digest_for_policy(text: str) -> str:
    """Return the digest by which a Content-Security-Policy knows a style or a script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def css_string(text: str) -> str:
    """Return a text from outside as a string of CSS: whatever could end it is written as a number."""
    shown = escape_control(text)
    escaped = (c if _PLAIN.fullmatch(c) else f"\\{ord(c):06x} " for c in shown)
    return f'"{"".join(escaped)}"'


def _show(value: Any) -> str:
    """Return text from outside with what hides or acts written out; a line end stays."""
    return "\n".join(escape_control(part) for part in str(value).split("\n"))
