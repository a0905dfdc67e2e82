"""What is compared of two people, one small file each, and the list of them all.

Adding a feature is adding its file and its line here.
"""

from credcheck.identity.features.base import Feature, NameFeature
from credcheck.identity.features.birth_date import BIRTH_DATE
from credcheck.identity.features.degree import DEGREE
from credcheck.identity.features.family_name import family_name
from credcheck.identity.features.given_name import given_name, middle_name
from credcheck.identity.features.license import LICENSE
from credcheck.identity.features.npi import NUMBER
from credcheck.identity.features.place import PLACE
from credcheck.identity.features.school import SCHOOL
from credcheck.identity.features.specialty import SPECIALTY
from credcheck.identity.features.suffix import suffix
from credcheck.identity.features.years import CAREER

NAME_FEATURES: tuple[NameFeature, ...] = (family_name, given_name, middle_name, suffix)
OTHER_FEATURES: tuple[Feature, ...] = (
    NUMBER,
    LICENSE,
    PLACE,
    SPECIALTY,
    DEGREE,
    *CAREER,
    SCHOOL,
    BIRTH_DATE,
)

__all__ = ["NAME_FEATURES", "OTHER_FEATURES"]
