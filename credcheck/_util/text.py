"""Text from outside, made safe to show. The one boundary for terminal, JSON and logs.

Registry answers, listings and rosters may hold control characters, bidirectional overrides or
terminal escapes. A name that can move the cursor can forge a verdict, so nothing from outside is
shown before it went through here.
"""

import re
import unicodedata

_PLAIN_ARGUMENT = re.compile(r"[A-Za-z0-9_./:=+-]+")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0]")
"""Letters and signs that are drawn as nothing: a name that holds one looks like another name."""
_BEYOND_ASCII_TEXT = re.compile(r"[^\x20-\x7e\n]+")


def escape_control(text: str) -> str:
    r"""Return the text with every character that hides or acts written out: ``\x1b``, ``\u202e``.

    Affected are the Unicode categories Cc, Cf, Cs, Co, Cn, Zl and Zp, and letters that are blank, such
    as the Hangul fillers. All else stays as it is, so the result is for showing and not for comparing.
    """
    if _is_plain(text):
        return text
    return "".join(write_out(c) if _is_hidden(c) else c for c in text)


def escape_control_json(document: bytes) -> bytes:
    """Return UTF-8 JSON with the same characters as JSON escapes: no data is changed by it."""
    if document.isascii() and b"\x7f" not in document:
        return document  # an encoder escapes the other control characters of ASCII itself
    text = document.decode()
    return _BEYOND_ASCII_TEXT.sub(lambda run: _escape_run(run.group()), text).encode()


def shorten(text: str, most: int = 200) -> str:
    """Return the text, or its beginning and how long it is."""
    return text if len(text) <= most else f"{text[:most]}... ({len(text):,} characters)"


def pluralize(count: int, noun: str, many: str | None = None) -> str:
    """Return ``1 row`` or ``2 rows``."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def quote_argument(text: str) -> str:
    """Return an argument as it is typed in sh and in PowerShell alike: quoted whole, if need be."""
    if _PLAIN_ARGUMENT.fullmatch(text):
        return text
    return f'"{text}"' if "'" in text else f"'{text}'"


def write_out(character: str) -> str:
    r"""Return a character by its number, as Python writes it: ``\x1b``, ``\u202e``, ``\U0001f600``."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_plain(text: str) -> bool:
    return text.isprintable() and (text.isascii() or not _BLANK.search(text))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN or bool(_BLANK.match(character))


def _escape_run(run: str) -> str:
    if _is_plain(run):
        return run
    return "".join(
        "".join(f"\\u{unit:04x}" for unit in _utf16_units(c)) if _is_hidden(c) else c for c in run
    )


def _utf16_units(character: str) -> tuple[int, ...]:
    code = ord(character)
    if code < 0x10000:
        return (code,)
    code -= 0x10000
    return 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF)
