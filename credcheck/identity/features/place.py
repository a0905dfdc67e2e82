"""Places: the row's city and state against all places of practice and all states of license."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.profile import Whereabouts

_CITY_COST = 0.3
_STATE_COST = 1.0
_ANOTHER_CITY = -2.0
ANOTHER_STATE = -3.0
_MOST = 10.0


def compare(row: Whereabouts, person: Whereabouts, shares: TermFrequencies) -> FeatureScore | None:
    """Weigh two people's places.

    A city is worth its rarity, a state alone its own. Another state speaks against, but not
    decisively: physicians move, and listings lag behind.
    """
    if not row.states or not person.states:
        return None
    cities = row.cities & person.cities
    if cities:
        bits = min(_MOST, *(shares.city(city) for city in cities)) - _CITY_COST
        return FeatureScore(FeatureName.PLACE, row, person, Agreement.SAME, "same city", bits)
    states = row.states & person.states
    if states:
        another = _ANOTHER_CITY if row.cities and person.cities else 0.0
        bits = min(shares.state(state) for state in states) - _STATE_COST + another
        return FeatureScore(FeatureName.PLACE, row, person, Agreement.SAME, "same state", bits)
    return FeatureScore(
        FeatureName.PLACE, row, person, Agreement.NONE, "another state", ANOTHER_STATE
    )


PLACE = Feature(attrgetter("whereabouts"), compare)
