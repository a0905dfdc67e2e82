"""What many people's evidence has in common, so that what a rule says of it is worked out once.

A roster of a million people knows a few thousand kinds of registration: all else in them is names,
numbers and places. No rule looks at these, and none that is asked so can: it is given a record without.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from credcheck.model import (
    Authority,
    Decision,
    Evidence,
    EvidenceBase,
    Match,
    Provenance,
    Registration,
    RegistrationEvidence,
    Taxonomy,
)
from credcheck.model.npi import Npi

_TIED = Match(by="npi", decision=Decision.MATCH)
_NOWHERE = Provenance(sha256="")


class ActiveRegistration(NamedTuple):
    """An active individual's registration, as all with the same taxonomy codes have it."""

    id: str
    source: str
    authority: Authority
    codes: tuple[str, ...]


def shared_key(item: Evidence, as_of: dt.date) -> ActiveRegistration | None:
    """Return what an item has in common with other people's, or None where it is one's own.

    It is one's own where its dates may decide what the number was on the as-of date.
    """
    if not isinstance(item, RegistrationEvidence) or item.match.decision is not Decision.MATCH:
        return None
    record = item.record
    if record is None or item.problem is not None or not record.taxonomies:
        return None
    if record.status != "active" or record.entity_type != "individual":
        return None
    issued = record.enumeration_date
    if record.deactivation_date or (issued is not None and issued.after(as_of) is not False):
        return None
    codes = tuple([taxonomy.code for taxonomy in record.taxonomies])
    return ActiveRegistration(item.id, item.source, item.authority, codes)


def keys_for(
    evidence: Sequence[Evidence],
    common: Sequence[ActiveRegistration | None],
    evidence_types: tuple[type[EvidenceBase], ...],
) -> tuple[ActiveRegistration, ...] | None:
    """Return what a rule that looks at some types is to be told, or None if it is one's own."""
    told: tuple[ActiveRegistration, ...] = ()
    for item, each in zip(evidence, common, strict=True):
        if isinstance(item, evidence_types):
            if each is None:
                return None
            told = (*told, each)
    return told


@lru_cache(1 << 12)
def stand_in(active: ActiveRegistration) -> Evidence:
    """Return the evidence that rules are given for it."""
    record = Registration(
        npi=Npi(""),
        entity_type="individual",
        status="active",
        taxonomies=tuple(Taxonomy(code=code) for code in active.codes),
    )
    return RegistrationEvidence(
        id=active.id,
        source=active.source,
        authority=active.authority,
        match=_TIED,
        record=record,
        provenance=_NOWHERE,
    )
