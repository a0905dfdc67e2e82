"""A packet as a page that stands alone: no script, nothing loaded, and clean on paper."""

from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from credcheck.reports.packet.document import (
    Banner,
    Block,
    Choices,
    Facts,
    Items,
    Lines,
    Note,
    Packet,
    PacketTable,
    Pair,
    Picture,
)
from credcheck.reports.page.tools import css_string, digest_for_policy, environment, read_text

if TYPE_CHECKING:
    from jinja2 import Template

_PACKAGE = "credcheck.reports.packet"
_KINDS: dict[type[Block], str] = {
    Banner: "banner",
    Choices: "choices",
    Facts: "facts",
    Items: "items",
    Lines: "lines",
    Note: "note",
    PacketTable: "table",
    Pair: "pair",
    Picture: "picture",
}
"""What the template calls each kind of block."""


def write_html(packet: Packet, out: BinaryIO) -> None:
    """Write a packet as HTML."""
    style = "".join(
        (read_text("credcheck.reports.page", "shared.css"), read_text(_PACKAGE, "packet.css"))
    )
    style += _page_rules(packet)
    page = _template().render(
        packet=packet,
        style=style,
        style_hash=digest_for_policy(style),
        kind_of=lambda block: _KINDS[type(block)],
    )
    out.write(page.encode())


@cache
def _template() -> "Template":
    return environment().from_string(read_text(_PACKAGE, "packet.html"))


def _page_rules(packet: Packet) -> str:
    """Return what stands on each printed page: who, that it is confidential, the page, the digest."""
    who = css_string(f"{packet.name}, {packet.number}")
    foot = css_string(f"Verdict SHA-256 {packet.digest}")
    small = "font: 7.5pt system-ui, 'Liberation Sans', Arial, sans-serif; color: #444;"
    return (
        "@page { size: letter; margin: 0.75in 0.65in 0.7in;"
        f" @top-left {{ content: {who}; {small} }}"
        f" @top-right {{ content: {css_string(packet.confidential)}; {small} }}"
        f" @bottom-left {{ content: {foot}; {small} font-size: 6.5pt; }}"
        f' @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {small} }} }}\n'
    )
