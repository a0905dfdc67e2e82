"""Who is who: comparing names and people, and deciding whose a row is."""

from credcheck.identity.decide import RivalsFor, decide, names_agree, names_fit
from credcheck.identity.keys import Key, person_keys, row_keys
from credcheck.identity.neighbours import Neighbours
from credcheck.identity.typed_name import TypedNameError, parse_name

__all__ = [
    "Key",
    "Neighbours",
    "RivalsFor",
    "TypedNameError",
    "decide",
    "names_agree",
    "names_fit",
    "parse_name",
    "person_keys",
    "row_keys",
]
