"""What the check does not cover. A packet that is silent about it would look whole."""

from collections.abc import Iterable, Iterator
from functools import cache

from credcheck.reference.labels import label, list_labels
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Items, Note, Section
from credcheck.reports.paths import CONTEXT_HEAD, list_context
from credcheck.standards.loader import DEFAULT, load_standard

NOT_COVERED = (
    "The National Practitioner Data Bank (NPDB) is not queried",
    "Malpractice coverage, claims and settlements are not checked",
    "DEA registration is not checked",
    "Hospital privileges and their history are not checked",
    "Work history and its gaps are not checked",
    "Peer references are not collected",
    "Clinical competence, outcomes and case logs are not reviewed",
    "No record can show multidisciplinary care",
)
"""What no source of credcheck can answer."""


def make_limits(case: PacketCase) -> Section:
    """Return what is not covered: never, and by this standard."""
    closing = (
        "This packet reports what the named sources said on the named dates. It is not a decision:"
        " a named person reviews it and decides. Evidence marked as secondary or self-reported is"
        " not primary source verification."
    )
    lines = (*NOT_COVERED, *_list_silent(case))
    said = tuple(list_context(case.verdict))
    context = (Note(f"{CONTEXT_HEAD}:", leads=True), Items(said)) if said else ()
    return Section(
        "What this check does not cover", (Items(lines), *context, Note(closing, "quiet"))
    )


def _list_silent(case: PacketCase) -> Iterator[str]:
    """Yield what this standard asks and nobody answered, and what it does not ask at all."""
    found = {finding.requirement for finding in case.verdict.findings}
    standard = case.run.standard
    asked = {line.id for line in standard.requirements} if standard else found
    if silent := [name for name in asked - found if case.verdict.physician is not None]:
        yield f"No record for or against this physician: {_name_all(silent)}"
    if unasked := _list_usual() - asked:
        yield f"Not required by this standard: {_name_all(unasked)}"


def _name_all(requirements: Iterable[str]) -> str:
    known = list(list_labels("requirement"))
    ordered = sorted(requirements, key=lambda x: (known.index(x) if x in known else len(known), x))
    return ", ".join(label("requirement", name) for name in ordered)


@cache
def _list_usual() -> frozenset[str]:
    """Return what the default standard asks: a reader looks for these."""
    return frozenset(line.id for line in load_standard(DEFAULT).requirements)
