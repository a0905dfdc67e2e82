"""A query's medical school and year of its degree, beside those of the people whom its name fits.

They are held against what enrollment lists have by NPI, as for a row (identity/schooling.py): they may
confirm one of several, and cast doubt on the only one. Nobody is ruled out by what is known of them.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.odds import decides, rank_best_first
from credcheck.identity.profile import Profile, profile_of
from credcheck.identity.schooling import (
    SCHOOLING,
    KnownSchooling,
    add_schooling,
    favor_schooling,
    is_confirmed,
)
from credcheck.identity.scoring import Scorer
from credcheck.model import Physician, Query
from credcheck.source import PersonRecord
from credcheck.verify.name_fit import is_whole

ANOTHER_SCHOOL = "another medical school or year of the degree in an enrollment list"

_DIFFERS = -4.0


def has_schooling(query: Query) -> bool:
    """Tell whether a query has a medical school or a year."""
    return any(query.schooling)


def confirm_one(
    query: Query, about: PersonRecord, people: Sequence[Physician], known: KnownSchooling
) -> Physician | None:
    """Return the one of several people whose school or year the query has, or None.

    ``about`` is what else the query says. It must be this person by the same odds as for a row.
    """
    assess = _scorer(query, about)
    fitting = [profile_of(each) for each in people]
    scores = rank_best_first([assess(favor_schooling(assess, x, known)) for x in fitting])
    best = scores[0]
    found = known.get(best.person.npi)
    is_sure = found is not None and found.proves and is_confirmed(best) and is_whole(best)
    return best.person.physician if is_sure and decides(best, scores, 0, assess.shares) else None


def is_contradicted(
    query: Query, about: PersonRecord, person: Physician, known: KnownSchooling
) -> bool:
    """Tell whether the query's school or year is not this person's."""
    schooled = _scorer(query, about)(add_schooling(profile_of(person), known))
    return schooled.contradicted or schooled.bits_of(SCHOOLING) <= _DIFFERS


def _scorer(query: Query, about: PersonRecord) -> Scorer:
    school, year = query.schooling
    described = replace(about, school=school or "", graduated=year)
    return Scorer(Profile(described), default_frequencies())
