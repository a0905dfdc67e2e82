"""Names as people type them, taken apart: ``Jane Q. Doe``, ``Doe, Jane``, ``Dr. Jane Doe, MD``."""

from credcheck.model import PersonName

_GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "v", "2nd", "3rd"})


class NameParseError(ValueError):
    """The text is no name of a person."""


def parse_name(text: str) -> PersonName:
    """Take a typed name apart. Raises NameParseError if it has no family or no given name.

    A wildcard is refused: the registry would take it as one, and answer for many people.
    """
    from nameparser import HumanName

    if "*" in text or "?" in text:
        raise NameParseError(f"{text!r}: names cannot contain wildcards")
    parsed = HumanName(text)
    if not parsed.last or not parsed.first:
        raise NameParseError(f"{text!r}: give a first and a last name, such as 'Jane Q. Doe'")
    return PersonName(
        last=str(parsed.last),
        first=str(parsed.first),
        middle=str(parsed.middle),
        suffix=_generation(str(parsed.suffix)),
    )


def _generation(suffix: str) -> str:
    words = suffix.replace(",", " ").split()
    return " ".join(word for word in words if word.casefold().strip(".") in _GENERATIONS)
