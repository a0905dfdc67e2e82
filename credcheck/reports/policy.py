"""An audit's policy in words: what it fails on, and why a row fails it."""

from credcheck.reference.labels import label, list_labels


def describe_policy(fail_on: str) -> str:
    """Return the words of --fail-on as people read them: ``someone is unverified``."""
    return " or ".join(_describe_word(word.strip()) for word in fail_on.split(","))


def describe_violation(said: str) -> str:
    """Return why a row fails; a verdict's code becomes its label, a sentence stays as it is."""
    return label("verdict_short", said) if said in list_labels("verdict_short") else said


def _describe_word(word: str) -> str:
    name, _, days = word.partition(":")
    if days:
        return f"{label('gate', name)} within {days.removesuffix('d')} days"
    return label("gate", name)
