"""Who is at a place: a record of an active individual against a question without a name."""

import re

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
    here = [place for place in record.places if place[1].strip().upper() == state]
    if question.city is not None or question.zip_code is not None:
        return any(_fits(city, code, question) for city, _, code in here)
    licensed = (its_state for _, number, its_state, _ in record.taxonomies if number.strip())
    return bool(here) or state in {each.strip().upper() for each in licensed}


def _fits(city: str, zip_code: str, question: PlaceQuestion) -> bool:
    """Tell whether one practice location is in the city and under the ZIP code that are asked for."""
    if question.city is not None and city_key(question.city) != city_key(city):
        return False
    return re.sub(r"[^0-9]", "", zip_code).startswith(question.zip_code or "")


def city_key(city: str) -> str:
    """Return a city for comparison: St. Louis is Saint Louis."""
    return " ".join(_SHORT.get(word, word) for word in normalize_phrase(city).split())
