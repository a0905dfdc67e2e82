"""``credcheck demo``: the whole tour on the built-in world."""

from credcheck.cli import options
from credcheck.cli.console import Screen, write_text
from credcheck.cli.session import open_session
from credcheck.demo import demo_people
from credcheck.model import Query
from credcheck.model.npi import parse
from credcheck.reports.terminal.demo import tour
from credcheck.verify.pipeline import verify


def demo(
    no_color: options.NoColor = False,
) -> None:
    """Take the tour: invented people, every outcome, no network and no configuration."""
    screen = Screen(no_color=no_color)
    session = open_session(options.Request(demo=True))
    people = demo_people()
    queries = [Query(npi=parse(person.npi), row=row) for row, person in enumerate(people, 1)]
    verdicts = list(verify(queries, session.source_set, session.standard, session.as_of))
    write_text(screen.render(tour(people, verdicts, session.standard)))
