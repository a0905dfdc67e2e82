"""Whether two people's names agree, and no more than that."""

from collections.abc import Sequence

from credcheck.identity.laying import lay
from credcheck.identity.profile import name_words
from credcheck.model import PersonName


def names_agree(ours: Sequence[PersonName], theirs: Sequence[PersonName]) -> bool:
    """Tell whether two people's names agree without allowing for misprints, or one has none."""
    laid = lay([name_words(name) for name in theirs], [name_words(name) for name in ours])
    return laid is None or (laid.fits and not laid.slips)
