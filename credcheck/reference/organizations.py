"""Names of organizations among those of people."""

import re

_BUSINESS = re.compile(
    r"\b(llc|l\.l\.c|inc|incorporated|corp|corporation|pllc|llp|ltd|clinics?|pharmac(y|ies)|hospitals?"
    r"|laborator(y|ies)|home health|transport(ation)?|services|associates|company)\b",
    re.IGNORECASE,
)


def is_business(text: str) -> bool:
    """Tell whether a name is that of an organization: "Example Pain Clinic LLC"."""
    return _BUSINESS.search(text) is not None
