"""Whether somebody fits a query by name: the name, and all that narrows it."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.identity.features.base import FeatureName
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.license_number import is_same_number, read_license
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.normalize import normalize, normalize_city
from credcheck.identity.profile import Profile, make_rival, profile_of
from credcheck.identity.scoring import PairScore, Scorer, list_comparisons
from credcheck.model import License, Physician, Place, Query, Rival
from credcheck.reference.specialties import taxonomy_name
from credcheck.source import PersonRecord


class NameFit(NamedTuple):
    """Somebody who fits a query, and how."""

    physician: Physician
    assessed: PairScore

    @property
    def rival(self) -> Rival:
        """The same as one of several to choose from."""
        return replace(make_rival(self.physician), compared=list_comparisons(self.assessed))


def find_fitting(query: Query, bearers: Sequence[Physician]) -> list[NameFit]:
    """Return the people who fit all that the query says, the best first."""
    assess = Scorer(Profile(describe_query(query)), default_frequencies())
    people = [each for each in bearers if is_where_wanted(query, each)]
    fits = [NameFit(each, assess(profile_of(each))) for each in people]
    kept = [fit for fit in fits if _all_fits(query, fit)]
    return sorted(kept, key=lambda fit: (-fit.assessed.bits, fit.physician.npi))


def describe_query(query: Query) -> PersonRecord:
    """Describe whom a query asks for, without the school and the year."""
    number, state = query.license_number, query.license_state or query.state
    return PersonRecord(
        names=(query.person,) if query.person else (),
        places=(Place(city=query.city or "", state=query.state or ""),),
        licenses=(License(number=number, state=state),) if number and state else (),
    )


def _all_fits(query: Query, fit: NameFit) -> bool:
    return (
        fit.assessed.fits
        and fit.assessed.agreement(FeatureName.MIDDLE_NAME) is not Agreement.NONE
        and is_where_wanted(query, fit.physician)
    )


def is_where_wanted(query: Query, physician: Physician) -> bool:
    """Tell whether somebody has the place, the specialty and the license of a query."""
    return (
        _place_fits(query, physician)
        and _specialty_fits(query, physician)
        and _license_fits(query, physician)
    )


def is_whole(assessed: PairScore) -> bool:
    """Tell whether the name is the very name, suffix included: who asks for Jr means no father."""
    return assessed.is_full and assessed.agreement(FeatureName.SUFFIX) in {None, Agreement.SAME}


def _place_fits(query: Query, physician: Physician) -> bool:
    states = {normalize(state) for state in physician.states}
    cities = {normalize_city(place.city) for place in physician.places}
    state_fits = query.state is None or normalize(query.state) in states
    return state_fits and (query.city is None or normalize_city(query.city) in cities)


def _specialty_fits(query: Query, physician: Physician) -> bool:
    wanted = normalize(query.specialty or "")
    names = (normalize(taxonomy_name(taxonomy.code)) for taxonomy in physician.taxonomies)
    return not wanted or any(wanted in name for name in names)


def _license_fits(query: Query, physician: Physician) -> bool:
    if not query.license_number:
        return True
    state = query.license_state or query.state
    for own in physician.licenses:
        wanted = read_license(License(number=query.license_number, state=state or own.state))
        license_ = read_license(own)
        if wanted is not None and license_ is not None and is_same_number(wanted, license_):
            return True
    return False


def is_full_fit(query: Query, physician: Physician) -> bool:
    """Tell whether somebody fits all that a query by name says, and the name in full."""
    assess = Scorer(Profile(describe_query(query)), default_frequencies())
    fit = NameFit(physician, assess(profile_of(physician)))
    return _all_fits(query, fit) and is_whole(fit.assessed)
