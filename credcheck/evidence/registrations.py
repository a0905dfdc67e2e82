"""Registrations: one person in one or more registries, and what stands against each record.

Sources: NPPES Data Dissemination Readme (status, deactivation, reactivation); NUCC Health Care Provider
Taxonomy (groupings). Codes and credentials are self-reported.
"""

from collections.abc import Iterator
from functools import lru_cache

from credcheck.evidence.doubt import Doubt, contradiction, record_location
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import ReasonCode, Registration, RegistrationEvidence
from credcheck.reference.professions import (
    Profession,
    code_profession,
    credential_profession,
)
from credcheck.reference.specialties import taxonomy_name

_ASK_STATUS = "Look up the number in the NPPES registry itself."
_ASK_PROFESSION = (
    "Ask the state licensing board whether this is a physician, and ask the physician to correct the"
    " NPPES record."
)


def is_physician(record: Registration) -> bool | None:
    """Tell whether a record is a physician's; None where its words do not say, or disagree."""
    codes = {code_profession(each.code) for each in record.taxonomies}
    letters = credential_profession(record.credential or "")
    if Profession.PHYSICIAN in codes:
        other = Profession.OTHER in codes or letters is Profession.OTHER
        return None if other else True
    if Profession.OTHER in codes:
        return None if letters is Profession.PHYSICIAN else False
    return None


@lru_cache(1 << 12)
def contradicts_itself(credential: str, codes: tuple[str, ...]) -> bool:
    """Tell whether a record is a physician's and another profession's at once."""
    professions = {credential_profession(credential), *map(code_profession, codes)}
    return {Profession.PHYSICIAN, Profession.OTHER} <= professions


def find_registration_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each registration."""
    items = [item for item in screen.records(RegistrationEvidence) if item.record is not None]
    for item in items:
        record = item.record
        assert record is not None  # noqa: S101 - those without were left out
        yield from _own_doubts(item, record)
        for other in items:
            if other is not item and other.record is not None:
                yield from _mutual_doubts(screen, item, record, other, other.record)


def _own_doubts(item: RegistrationEvidence, record: Registration) -> Iterator[Doubt]:
    gone, back = record.deactivation_date, record.reactivation_date
    is_out = gone is not None and (back is None or gone.not_after(back) is False)
    if record.status == "active" and is_out:
        again = f", and again after {back}" if back is not None else ""
        said = f"status active, but deactivated on {gone}{again}"
        yield contradiction(item, (), said, _ASK_STATUS)
    if record.status == "active" and record.replacement_npi is not None:
        said = f"status active, but replaced by NPI {record.replacement_npi}"
        ask = f"Check NPI {record.replacement_npi} instead."
        yield contradiction(item, (), said, ask)
    codes = tuple([each.code for each in record.taxonomies])
    if contradicts_itself(record.credential or "", codes):
        listed = ", ".join(taxonomy_name(code) for code in codes)
        credential = f", credential {record.credential!r}" if record.credential else ""
        said = f"registered as a physician and in another profession: {listed}{credential}"
        yield contradiction(item, (), said, _ASK_PROFESSION)


def _mutual_doubts(
    screen: EvidenceScreen,
    item: RegistrationEvidence,
    record: Registration,
    other: RegistrationEvidence,
    there: Registration,
) -> Iterator[Doubt]:
    """Yield a doubt where two registries disagree on one number."""
    if record.npi != there.npi or not _can_soften(screen, item, other):
        return
    for what, one, two in (
        ("entity type", record.entity_type, there.entity_type),
        ("status", record.status, there.status),
        ("profession", is_physician(record), is_physician(there)),
    ):
        if one is None or two is None or one == two:
            continue
        if what == "status" and _is_superseded(screen, item, other):
            continue
        said = f"the registries disagree about the {what}"
        yield Doubt(
            on=item.id,
            code=ReasonCode.CONTRADICTION,
            message=f"{record_location(item)} and {record_location(other)}: {said}",
            about=(item.id, other.id),
            next_step=_ASK_STATUS,
        )


def _can_soften(
    screen: EvidenceScreen, item: RegistrationEvidence, other: RegistrationEvidence
) -> bool:
    """Tell whether the other record may raise doubt: a stale active one never softens a fresh end."""
    assert item.record is not None  # noqa: S101 - the caller has looked
    adverse = item.record.status != "active" or is_physician(item.record) is False
    return screen.is_usable(other) or not adverse


def _is_superseded(
    screen: EvidenceScreen, item: RegistrationEvidence, other: RegistrationEvidence
) -> bool:
    """Tell whether the other record's status is of before what this one says happened."""
    day = screen.sources.day_of(other.source)
    own = item.record
    gone = own.deactivation_date if own is not None and own.status == "deactivated" else None
    back = own.reactivation_date if own is not None and own.status == "active" else None
    since = gone or back
    return since is not None and day is not None and since.after(day) is True
