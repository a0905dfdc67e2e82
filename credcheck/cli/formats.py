"""Which format is meant: said, or by the name of the file."""

from pathlib import Path

from credcheck._util.suggest import nearest
from credcheck.cli.exit_codes import Exit, Stop
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import Format


def chosen_format(said: str | None, output: str, *, otherwise: str = "ndjson") -> Format:
    """Return the format. Raises Stop for one that is unknown, or a name that tells none."""
    known = formats()
    if said is not None:
        if said in known:
            return known[said]
        names = ", ".join(known)
        raise Stop(Exit.USAGE, f"unknown format {said!r}{nearest(said, known)}; known are {names}")
    if output == "-":
        return known[otherwise]
    suffix = Path(output).suffix.lower()
    by_suffix = {each.suffix: each for each in known.values()}
    if suffix in by_suffix:
        return by_suffix[suffix]
    endings = ", ".join(sorted(by_suffix))
    raise Stop(
        Exit.USAGE, f"-o {output}: its name tells no format; say --format, or end it in {endings}"
    )
