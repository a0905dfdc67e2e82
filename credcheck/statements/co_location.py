"""Statements of who may be at hand: others who are enrolled in the same group.

Inferred from a list of groups such as Medicare's Doctors and Clinicians file (``org_pac_id``,
``num_org_mem``, ``pri_spec``, ``adrs_id``). Groups of over 200 members are left out: a health system of
thousands says nothing of one clinic. That somebody is in the group does not show that patients are sent
there, and absence shows nothing: the list knows Medicare alone.
"""

from collections.abc import Iterator, Sequence

from credcheck._util.text import pluralize
from credcheck.model import (
    Affiliation,
    AffiliationEvidence,
    Colleagues,
    Statement,
    StatementKind,
)
from credcheck.reference.colleagues import COLLEAGUES
from credcheck.rules.context import RuleContext
from credcheck.statements.base import Describer, JudgedRequirement, list_certain

MOST_MEMBERS = 200


def describe(context: RuleContext, judged: Sequence[JudgedRequirement]) -> Iterator[Statement]:
    """Tell for each small group who may be at hand there."""
    del judged
    groups: dict[str, list[AffiliationEvidence]] = {}
    for item in list_certain(context, AffiliationEvidence):
        if item.record is not None and _is_small(item.record):
            groups.setdefault(item.record.group_id, []).append(item)
    for rows in groups.values():
        yield from _describe(rows)


def _is_small(record: Affiliation) -> bool:
    return record.members is not None and 0 < record.members <= MOST_MEMBERS


def _describe(rows: Sequence[AffiliationEvidence]) -> Iterator[Statement]:
    """Tell of one group."""
    records = [item.record for item in rows if item.record is not None]
    seen = _find_nearest(records)
    if not seen:
        return
    listed = ", ".join(_name(seen[word]) for word in COLLEAGUES if word in seen)
    name = records[0].group.strip() or f"group {records[0].group_id}"
    message = (
        f"may be available in the same practice: {listed}, enrolled in {name} ({records[0].members}"
        f" members) in {rows[0].source}; this shows Medicare enrollment only; no one confirms that"
        " patients are sent there"
    )
    yield Statement(
        kind=StatementKind.CO_LOCATION,
        topic="multidisciplinary_care",
        message=message,
        evidence=tuple(item.id for item in rows),
    )


def _find_nearest(records: Sequence[Affiliation]) -> dict[str, Colleagues]:
    """Return the colleagues of each profession, as seen from the address that most of them share."""
    seen: dict[str, Colleagues] = {}
    for each in (colleagues for record in records for colleagues in record.colleagues):
        before = seen.get(each.specialty)
        if each.count > 0 and (before is None or _near(each) > _near(before)):
            seen[each.specialty] = each
    return seen


def _near(each: Colleagues) -> tuple[int, int]:
    return each.same_address, each.count


def _name(each: Colleagues) -> str:
    words = pluralize(each.count, COLLEAGUES[each.specialty])
    return f"{words} ({each.same_address} at the same address)" if each.same_address else words


DESCRIBER = Describer(StatementKind.CO_LOCATION, AffiliationEvidence, describe)
