"""States and territories of the United States by their USPS codes."""

_NAMES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware;
DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa;
KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan;
MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire;
NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma;
OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas;
UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming;
AS American Samoa; GU Guam; MP Northern Mariana Islands; PR Puerto Rico; VI Virgin Islands
"""
_CODES = {
    name.upper(): code
    for code, _, name in (pair.strip().partition(" ") for pair in _NAMES.split(";"))
}
STATES = frozenset(_CODES.values())
"""The codes."""

_CODE = 2


def usps(state: str) -> str:
    """Return the code of a state that may be written in full; every other text in capitals."""
    if len(state) == _CODE and state.isalpha():
        return state.upper()
    plain = " ".join(state.upper().split())
    return _CODES.get(plain, plain)
