"""Searching NPPES by name: all pages that it gives, and whether these are all people.

``result_count`` is the rows of a page, not a total, and a larger ``skip`` than 1,000 may repeat
pages without a word. So a search ends with a page that is not full; one that ends otherwise is
marked incomplete, and nobody may be picked from it.
"""

import re
import unicodedata
from typing import NamedTuple

from credcheck.identity.normalize import normalize
from credcheck.source import NameQuestion
from credcheck_sources.nppes.client import ApiAnswer, NppesClient
from credcheck_sources.nppes.raw_record import record_number

_PAGE = 200
_LAST_SKIP = 1000
_LONGEST_NAME = 150  # NPPES keeps 35 letters of a name
_STATE = re.compile(r"[A-Za-z]{2}")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9 &':,/().#;\"-]")


class Page(NamedTuple):
    """All pages of a search together."""

    answers: tuple[ApiAnswer, ...]
    complete: bool


async def search(client: NppesClient, question: NameQuestion) -> Page:
    """Ask for everybody of a name. Raises RequestFailed and Refused as the client does."""
    answers: list[ApiAnswer] = []
    seen: set[str] = set()
    for skip in range(0, _LAST_SKIP + 1, _PAGE):
        answered = await client.ask(search_criteria(question) | _paging(skip))
        numbers = {record_number(result) for result in answered.results}
        if numbers and numbers <= seen:
            return Page(tuple(answers), complete=False)
        seen |= numbers
        answers.append(answered)
        if len(answered.results) < _PAGE:
            return Page(tuple(answers), complete=True)
    return Page(tuple(answers), complete=False)


def search_criteria(question: NameQuestion) -> dict[str, str]:
    """Return the search's criteria. A first name of one letter is left out: wildcards need two.

    The alias search is switched off: it would answer BOB for ROBERT.
    """
    wanted = {
        "enumeration_type": "NPI-1",
        "last_name": clean_for_search(question.name.last),
        "use_first_name_alias": "False",
    }
    first = clean_for_search(question.name.first)
    if len(normalize(first)) > 1:
        wanted["first_name"] = first
    if question.state:
        wanted["state"] = question.state.upper()
    return wanted


def clean_for_search(text: str) -> str:
    """Return a name in the letters that NPPES accepts: accents dropped, other signs left out."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_ALLOWED.sub("", bare).strip()


def can_be_asked(question: NameQuestion) -> bool:
    """Tell whether a question is one that NPPES can be asked."""
    name = question.name
    if max(len(name.last), len(name.first)) > _LONGEST_NAME or "*" in name.last + name.first:
        return False
    if question.state and not _STATE.fullmatch(question.state):
        return False  # NPPES would find nobody in a state that is none
    return bool(clean_for_search(name.last))


def _paging(skip: int) -> dict[str, str]:
    return {"limit": str(_PAGE), "skip": str(skip)}
