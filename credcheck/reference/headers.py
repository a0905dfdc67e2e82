"""What the headers of tables mean, by the reviewed table ``headers.toml``.

A header is compared whole: "Board Certification Exp. Date" is "board certificate expiration date", and
"License Expiration Date" is nothing that a listing of certificates has.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from credcheck.reference import table

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_BETWEEN = re.compile(r"[^0-9a-z]+")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_HARMLESS = re.compile(
    r"e?s|legal( name)?|individual|type (1|i)|required|optional|if (any|known|applicable)|text"
    r"|as printed|(10|ten)[ -]?digits?|2[ -]letters?|two[ -]letters?|xx|[mdy][mdy/.\- ]{3,}"
    r"|jr\.?[,;/ ]+sr\.?.*"
    r"|last(, | )first.*|first(, | )last.*|abbreviation|usps|acgme",
    re.IGNORECASE,
)
_WORDS = {
    **dict.fromkeys(("no", "num", "nbr", "nmbr", "numb", "nr"), "number"),
    **dict.fromkeys(("nm", "nam", "names"), "name"),
    **dict.fromkeys(("lastname", "lname"), "last name"),
    **dict.fromkeys(("firstname", "fname"), "first name"),
    **dict.fromkeys(("middlename", "mname"), "middle name"),
    **dict.fromkeys(("fullname",), "full name"),
    **dict.fromkeys(("midname",), "middle name"),
    **dict.fromkeys(("lst",), "last"),
    **dict.fromkeys(("frst", "fst"), "first"),
    **dict.fromkeys(("mid", "mdl"), "middle"),
    **dict.fromkeys(("suff", "sfx"), "suffix"),
    **dict.fromkeys(("dt", "dte", "dates"), "date"),
    **dict.fromkeys(("eff", "effectv", "efctv"), "effective"),
    **dict.fromkeys(("exp", "expr", "expir", "expire", "expiry", "exprtn"), "expiration"),
    **dict.fromkeys(("lic", "licence", "licens", "lics"), "license"),
    **dict.fromkeys(("licensenum", "licenseno", "licensenbr", "licnbr"), "license number"),
    **dict.fromkeys(("cert", "certs", "certification", "certifications"), "certificate"),
    **dict.fromkeys(("certificates",), "certificate"),
    **dict.fromkeys(("prov", "prvdr", "provdr", "provr", "prvd", "providers"), "provider"),
    **dict.fromkeys(("phys", "physicians"), "physician"),
    **dict.fromkeys(("rndrng",), "rendering"),
    **dict.fromkeys(("org", "organisation", "orgn"), "organization"),
    **dict.fromkeys(("prog", "pgm", "programme"), "program"),
    **dict.fromkeys(("cd", "cde"), "code"),
    **dict.fromkeys(("cty",), "city"),
    **dict.fromkeys(("abbr", "abbrv", "abrv", "abrvtn", "abbrev"), "abbreviation"),
    **dict.fromkeys(("spec", "spclty", "speciality", "spclity"), "specialty"),
    **dict.fromkeys(("subspec", "subspeciality"), "subspecialty"),
    **dict.fromkeys(("idn", "ident"), "id"),
    **dict.fromkeys(("mbr",), "member"),
    **dict.fromkeys(("srvcs",), "services"),
    **dict.fromkeys(("tot",), "total"),
    **dict.fromkeys(("excl",), "exclusion"),
    **dict.fromkeys(("inst", "instn"), "institution"),
    **dict.fromkeys(("accred", "accr", "accrd"), "accreditation"),
    **dict.fromkeys(("trng", "trn"), "training"),
    **dict.fromkeys(("orig", "origl"), "original"),
    **dict.fromkeys(("beg", "bgn"), "begin"),
    **dict.fromkeys(("init",), "initial"),
    **dict.fromkeys(("verif", "vrfd", "vrfy"), "verified"),
    **dict.fromkeys(("desc", "descr"), "description"),
    **dict.fromkeys(("indiv", "indvdl"), "individual"),
    **dict.fromkeys(("grp",), "group"),
    **dict.fromkeys(("fac", "facil"), "facility"),
    **dict.fromkeys(("ssns",), "ssn"),
}  # fmt: skip
_ASKS = re.compile(r"\?\s*$|\W+(y\s*/\s*n|yes\s*/\s*no)\W*$", re.IGNORECASE)
_CACHE_SIZE = 1 << 12


class Spelling(NamedTuple):
    """What a header means. One that ``yields`` counts only where no other column of the file is it."""

    column: str
    yields: bool = False


@lru_cache(_CACHE_SIZE)
def header_key(text: str) -> str:
    """Return a header for comparison: ``Lic. No.``, ``LicenseNumber`` and ``LICENSE_NBR`` are one."""
    plain = unicodedata.normalize("NFKC", text).replace("#", " number ").replace("&", " and ")
    plain = _CAMEL.sub(" ", plain).casefold().replace("'", "").replace("\u2019", "")
    words = _BETWEEN.sub(" ", plain).split()
    words = " ".join(_WORDS.get(word, word) for word in words).split()
    return " ".join(word for at, word in enumerate(words) if not at or word != words[at - 1])


def recognize(text: str, groups: Iterable[str]) -> Spelling | None:
    """Return what a header means among some groups of columns, or None."""
    known = _spellings(tuple(groups))
    for key in _list_keys(text):
        if key in known:
            return known[key]
    return None


def other_npi(text: str) -> str | None:
    """Return whose NPI a header names if not the row's person's: ``organization`` or ``person``."""
    found = recognize(text, ("other_npi",))
    return found.column if found else None


def is_private(text: str) -> bool:
    """Tell whether a column holds a Social Security number or a date of birth."""
    return recognize(text, ("private",)) is not None


def is_birth_date(text: str) -> bool:
    """Tell whether a column holds dates of birth."""
    found = recognize(text, ("private",))
    return found is not None and found.column == "birth"


@cache
def all_header_keys() -> frozenset[str]:
    """Return every header of the table, for finding the row that holds the headers."""
    return frozenset(_spellings(tuple(_read())))


def columns_of(group: str) -> tuple[str, ...]:
    """Return our columns of a group, in the order of the table."""
    return tuple(_read()[group])


def _list_keys(text: str) -> Iterable[str]:
    if _ASKS.search(text):  # "Completed?" asks for a yes or no, "Completed" may be a day
        yield f"{header_key(_ASKS.sub('', text))} y n"
    yield header_key(text)
    brackets = _BRACKET.findall(text)
    if brackets and all(_HARMLESS.fullmatch(" ".join(each.split())) for each in brackets):
        yield header_key(_BRACKET.sub(" ", text))


@cache
def _read() -> dict[str, dict[str, Any]]:
    document = tomllib.loads(table("headers.toml"))
    return {name: each for name, each in document.items() if name != "owners"}


@cache
def _owners() -> tuple[str, ...]:
    return tuple(map(header_key, tomllib.loads(table("headers.toml"))["owners"]))


@cache
def _spellings(groups: tuple[str, ...]) -> dict[str, Spelling]:
    """Return every header of some groups; a header of an earlier group goes before that of a later."""
    known: dict[str, Spelling] = {}
    for group in reversed(groups):
        for column, entry in _read()[group].items():
            for yields, names in ((True, entry.get("only_if_alone", ())), (False, entry["names"])):
                for key in _with_owners(names, has_owners=entry.get("owners", False)):
                    known[key] = Spelling(column, yields)
            known[header_key(column)] = Spelling(column)
    return known


def _with_owners(names: Iterable[str], *, has_owners: bool) -> Iterable[str]:
    for name in map(header_key, names):
        yield name
        if has_owners:
            yield from (_join_keys(owner, name) for owner in _owners())


def _join_keys(one: str, other: str) -> str:
    """Return the key of two headers in one, by their keys: there are thousands of them."""
    first, _, rest = other.partition(" ")
    if one == first or one.endswith(f" {first}"):
        return f"{one} {rest}" if rest else one
    return f"{one} {other}"
