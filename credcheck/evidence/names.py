"""Names of training programs: whether two may mean one program."""

from credcheck.reference.vocabulary import list_words, normalize_phrase


def telling_words(name: str) -> frozenset[str]:
    """Return the words of a program's name that tell it from others."""
    return frozenset(normalize_phrase(name).split()) - list_words("program_name").keys()


def names_agree(one: str, other: str) -> bool:
    """Tell whether two names may mean one program.

    They may if they share a telling word, one is the other's initials (``OSU``), or one has no word
    that tells.
    """
    a, b = telling_words(one), telling_words(other)
    return not a or not b or bool(a & b) or _has_initials(a, other) or _has_initials(b, one)


def _has_initials(words: frozenset[str], name: str) -> bool:
    """Tell whether a word is the initials of words that follow each other in a name."""
    parts = [
        word for word in normalize_phrase(name).split() if word not in {"of", "the", "and", "at"}
    ]
    initials = "".join(part[0] for part in parts)
    return any(len(word) in range(3, 7) and word in initials for word in words)
