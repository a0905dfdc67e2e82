"""The commands together."""

from typing import Annotated

import typer

from credcheck import __version__
from credcheck.cli import (
    audit,
    batch,
    cache,
    demo,
    log,
    match,
    saved,
    search,
    sources,
    standards,
    verify,
)
from credcheck.cli.exits import Exit, Stop

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_VERIFY_EXAMPLES = """Examples:

credcheck verify 2000001075 --demo

credcheck verify 2000001075 --config credcheck.toml --as-of 2026-11-01

credcheck verify "Doe, Jane Q." --state OH --format json"""

_SEARCH_EXAMPLES = """Examples:

credcheck search "Xenia Xenakis" --demo

credcheck search "Doe, Jane" --state OH --specialty anesthesiology"""

_MATCH_EXAMPLES = """Examples:

credcheck match diplomates.csv --registry people.csv -o matched.csv

credcheck match diplomates.csv -o matched.csv --columns last_name='Diplomate Last Name'"""

_BATCH_EXAMPLES = """Examples:

credcheck batch roster.xlsx -o results.ndjson

credcheck batch roster.csv -o results.xlsx --columns npi='Provider Number' --as-of 2026-11-01

credcheck batch roster.csv -o results.ndjson --resume"""

_AUDIT_EXAMPLES = """Examples:

credcheck audit roster.csv -o november.ndjson --junit audit.xml

credcheck audit roster.csv --baseline october.ndjson --waivers waivers.toml

credcheck audit roster.csv --fail-on does_not_meet,expiring:60d"""

_DIFF_EXAMPLES = """Examples:

credcheck diff october.ndjson november.ndjson

credcheck diff october.ndjson november.ndjson --fail-on changed --format json"""

_REPORT_EXAMPLES = """Examples:

credcheck report november.ndjson

credcheck report november.ndjson -o november.xlsx"""

_REPLAY_EXAMPLES = """Examples:

credcheck replay november.ndjson

credcheck replay november.ndjson -o again.ndjson"""

app.command(epilog=_VERIFY_EXAMPLES)(verify.verify)
app.command(epilog=_SEARCH_EXAMPLES)(search.search)
app.command(epilog=_MATCH_EXAMPLES)(match.match)
app.command(epilog=_BATCH_EXAMPLES)(batch.batch)
app.command(epilog=_AUDIT_EXAMPLES)(audit.audit)
app.command(epilog=_DIFF_EXAMPLES)(saved.diff)
app.command(epilog=_REPORT_EXAMPLES)(saved.report)
app.command(epilog=_REPLAY_EXAMPLES)(saved.replay)
app.command()(demo.demo)
app.add_typer(sources.app, name="sources")
app.add_typer(standards.app, name="standards")
app.add_typer(cache.app, name="cache")
app.add_typer(log.app, name="log")


def _version(wanted: bool) -> None:
    if wanted:
        from credcheck.cli.output import write_text

        write_text(f"credcheck {__version__}\n")
        raise Stop(Exit.MEETS)


def _json_schema(wanted: bool) -> None:
    if wanted:
        import json

        from credcheck.cli.output import write_text
        from credcheck.model import json_schema

        write_text(json.dumps(json_schema(), indent=2) + "\n")
        raise Stop(Exit.MEETS)


@app.callback()
def credcheck(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
    json_schema: Annotated[
        bool,
        typer.Option(
            "--json-schema",
            callback=_json_schema,
            is_eager=True,
            help="Print the JSON Schema of a verdict.",
        ),
    ] = False,
) -> None:
    """Does this physician meet the stated standard for spinal injections, and how do we know?

    Every verdict is one of meets, does_not_meet or unverified, and every word of it traces to a
    record of a named source. Start with: credcheck demo
    """
