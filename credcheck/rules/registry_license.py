"""Rule kind ``registry_license``: a license of a state, as the registry's entry has it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from credcheck.evidence.licenses import Standing, read_standing
from credcheck.model import (
    Decision,
    EvidenceKind,
    LicenseEvidence,
    ReasonCode,
    Registration,
    RegistrationEvidence,
)
from credcheck.reference.professions import DEGREES, Profession, code_profession, list_degrees
from credcheck.reference.states import STATES, usps
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext
from credcheck.rules.license import describe_license
from credcheck.rules.result import Check, Combine, met, unverified, with_remark

_ASK_ACT = "Ask under which act it was issued."
_UNCHECKED = "NPPES licenses are self-reported; no one checks that they are active"


class RegistryLicenseParameters(Parameters, kw_only=True):
    """The states in which one license is enough, and whether self-reports are accepted.

    ``degrees`` are the degrees that the license is for, if other degrees have a law of their
    own: MDs and DOs are often licensed under two acts. Somebody who registered only other
    degrees is ``unverified``.
    """

    states: tuple[str, ...]
    accept_self_reported: bool = False
    degrees: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_names("state", self.states, STATES)
        if self.degrees:
            check_names("degree", self.degrees, DEGREES)


def weigh(context: RuleContext, parameters: RegistryLicenseParameters) -> Sequence[Check]:
    """Meet it with a license in one of the states and a physician's taxonomy.

    The registry's licenses are self-reported: they say who claims a license, not that it is in
    force. So it is met only if the standard accepts the person's own statement, and the finding says
    so, or if the state's own list has the license as active. If that list says otherwise, the
    person's statement does not count. It is never negative, because an entry without a license in
    the state may be out of date. If no degree is registered, the degree is not checked.

    Sources: NPPES Data Dissemination Readme (license numbers are self-reported).
    """
    ask = f"Verify the license with the medical board of {' or '.join(parameters.states)}."
    gaps = [context.explain_doubt(item) for item in context.unsure(RegistrationEvidence)]
    gaps += context.check_sources(EvidenceKind.REGISTRATION)
    checks = [
        _check(context, item, item.record, parameters, ask)
        for item in context.usable(RegistrationEvidence)
        if item.record is not None
    ]
    if not checks and not gaps:
        message = "no registration lists a license"
        gaps.append(unverified(ReasonCode.NO_EVIDENCE, message, ask=ask, silent=True))
    return [*checks, *gaps]


def _check(
    context: RuleContext,
    item: RegistrationEvidence,
    record: Registration,
    parameters: RegistryLicenseParameters,
    ask: str,
) -> Check:
    listed = _list_licenses(record, parameters.states)
    rows = [x for x in _list_rows(context, parameters.states) if listed or x[1].verification]
    message = f"{item.source} lists the license {' and '.join(listed)}"
    if not listed:
        message = f"{item.source} lists no license in {' or '.join(parameters.states)}"
    others = list_degrees(record.credential or "")
    if parameters.degrees and others and others.isdisjoint(parameters.degrees):
        message = f"{item.source} gives the degree {' and '.join(sorted(others))}"
        message += f", but this requires {' or '.join(parameters.degrees)}"
        return unverified(ReasonCode.NO_EVIDENCE, message, item.id, ask=f"{ask} {_ASK_ACT}")
    if rows:
        return _check_rows(item, message, rows, ask)
    if not listed:
        return unverified(ReasonCode.NO_EVIDENCE, message, item.id, ask=ask, silent=True)
    if not parameters.accept_self_reported:
        message = f"{message}, which is self-reported"
        return unverified(ReasonCode.SELF_REPORTED, message, item.id, ask=ask)
    found = met(ReasonCode.LICENSE_REGISTERED, message, item.id)
    said = with_remark(found, ReasonCode.SELF_REPORTED, _UNCHECKED)
    return replace(said, accepts_self_reported=True)


_Row = tuple[Standing, LicenseEvidence, str]


def _check_rows(item: RegistrationEvidence, message: str, rows: Sequence[_Row], ask: str) -> Check:
    """Check a registered license by what the state's own list says of this person."""
    active = next((each for each in rows if each[0] is Standing.ACTIVE), None)
    if active is None:
        _, row, told = rows[0]
        said = f"{message}, but {told}"
        return unverified(ReasonCode.LICENSE_UNKNOWN, said, item.id, row.id, ask=ask)
    _, row, told = active
    checked = met(ReasonCode.LICENSE_ACTIVE, f"{message}; {told}", item.id, row.id)
    return replace(checked, accepts_self_reported=True)


def _list_rows(context: RuleContext, states: Sequence[str]) -> Iterator[_Row]:
    """Yield what the states' own lists say of this person: an active license only if it can prove."""
    for row in context.records(LicenseEvidence):
        record = row.record
        is_own = row.match.decision is Decision.MATCH and row.match.by != "name"
        if record is None or not is_own or record.state not in states:
            continue
        standing = read_standing(context, row, record)
        if standing is not Standing.ACTIVE or context.can_prove(row):
            yield standing, row, describe_license(row, record)


def _list_licenses(record: Registration, states: Sequence[str]) -> list[str]:
    """Return the licenses beside a physician's code: a nurse's license is another one."""
    licenses = (
        each.license
        for each in record.taxonomies
        if each.license and code_profession(each.code) is Profession.PHYSICIAN
    )
    found = [x for x in licenses if x.number.strip() and usps(x.state.strip()) in states]
    return sorted({f"{each.number} of {usps(each.state.strip())}" for each in found})


RULE = Rule(
    kind="registry_license",
    parameters=RegistryLicenseParameters,
    weigh=weigh,
    combine=Combine.ANY,
    # No evidence_types: a license is one's own, so everybody is asked about (rules/base.py).
)
