"""What a person found out or settled, and the proof of it.

Sources: NCQA, information integrity (who, when, what and why of each entry); NCQA CR 3 (the day of a
verification, and how it was made).
"""

import datetime as dt
from typing import Literal

from credcheck.model.authority import Authority, Decision
from credcheck.model.base import Sparse

How = Literal["web", "letter", "telephone", "email", "fax", "file", "in_person"]
"""How somebody was asked."""

Asked = Literal["issuer", "other", "physician"]
"""Who was asked: the issuer itself or its designated equivalent, somebody else, or the physician."""

DocumentState = Literal["kept", "redacted", "missing", "changed"]

_AUTHORITIES: dict[Asked, Authority] = {
    "issuer": Authority.PRIMARY,
    "other": Authority.SECONDARY,
    "physician": Authority.SELF_REPORTED,
}
_CLOCKS_DIFFER = dt.timedelta(days=1)
_NOBODY = frozenset(
    {
        *("na", "none", "no", "nobody", "noone", "unknown", "notknown", "null", "nil", "tbd"),
        *("pending", "xx", "xxx", "self", "myself", "me", "same", "seenote", "seeabove"),
    }
)
"""What is written where a name is asked for, and names nobody."""


class ProofDocument(Sparse, kw_only=True):
    """A document of an entry, known by its digest. Only one that is ``kept`` proves anything."""

    sha256: str
    state: DocumentState = "kept"


class Confirmation(Sparse, kw_only=True):
    """A second person who stands by an entry."""

    by: str
    on: dt.date


class Proof(Sparse, kw_only=True):
    """Who found something out, how, on which day, and what shows it.

    ``entry`` is the digest of the book's entry, ``recorded`` the day on which it was written.
    ``of_subject``: the physician signed it, or is the contact. ``replaced``: another entry stands in
    for it, and does not count itself, so that this one still speaks against and proves nothing.
    """

    entry: str
    by: str
    on: dt.date
    recorded: dt.date
    how: How | None = None
    contact: str | None = None
    documents: tuple[ProofDocument, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()
    of_subject: Literal["", "by", "contact"] = ""
    replaced: bool = False

    def __str__(self) -> str:
        how = f", {self.how.replace('_', ' ')}" if self.how else ""
        return f"{self.by}{how}, {self.on}"

    @property
    def lacks(self) -> str | None:
        """What it lacks to count, or None: a method, and a document or a named contact."""
        return self._find_fault() or self._find_no_proof()

    def _find_fault(self) -> str | None:
        """Return what is wrong with who made it, how and when, or None."""
        if not names_somebody(self.by):
            return "it does not say who verified it"
        if self.of_subject == "by":
            return "the physician verified it, and no one can verify their own record"
        if self.replaced:
            return "another entry stands in for it, which does not count either"
        if self.how is None:
            return "it does not say how it was verified"
        if self.on > self.recorded + _CLOCKS_DIFFER:
            return f"it was recorded on {self.recorded}, before the date it gives ({self.on})"
        return None

    def _find_no_proof(self) -> str | None:
        """Return that nothing shows it, or None."""
        if self._has_contact or any(document.state == "kept" for document in self.documents):
            return None
        if self.documents:
            states = " and ".join(sorted({document.state for document in self.documents}))
            return f"its document is {states}, and no contact is named"
        return "it has neither a document nor a named contact"

    @property
    def _has_contact(self) -> bool:
        """Whether somebody else than who signed, and than the physician, is named as the contact."""
        name = self.contact or ""
        is_other = not is_same_person(name, self.by) and self.of_subject != "contact"
        return names_somebody(name) and is_other

    @property
    def seconds(self) -> tuple[Confirmation, ...]:
        """The confirmations by somebody else than who made the entry."""
        others = (x for x in self.confirmed if names_somebody(x.by))
        return tuple(x for x in others if not is_same_person(x.by, self.by))


class Verification(Proof, kw_only=True):
    """How a person found out what a record says. It counts for ``max_age_days``, if that is said."""

    asked: Asked = "other"
    max_age_days: int | None = None

    @property
    def authority(self) -> Authority:
        """The authority of what was found: primary where the issuer was asked, and how is said."""
        if self.of_subject:
            return Authority.SELF_REPORTED
        found = _AUTHORITIES[self.asked]
        if found is Authority.PRIMARY and self.how is None:
            return Authority.SECONDARY
        return found


class Disposition(Proof, kw_only=True):
    """A person's decision whose a row is. ``before`` is what was decided without it.

    It ``counts`` unless it is not proven, others disagree or the row's own number contradicts it.
    """

    is_person: bool
    before: Decision = Decision.AMBIGUOUS
    counts: bool = True


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two signatures are of one person: ``J. Roe`` and ``j roe`` are."""
    return _squash(one) == _squash(other)


def names_somebody(text: str) -> bool:
    """Tell whether a text can be somebody's name: letters, and no word for nobody."""
    plain = _squash(text)
    is_initial = len(plain) == 1 and plain.isascii()
    return any(c.isalpha() for c in plain) and plain not in _NOBODY and not is_initial


def _squash(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
