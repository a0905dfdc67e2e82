"""What the check does not cover. A packet that is silent about it would look whole."""

from credcheck.reference.labels import label, list_labels
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Items, Note, Section
from credcheck.reports.paths import CONTEXT_HEAD, list_context

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
    asked = {finding.requirement for finding in case.verdict.findings}
    unasked = [x for x in list_labels("requirement") if x not in asked]
    left_out = (
        f"Not required by this standard: {', '.join(label('requirement', x) for x in unasked)}",
    )
    closing = (
        "This packet reports what the named sources said on the named dates. It is not a decision:"
        " a named person reviews it and decides. Evidence marked as secondary or self-reported is"
        " not primary source verification."
    )
    lines = NOT_COVERED + (left_out if unasked else ())
    said = tuple(list_context(case.verdict))
    context = (Note(f"{CONTEXT_HEAD}:"), Items(said)) if said else ()
    return Section(
        "What this check does not cover", (Items(lines), *context, Note(closing, "quiet"))
    )
