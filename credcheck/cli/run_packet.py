"""Packets from saved results: which physicians, by what, and where to."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.audit.baseline import name_standard
from credcheck.audit.diff import compare_results
from credcheck.audit.keys import assign_keys
from credcheck.audit.waiver_file import WaiverError, load_waivers
from credcheck.audit.waivers import Waiver
from credcheck.book.documents import load_document
from credcheck.book.storage import BookFolder
from credcheck.cli.files import open_output
from credcheck.cli.paths import check_paths, known_inputs, named_inputs, output_file
from credcheck.model import RunHeader
from credcheck.model.dates import DateError, parse_date
from credcheck.model.npi import NpiError, parse
from credcheck.reports.packet.book import PacketBook
from credcheck.reports.packet.build import build_packets, name_files
from credcheck.reports.packet.context import LastTime, PacketRun
from credcheck.reports.packet.document import Packet
from credcheck.reports.packet.html import write_html
from credcheck.reports.packet.pdf import check_pdf, write_pdf
from credcheck.runs.results import Results, open_results, read_header
from credcheck.standards.loader import Standard, StandardError, load_standard

Writer = Callable[[Packet, BinaryIO], None]
_WRITERS: dict[str, Writer] = {"html": write_html, "pdf": write_pdf}
_SOON = 90


@dataclass(frozen=True, kw_only=True)
class PacketJob:
    """What the user asked for."""

    results: Path
    npi: str | None
    output: str
    format: str | None
    standard: str | None
    waivers: Path | None
    baseline: Path | None
    decision_date: str | None
    book: BookFolder | None
    force: bool


def run_packet(job: PacketJob) -> int:
    """Write the packets, and return how many. Raises UsageError, InputError or OutputError.

    Nothing is written of results that were changed since they were sealed.
    """
    form = _choose_format(job)
    if form == "pdf":
        check_pdf()
    results = open_results(job.results, sealed=read_header(job.results).seal is not None)
    run = _gather(job, results)
    npi = _parse_npi(job.npi)
    names = name_files(verdict for verdict in results if npi is None or verdict.npi == npi)
    if not names:
        raise UsageError(
            f"{job.results} has no verdict on NPI {npi}" if npi else "there are no rows"
        )
    targets = _list_targets(job, names, form)
    read = {"the results": job.results, "--baseline": job.baseline, "--waivers": job.waivers}
    outputs = [output for target in targets for output in output_file("-o", target)]
    check_paths(outputs, [*named_inputs(read), *known_inputs()], force=job.force)
    for packet, target in zip(build_packets(results, run, npi), targets, strict=True):
        with open_output(target) as out:
            _WRITERS[form](packet, out)
    return len(names)


def _list_targets(job: PacketJob, names: list[str], form: str) -> list[str]:
    """Return the file of each packet; a folder that is not there is made."""
    target = Path(job.output)
    if not target.is_dir() and (len(names) == 1 or target.suffix):
        if len(names) == 1:
            return [job.output]
        message = f"-o {job.output} is one file, but there are {len(names):,} packets"
        raise UsageError(f"{message}; name a folder, or choose one physician with --npi")
    try:
        target.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"-o {target}: the folder cannot be made: {error.strerror}") from error
    return [str(target / f"{name}.{form}") for name in names]


def _choose_format(job: PacketJob) -> str:
    suffix = Path(job.output).suffix.lower().removeprefix(".")
    form = job.format or (suffix if suffix in _WRITERS else None)
    if form is None and suffix and not Path(job.output).is_dir():
        raise UsageError(f"-o {job.output}: use a name that ends in .html or .pdf, or a folder")
    if form is not None and form not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise UsageError(
            f"unknown format {form!r}{did_you_mean(form, _WRITERS)}; known are {known}"
        )
    return form or "html"


def _gather(job: PacketJob, results: Results) -> PacketRun:
    header = results.header
    standard = _load_standard(job.standard, header)
    return PacketRun(
        header=header,
        standard=standard,
        waivers=tuple(_load_waivers(job.waivers, standard, results)),
        last_time=_compare(job.baseline, results) if job.baseline else None,
        decision_date=_parse_day(job.decision_date, header),
        book=_read_book(job.book),
    )


def _read_book(folder: BookFolder | None) -> PacketBook | None:
    """Return the book with a way to its documents. Raises BookError where it cannot be trusted."""
    if folder is None or not folder.exists():
        return None
    book = folder.read()
    return PacketBook(book=book, load=partial(load_document, folder.folder, book))


def _load_standard(said: str | None, header: RunHeader) -> Standard | None:
    """Return the text of the standard, if it is the one that the verdicts were made by."""
    try:
        found = load_standard(said or header.standard.id)
    except StandardError:
        if said is not None:
            raise
        return None
    if found.ref == header.standard:
        return found
    if said is not None:
        by = name_standard(header.standard)
        raise UsageError(
            f"--standard {said}: the verdicts use {by}, but this is {name_standard(found.ref)}"
        )
    return None


def _load_waivers(path: Path | None, standard: Standard | None, results: Results) -> list[Waiver]:
    if path is None:
        return []
    if standard is not None:
        known = [each.id for each in standard.requirements]
    else:
        first = next(iter(results), None)
        known = [finding.requirement for finding in first.findings] if first else []
    try:
        return load_waivers(path, known)
    except WaiverError as error:
        raise UsageError(f"--waivers: {error}") from error


def _compare(baseline: Path, results: Results) -> LastTime:
    before = open_results(baseline, sealed=read_header(baseline).seal is not None)
    found = {each.key: each for each in compare_results(before, results, _SOON)}
    return LastTime(
        as_of=before.header.as_of,
        standard=name_standard(before.header.standard),
        differences=found,
        known=frozenset(key for key, _ in assign_keys(before)),
    )


def _parse_npi(text: str | None) -> str | None:
    try:
        return parse(text) if text is not None else None
    except NpiError as error:
        raise UsageError(f"--npi: {error}") from error


def _parse_day(text: str | None, header: RunHeader) -> dt.date | None:
    if text is None:
        return None
    try:
        day = parse_date(text, ("YYYY-MM-DD",)).earliest
    except DateError as error:
        raise UsageError(f"--decision-date: {error}") from error
    if day < header.as_of:
        message = f"--decision-date {day} is before the day of the check, {header.as_of}"
        raise UsageError(f"{message}; a decision can rest only on what was known by then")
    return day
