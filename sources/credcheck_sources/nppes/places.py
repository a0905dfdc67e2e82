"""Who is at a place: a record of an active individual against a question without a name."""

from credcheck.reference.vocabulary import normalize_phrase
from credcheck.source import PlaceQuestion
from credcheck_sources.nppes.raw_record import RawRecord

_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def is_there(record: RawRecord, question: PlaceQuestion) -> bool:
    """Tell whether a record is of somebody who fits: in service, of a code, and at the place."""
    if record.entity != "1" or record.status != "A":
        return False
    if not any(code.strip() in question.codes for code, *_ in record.taxonomies):
        return False
    state = question.state.upper()
    cities = [city for city, its_state in record.places if its_state.strip().upper() == state]
    if question.city is not None:
        return city_key(question.city) in map(city_key, cities)
    licensed = (its_state for _, number, its_state, _ in record.taxonomies if number.strip())
    return bool(cities) or state in {each.strip().upper() for each in licensed}


def city_key(city: str) -> str:
    """Return a city for comparison: St. Louis is Saint Louis."""
    return " ".join(_SHORT.get(word, word) for word in normalize_phrase(city).split())
