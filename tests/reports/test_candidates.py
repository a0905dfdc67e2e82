"""People to choose from, on a screen."""

import io

from rich.console import Console

from credcheck.model import Rival
from credcheck.model.npi import Npi
from credcheck.reports.terminal.candidates import candidate_table


def test_each_taxonomy_stands_on_a_line_of_its_own() -> None:
    person = Rival(
        npi=Npi("2000001075"), name="ALMA ABERNATHY", taxonomies=("207L00000X", "208100000X")
    )
    out = io.StringIO()
    Console(file=out, width=120).print(candidate_table([person]))
    shown = out.getvalue()
    assert "\\x0a" not in shown
    assert [line.count("(20") for line in shown.splitlines()[1:]] == [1, 1]
