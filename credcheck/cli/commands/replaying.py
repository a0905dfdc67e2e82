"""Saved results judged again, line by line."""

from contextlib import ExitStack
from pathlib import Path

from credcheck.audit.replay import replayed
from credcheck.cli.console import complain
from credcheck.cli.exit_codes import Exit, Stop
from credcheck.cli.files import whole_file
from credcheck.model import StandardRef, to_json
from credcheck.runs.results import lines, read_header
from credcheck.standards.loader import Standard, StandardError, load_standard


def replay_all(results: Path, standard: str | None, output: str | None) -> tuple[int, int]:
    """Judge all again and tell every difference. Raises ResultsError.

    Returns how many verdicts there are, and how many came out otherwise.
    """
    header = read_header(results)
    by = _standard(standard or header.standard.id)
    if by.ref != header.standard:
        told = f"the results are by standard {_named(header.standard)}"
        complain(f"{told}; judged again by {_named(by.ref)}")
    rows = unlike = 0
    with ExitStack() as stack:
        out = stack.enter_context(whole_file(output)) if output is not None else None
        if out is not None:
            out.write(to_json(header) + b"\n")
        for each in replayed(lines(results), by):
            rows, unlike = rows + 1, unlike + bool(each.differences)
            if out is not None:
                out.write(each.text + b"\n")
            for told in each.differences:
                complain(f"line {each.number} (row {each.row}): {told}")
    return rows, unlike


def _standard(name: str) -> Standard:
    try:
        return load_standard(name)
    except StandardError as error:
        raise Stop(Exit.USAGE, f"{error}; say --standard") from error


def _named(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} (sha256 {standard.sha256[:12]})"
