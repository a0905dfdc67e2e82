"""The page of a run, read back: its parts, its data, and the drawers that are packed in it."""

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """A page by its tags, its attributes and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.source = page
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.text += data

    @property
    def data(self) -> Any:
        """The rows of the table and what they refer to."""
        found = re.search(r'<script type="application/json" id="data">(.*?)</script>', self.source)
        assert found is not None
        return json.loads(found.group(1))

    @property
    def drawers(self) -> list[str]:
        """The HTML of every drawer, in the order of the rows."""
        packed = re.findall(r'<script type="text/plain" id="block-\d+">(.*?)</script>', self.source)
        return [
            each
            for block in packed
            for each in json.loads(zlib.decompress(base64.b64decode(block)))
        ]

    def everything(self) -> str:
        """Return the text of the page and of all drawers."""
        return self.text + "".join(Page(each).text for each in self.drawers)
