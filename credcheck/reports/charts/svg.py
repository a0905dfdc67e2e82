"""Drawing SVG: every text is escaped, numbers are short, and each picture says itself in words."""

from html import escape

from credcheck._util.text import escape_control


def element(name: str, text: str | None = None, /, **attributes: object) -> str:
    """Return an element. ``class_`` is its class; an underscore in a name stands for a hyphen."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{shown}/>" if text is None else f"<{name}{shown}>{clean(text)}</{name}>"


def picture(width: float, height: float, title: str, parts: list[str], *, name: str) -> str:
    """Return a picture. ``title`` says in words what it shows; ``name`` is its class."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {name}" role="img"'
        f' viewBox="0 0 {_value(width)} {_value(height)}" aria-label="{clean(title)}">'
    )
    return f"{head}{''.join(parts)}</svg>"


def rect(x: float, y: float, width: float, height: float, class_: str, hint: str = "") -> str:
    """Return a rectangle; ``hint`` shows when it is pointed at."""
    box = f'<rect x="{_value(x)}" y="{_value(y)}" width="{_value(max(width, 0))}"'
    box += f' height="{_value(height)}" rx="2" class="{class_}"'
    return f"{box}><title>{clean(hint)}</title></rect>" if hint else f"{box}/>"


def words(x: float, y: float, said: str, class_: str = "t", anchor: str = "start") -> str:
    """Return a text; ``anchor`` is start, middle or end."""
    return element("text", said, x=x, y=y, class_=class_, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """Return a line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def clean(text: str) -> str:
    """Return text from outside for SVG or HTML: nothing in it can act."""
    return escape(escape_control(text), quote=True)


def cut(text: str, most: int) -> str:
    """Return the text, cut to a number of characters."""
    return text if len(text) <= most else text[: most - 1] + "\u2026"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return clean(str(value))
