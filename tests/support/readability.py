"""How hard a text is to read: the grade of Flesch and Kincaid, with syllables counted by rule.

Source: Kincaid et al., 1975 (0.39 words a sentence, 11.8 syllables a word, less 15.59).
"""

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SENTENCE = re.compile(r"[.!?:]+\)?(?=\s|$)|\n\s*\n")
_VOWELS = re.compile(r"[aeiouy]+")
_ADDRESS = re.compile(r"\b[\w-]+(\.[\w-]+)+\b")
_SILENT = re.compile(r"(?:[^laeiouyszxcgh]es|[^aeiouy]e|[^tdaeiouy]ed)$")


def count_syllables(word: str) -> int:
    """Return the syllables of a word: its groups of vowels, without a silent ending."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    stem = _SILENT.sub("", plain) if len(plain) > 3 and not plain.endswith("le") else plain
    return max(1, len(_VOWELS.findall(stem)))


def grade(text: str) -> float:
    """Return the school grade that a text asks for. Addresses of the web are no words."""
    bare = _ADDRESS.sub("it", text)
    words = _WORD.findall(bare)
    sentences = [each for each in _SENTENCE.split(bare) if _WORD.search(each)]
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
