"""Whether a verdict rests on a question that got no answer: asking again may tell more."""

from credcheck.model import Code, State, Verdict
from credcheck.verify.namesakes import is_unasked


def unanswered(verdict: Verdict) -> str | None:
    """Say which source did not answer: about the person, who bears the name, or who else does."""
    for source in verdict.sources:
        if source.state is State.FAILED:
            return f"{source.name}: {source.detail}"
    for reason in verdict.resolution.reasons:
        if reason.code is Code.SOURCE_FAILED:
            return reason.message
    for item in verdict.evidence:
        if is_unasked(item.match):
            return item.match.why
    return None
