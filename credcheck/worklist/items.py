"""The items of a work list: one for each thing that has to be found out, with who can tell."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from credcheck.audit.keys import find_key
from credcheck.audit.windows import Window, list_lapsed
from credcheck.evidence.doubt import record_location
from credcheck.model import (
    Evidence,
    Finding,
    Model,
    Outcome,
    Reason,
    ReasonCode,
    Verdict,
    canonical_json,
)
from credcheck.standards.loader import Requirement, Standard
from credcheck.worklist.addressees import (
    SELF,
    Addressee,
    AddresseeKind,
    Asked,
    Wanted,
    ask_about,
    find_addressee,
)
from credcheck.worklist.deadlines import find_deadline
from credcheck.worklist.known import describe_asked

_ORDER = list(AddresseeKind)


class Item(Model, kw_only=True):
    """One thing that has to be found out.

    ``id`` is the same in every list as long as it is about the same person, requirement, addressee
    and row. ``letter`` is that of the request in which it is asked. ``open`` says what is missing or
    contradictory, ``known`` what is known of the record already, by the columns of the sheet.
    ``record`` is the digest of the row that a disposition is about.
    """

    id: str
    letter: str
    ask: Addressee
    wanted: Wanted
    npi: str
    name: str
    former_names: tuple[str, ...]
    row: int
    requirement: str
    title: str
    codes: tuple[ReasonCode, ...]
    open: str
    next_step: str
    due: dt.date
    known: dict[str, str]
    source: str
    place: str
    record: str


class Plan(Model, kw_only=True):
    """What goes into a list, and until when.

    ``decide_by`` is the day of the committee; without it an item is due before the first thing that
    the rest of the file rests on is too old. ``limit`` is a window that is shorter than what the
    sources say, in days. ``negatives`` are worked on too, if that is asked for, and so are
    ``advisory`` requirements.
    """

    decide_by: dt.date | None = None
    limit: int | None = None
    negatives: bool = False
    advisory: bool = False


@dataclass
class _Group:
    """The reasons of one finding that one addressee is asked about."""

    asked: Asked
    reasons: list[Reason] = field(default_factory=list)


def list_items(
    verdicts: Iterable[Verdict],
    standard: Standard,
    plan: Plan,
) -> list[Item]:
    """Return what has to be found out: those to ask together, and of these the most urgent first."""
    requirements = {each.id: each for each in standard.requirements}
    found: dict[str, Item] = {}
    for verdict in verdicts:
        due = find_deadline(verdict, plan.decide_by, plan.limit)
        for finding, group in _list_groups(verdict, requirements, plan):
            requirement = requirements[finding.requirement]
            item = _make_item(verdict, finding, requirement, group, due)
            found.setdefault(item.id, item)
    return sorted(found.values(), key=_rank)


def _list_groups(
    verdict: Verdict, requirements: Mapping[str, Requirement], plan: Plan
) -> Iterator[tuple[Finding, "_Group"]]:
    """Yield what is open now, and what will have to be verified again by the day of the decision."""
    if verdict.physician is None:
        yield from _ask_who_is_meant(verdict)
        return
    day = plan.decide_by
    lapsed = list_lapsed(verdict, day, plan.limit) if day is not None else []
    for finding in verdict.findings:
        requirement = requirements.get(finding.requirement)
        if requirement is None:
            continue
        groups = _group_reasons(verdict, finding, requirement) if _is_open(finding, plan) else ()
        again = _ask_again(verdict, finding, lapsed, plan)
        yield from ((finding, group) for group in (*groups, *again))


def _ask_who_is_meant(verdict: Verdict) -> Iterator[tuple[Finding, "_Group"]]:
    """Yield one item where the query led to nobody, whatever is open because of that."""
    for finding in verdict.failing[:1]:
        reasons = verdict.resolution.reasons or finding.reasons
        yield finding, _Group(Asked(SELF, Wanted.NOTHING), list(reasons))


def _ask_again(
    verdict: Verdict, finding: Finding, lapsed: Sequence[Window], plan: Plan
) -> Iterator["_Group"]:
    """Yield whom to ask again about records whose own verification will be too old.

    Where that of a whole list will be, a current copy of it serves everybody: that is no item.
    """
    records = {item.id: item for item in verdict.evidence}
    for window in lapsed:
        if window.requirement != finding.requirement or window.evidence not in records:
            continue
        message = (
            f"{window.what} was verified on {window.verified}; by {plan.decide_by} that will be too old"
            f" (it counts until {window.last})"
        )
        reason = Reason(code=ReasonCode.SOURCE_STALE, message=message, about=(window.evidence,))
        yield _Group(ask_about(verdict, records[window.evidence]), [reason])


def _rank(item: Item) -> tuple[object, ...]:
    ask = item.ask
    return _ORDER.index(ask.kind), ask.name, item.due, item.name, item.requirement, item.id


def _is_open(finding: Finding, plan: Plan) -> bool:
    if finding.outcome is Outcome.MET or (finding.level == "advisory" and not plan.advisory):
        return False
    return finding.outcome is Outcome.UNVERIFIED or plan.negatives


def _group_reasons(
    verdict: Verdict, finding: Finding, requirement: Requirement
) -> Iterator[_Group]:
    """Yield who is to be asked, with all that they are to be asked about."""
    records = {item.id: item for item in verdict.evidence}
    groups: dict[tuple[Addressee, Wanted, str], _Group] = {}
    for reason in finding.reasons:
        if reason.code is ReasonCode.ROW_SETTLED:
            continue
        about = [records[ident] for ident in reason.about if ident in records]
        for asked in find_addressee(verdict, requirement, reason, about):
            key = asked.addressee, asked.wanted, _row_of(asked)
            groups.setdefault(key, _Group(asked)).reasons.append(reason)
    yield from groups.values()


def _row_of(asked: Asked) -> str:
    """Return the digest of the row that a disposition would be about."""
    if asked.wanted is not Wanted.DISPOSITION or asked.record is None:
        return ""
    return asked.record.provenance.sha256


def _make_item(
    verdict: Verdict, finding: Finding, requirement: Requirement, group: _Group, due: dt.date
) -> Item:
    addressee, wanted, record = group.asked
    person, row = find_key(verdict).text, _row_of(group.asked)
    key = addressee.kind, addressee.key or addressee.name
    names = verdict.physician.names if verdict.physician else ()
    return Item(
        id=_digest(person, finding.requirement, *key, wanted, row)[:12],
        letter=f"L-{_digest(person, *key)[:8].upper()}",
        ask=addressee,
        wanted=wanted,
        npi=str(verdict.npi or ""),
        name=verdict.name or "",
        former_names=tuple(str(name) for name in names if name.kind != "current"),
        row=verdict.query.sheet_row,
        requirement=finding.requirement,
        title=requirement.title,
        codes=tuple(dict.fromkeys(reason.code for reason in group.reasons)),
        open="; ".join(_say_once(group.reasons)),
        next_step=finding.next_step or "",
        due=due,
        known=describe_asked(verdict, requirement, group.asked),
        source=record.source if record is not None else "",
        place=_place_of(record),
        record=row,
    )


def _say_once(reasons: Iterable[Reason]) -> Iterable[str]:
    """Return what reasons say. A contradiction is told of each of its records: once is enough."""
    said: dict[object, str] = {}
    for reason in reasons:
        is_mutual = reason.code is ReasonCode.CONTRADICTION
        said.setdefault(frozenset(reason.about) if is_mutual else reason.message, reason.message)
    return said.values()


def _place_of(record: Evidence | None) -> str:
    return record_location(record) if record is not None else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256(canonical_json(parts)).hexdigest()
