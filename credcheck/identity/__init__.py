"""Who is who: comparing names and people, and deciding whether a row is of a physician."""

from credcheck.identity.decide import RivalsFor, decide, names_agree
from credcheck.identity.names import name_keys
from credcheck.identity.typed_name import TypedNameError, parse_name

__all__ = ["RivalsFor", "TypedNameError", "decide", "name_keys", "names_agree", "parse_name"]
