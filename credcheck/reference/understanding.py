"""The one place that turns the words of listings into ours.

Every text is understood, understood once plain damage is undone, not understood, or empty. Nothing is
guessed from likeness. Undone is what a spreadsheet or a clerk leaves and what cannot change a meaning:
case, spacing, punctuation, a leading ``#``, a trailing ``Inc.``, and a bracket or a dash that repeats
the name. Only an understood word can make a negative (truth rule 9); what is not understood is quoted.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from credcheck.reference.boards import Board, find_boards
from credcheck.reference.specialties import certificate_specialty
from credcheck.reference.vocabulary import is_from_memory, list_words, normalize_phrase

T = TypeVar("T")

_BRACKET = re.compile(r"^(?P<head>[^()\[\]]+?)\s*[(\[](?P<inner>[^()\[\]]+)[)\]]\.?$")
_DASH = re.compile(r"\s+[-\u2010-\u2015|/]\s+")
_COMPANY = re.compile(r"[\s,]+(inc|incorporated)\.?$", re.IGNORECASE)
_NUMBER_MARKS = re.compile(r"[\s.\-\u2010-\u2015]+")
_ROUNDED = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_NUMBER_LENGTH = 10
_FEWEST_DIGITS = 6  # left of a program number that is still told from others
_CACHE_SIZE = 1 << 12


class State(StrEnum):
    """How far a text was understood."""

    UNDERSTOOD = "understood"
    REPAIRED = "repaired"
    NOT_UNDERSTOOD = "not_understood"
    EMPTY = "empty"


class Understood(NamedTuple, Generic[T]):
    """A text and what it means. ``value`` is None unless it is understood.

    ``hint`` says to people why it is not: it is ambiguous, or known from memory alone.
    """

    text: str
    value: T | None
    state: State
    hint: str = ""

    @property
    def is_unclear(self) -> bool:
        """Whether there is a text that is not understood."""
        return self.state is State.NOT_UNDERSTOOD


@lru_cache(_CACHE_SIZE)
def understand_word(group: str, text: str) -> Understood[str]:
    """Return what a phrase means in a group of ``words.toml``: a status, duration, accreditor."""
    words = list_words(group)
    found = _look_up(text, lambda each: words.get(normalize_phrase(each)))
    if found.is_unclear and is_from_memory(group, text):
        return found._replace(hint="no source of credcheck's tables has this word")
    return found


@lru_cache(_CACHE_SIZE)
def understand_board(text: str) -> Understood[Board]:
    """Return the board that a text names. "ABPM" names two, so it is not understood."""
    found = _look_up(text, _one_board)
    if found.is_unclear:
        found = _without_body(text, found)
    boards = find_boards(text)
    if found.is_unclear and len(boards) > 1:
        return found._replace(hint="it may be " + " or ".join(board.name for board in boards))
    return found


@lru_cache(_CACHE_SIZE)
def understand_certificate(text: str) -> Understood[str]:
    """Return the specialty that a certificate is in; ``other`` for one that is known and another."""
    return _look_up(text, certificate_specialty)


@lru_cache(_CACHE_SIZE)
def certificate_key(board: str, certificate: str) -> str | None:
    """Return which certificate of which board two texts name, as ``ABA/pain_medicine``."""
    issuer, specialty = understand_board(board).value, understand_certificate(certificate).value
    return f"{issuer.id}/{specialty}" if issuer and specialty else None


@lru_cache(_CACHE_SIZE)
def understand_specialty(text: str) -> Understood[str]:
    """Return the specialty that a program or a fellowship is in; ``other`` for a known other one."""
    words = list_words("specialty")
    return _look_up(
        text, lambda each: words.get(normalize_phrase(each)) or certificate_specialty(each)
    )


@lru_cache(_CACHE_SIZE)
def understand_accreditors(text: str) -> Understood[frozenset[str]]:
    """Return who accredits a program: ``ACGME/AOA`` names two. Nobody at all is an empty set."""
    words = list_words("accreditor")

    def read(each: str) -> frozenset[str] | None:
        pieces = [piece for piece in re.split(r"[/;,&+]|\band\b", each) if piece.strip()]
        meant = [words.get(normalize_phrase(piece)) for piece in pieces]
        if not meant or None in meant:
            word = words.get(normalize_phrase(each))
            return frozenset({word}) - {"none"} if word else None
        named = frozenset(word for word in meant if word)
        if "none" in named and len(named) > 1:
            return None  # "ACGME / none" says two things
        return named - {"none"}

    return _look_up(text, read)


@lru_cache(_CACHE_SIZE)
def understand_program_number(text: str) -> Understood[str]:
    """Return an accreditor's program number as ten digits, with hyphens, blanks and ``.0`` undone.

    A number that a spreadsheet rounded (5.30E+09) has lost its digits, and is not understood.
    """
    bare = text.strip().lstrip("'#").strip()
    if not bare:
        return Understood(text, None, State.EMPTY)
    digits = _NUMBER_MARKS.sub("", bare.removesuffix(".0"))
    if len(digits) == _NUMBER_LENGTH and digits.isascii() and digits.isdigit():
        state = State.UNDERSTOOD if digits == text else State.REPAIRED
        return Understood(text, digits, state)
    return Understood(text, None, State.NOT_UNDERSTOOD)


def program_key(number: str) -> str:
    """Return the form in which two program numbers are compared; empty where it cannot be."""
    if is_rounded(number):
        return ""
    return understand_program_number(number).value or normalize_phrase(number)


def is_program_number(text: str) -> bool:
    """Tell whether a text is a whole program number of the ACGME's form."""
    return understand_program_number(text).value is not None


def is_cut_number(number: str, whole: str) -> bool:
    """Tell whether a program number may be another that has lost digits: no ten, in the same order."""
    if is_program_number(number):
        return False
    digits = [each for each in number if each.isdigit()]
    left = iter(whole)
    return len(digits) >= _FEWEST_DIGITS and all(each in left for each in digits)


def is_rounded(number: str) -> bool:
    """Tell whether a spreadsheet has rounded a number (5.30E+09): its digits are lost."""
    return _ROUNDED.fullmatch(number.strip().lstrip("'#")) is not None


def _look_up(text: str, read: Callable[[str], T | None]) -> Understood[T]:
    """Look a text up as it stands, then with plain damage undone."""
    if not normalize_phrase(text):
        return Understood(text, None, State.EMPTY if not text.strip() else State.NOT_UNDERSTOOD)
    value = read(text)
    if value is not None:
        return Understood(text, value, State.UNDERSTOOD)
    for repaired in _repair(text):
        meant = {read(piece) for piece in repaired}
        if len(meant) == 1 and None not in meant:  # every piece says the same
            return Understood(text, meant.pop(), State.REPAIRED)
    return Understood(text, None, State.NOT_UNDERSTOOD)


def _repair(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the text without plain damage: one piece, or several that must mean the same."""
    bare = _COMPANY.sub("", text.strip().lstrip("#'").strip())
    yield (bare,)
    bracket = _BRACKET.match(bare)
    if bracket is not None:
        head, inner = _COMPANY.sub("", bracket["head"].strip()), bracket["inner"].strip()
        yield (head, inner)
    pieces = tuple(piece for piece in _DASH.split(bare) if piece.strip())
    if len(pieces) > 1:
        yield pieces
    first, _, rest = bare.partition(" ")
    if first.isupper() and rest:  # "ABA American Board of Anesthesiology"
        yield (first, rest)


def _without_body(text: str, found: Understood[Board]) -> Understood[Board]:
    """Understand "ABMS - American Board of ...": the body that the board belongs to, and the board."""
    pieces = [piece.strip() for piece in _DASH.split(text) if piece.strip()]
    for body, name in ((pieces[0], pieces[1]), (pieces[1], pieces[0])) if len(pieces) == 2 else ():
        board = _look_up(name, _one_board).value
        if board is not None and normalize_phrase(body) == normalize_phrase(board.member_of):
            return Understood(text, board, State.REPAIRED)
    return found


def _one_board(text: str) -> Board | None:
    boards = find_boards(text)
    return boards[0] if len(boards) == 1 else None
