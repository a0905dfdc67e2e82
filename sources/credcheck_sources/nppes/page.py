"""What a service that stands between says: the words of its page, and the id to quote to its staff."""

import html
import re
from collections.abc import Iterator, Mapping

from credcheck._util.text import escape_control, shorten

BIGGEST_PAGE = 64 << 10
"""Bytes of a page that are read."""

_QUOTED = 200
_LONGEST_ID = 80
_TOKEN = re.compile(r"<(/?)([A-Za-z]*)[^<>]*>?|([^<]+)")  # stops at the next '<': time is linear
_UNSEEN = {"script", "style"}
_ID = re.compile(
    r"\b(?:support|request|reference|incident|event|ray|tracking|transaction)"
    r"(?: ?(?:id|number|no\.?|code))?(?: is)? ?[:#] ?[0-9A-Za-z._-]{3,64}",
    re.IGNORECASE,
)
_ID_HEADERS = (
    "X-Request-Id", "X-Correlation-Id", "CF-RAY", "X-Amzn-RequestId", "X-Amz-Cf-Id",
    "X-Akamai-Request-Id", "X-Azure-Ref",
)  # fmt: skip


def describe_page(page: bytes, headers: Mapping[str, str]) -> str:
    """Return what a page says in few words, with the id that its service gave, or nothing."""
    text = " ".join(html.unescape(" ".join(_list_texts(page))).split())
    parts = [shorten(text, _QUOTED)] if text else []
    found = _ID.search(text)
    if found is not None and found.end() > _QUOTED:
        parts.append(found.group())
    parts.extend(
        f"{name}: {shorten(headers[name], _LONGEST_ID)}" for name in _ID_HEADERS if name in headers
    )
    return escape_control("; ".join(parts))


def _list_texts(page: bytes) -> Iterator[str]:
    """List the texts between the tags, without those that nobody sees."""
    hidden = False
    for token in _TOKEN.finditer(page[:BIGGEST_PAGE].decode("utf-8", errors="replace")):
        end, tag, text = token.groups()
        if text is None:
            hidden = not end if tag.lower() in _UNSEEN else hidden
        elif not hidden:
            yield text
