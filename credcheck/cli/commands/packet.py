"""``credcheck packet``: the committee's file of one or many physicians."""

from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.text import pluralize
from credcheck.cli import options
from credcheck.cli.book_folder import BookFolderOptions
from credcheck.cli.console import print_error
from credcheck.cli.run_packet import PacketJob, run_packet

EXAMPLES = {
    "packet": """Examples:

credcheck packet november.ndjson --npi 2000001075 -o abernathy.pdf

credcheck packet november.ndjson -o packets/ --format pdf --decision-date 2026-12-03"""
}


def packet(
    where: BookFolderOptions,
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Saved results, NDJSON.")],
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            help="An .html or .pdf file, or a folder for many physicians.",
        ),
    ],
    npi: Annotated[
        str | None,
        typer.Option(
            "--npi", metavar="NPI", help="Only this physician. Default: all.", show_default=False
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="html or pdf. Default: by FILE's name; html in a folder.",
            show_default=False,
        ),
    ] = None,
    decision_date: Annotated[
        str | None,
        typer.Option(
            "--decision-date",
            metavar="YYYY-MM-DD",
            help="The day of the decision: flag what expires or is too old by then.",
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="RESULTS",
            help="Earlier results, to show what has changed.",
            show_default=False,
        ),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option(
            "--waivers", metavar="FILE", help="The waiver file to show.", show_default=False
        ),
    ] = None,
    standard: Annotated[
        str | None,
        typer.Option(
            "--standard",
            metavar="ID|FILE",
            help=("Your own standard, to cite from. It must be the standard of the verdicts."),
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Make the committee's packet for one physician or many from saved results.

    A packet has a cover with the verdict and lines for the decision, then flags, each requirement
    with its citation and evidence, every record as it was read, the book's entries, the sources,
    waivers and changes. A PDF ends with the book's documents; it needs the extra credcheck[pdf].

    Exit status: 0 all packets were written, 5 the results are unusable, 6 a file could not be
    written, 2 wrong usage.
    """
    job = PacketJob(
        results=results,
        npi=npi,
        output=output,
        format=format_,
        standard=standard,
        waivers=waivers,
        baseline=baseline,
        decision_date=decision_date,
        book=where.find(),
        force=force,
    )
    count = run_packet(job)
    if not quiet:
        print_error(f"{pluralize(count, 'packet')} written to {output}")
