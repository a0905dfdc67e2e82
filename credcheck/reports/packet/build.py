"""A packet put together from its parts, in the order in which a committee reads them."""

import re
from collections.abc import Iterable, Iterator

from credcheck.audit.keys import assign_keys
from credcheck.model import Verdict
from credcheck.reports.charts.timeline import timeline
from credcheck.reports.packet.context import PacketCase, PacketRun
from credcheck.reports.packet.document import Appended, Note, Packet, Picture, Section
from credcheck.reports.packet.parts.book import list_documents, make_book
from credcheck.reports.packet.parts.cover import make_cover
from credcheck.reports.packet.parts.coverage import make_coverage
from credcheck.reports.packet.parts.decisions import (
    make_changes,
    make_identity,
    make_steps,
    make_waivers,
)
from credcheck.reports.packet.parts.evidence import make_evidence
from credcheck.reports.packet.parts.flags import make_flags
from credcheck.reports.packet.parts.limits import make_limits
from credcheck.reports.packet.parts.requirements import make_requirements
from credcheck.reports.packet.parts.sources import make_sources
from credcheck.runs.results import Results

CONFIDENTIAL = "Confidential: credentialing and peer review record"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def build_packets(results: Results, run: PacketRun, npi: str | None = None) -> Iterator[Packet]:
    """Yield the packets of a run in its order; with ``npi``, those of this number alone.

    The names of their files differ, whatever is listed twice.
    """
    taken: set[str] = set()
    for key, verdict in assign_keys(results):
        if npi is None or verdict.npi == npi:
            packet = build_packet(PacketCase(run=run, verdict=verdict, key=key), taken)
            taken.add(packet.file)
            yield packet


def build_packet(case: PacketCase, taken: set[str] | frozenset[str] = frozenset()) -> Packet:
    """Return the packet of one verdict. ``taken`` are the names of files that are given away."""
    header = case.run.header
    return Packet(
        title=f"Committee packet: {case.name}, {case.number}",
        name=case.name,
        number=case.number,
        confidential=CONFIDENTIAL,
        digest=case.digest,
        made_by=f"credcheck {header.version}, run of {header.started_at:%Y-%m-%d %H:%M} UTC",
        sections=tuple(_list_sections(case)),
        file=name_file(case.verdict, taken),
        attachments=tuple(_list_attachments(case)),
    )


def _list_attachments(case: PacketCase) -> Iterator[Appended]:
    for each in list_documents(case):
        if each.attachment.pages:
            name = each.document.name or each.document.file
            yield Appended(f"Document D{each.number}, entry {each.entry}: {name}", each.attachment)


def _list_sections(case: PacketCase) -> Iterator[Section]:
    yield make_cover(case)
    yield make_flags(case)
    yield make_requirements(case)
    yield make_steps(case)
    if drawn := timeline(case.verdict):
        note = Note("The dashed line is the day of the check.", "quiet")
        yield Section("Timeline", (Picture(drawn), note), drawn=True)
    yield from make_evidence(case)
    yield from make_book(case)
    yield make_identity(case)
    yield make_sources(case)
    yield make_coverage(case)
    yield make_waivers(case)
    yield make_changes(case)
    yield make_limits(case)
    yield Section("Proof", (Note(_describe_proof(case), "quiet"),))


def _describe_proof(case: PacketCase) -> str:
    seal = case.run.header.seal
    sealed = f" The run's seal is {seal}." if seal else " The run has no seal."
    return (
        f"SHA-256 of this verdict's line in the results: {case.digest}.{sealed}"
        " \u201ccredcheck replay\u201d runs the check again from the evidence in the saved results."
    )


def name_files(verdicts: Iterable[Verdict]) -> list[str]:
    """Return the names of the files of some packets, as ``build_packets`` gives them."""
    taken: set[str] = set()
    names = []
    for verdict in verdicts:
        names.append(name_file(verdict, taken))
        taken.add(names[-1])
    return names


def name_file(verdict: Verdict, taken: set[str] | frozenset[str]) -> str:
    """Return a name for a packet's file, without an ending, that none of those taken has."""
    row = verdict.query.sheet_row
    bare = _UNSAFE.sub("-", str(verdict.npi or f"row-{row}")).strip(".-") or f"row-{row}"
    return bare if bare not in taken else f"{bare}-row-{row}"
