"""Who is who: comparing names and people, and deciding whose a row is."""

from credcheck.identity.decide import RivalsFor, decide, names_agree, names_fit
from credcheck.identity.keys import person_keys, row_keys
from credcheck.identity.typed_name import TypedNameError, parse_name

__all__ = [
    "RivalsFor",
    "TypedNameError",
    "decide",
    "names_agree",
    "names_fit",
    "parse_name",
    "person_keys",
    "row_keys",
]
