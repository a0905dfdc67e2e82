"""What no record establishes, told beside the findings: one kind of statement a file, no list is kept.

Whether a physician works in a team, or looks at function rather than at pain alone, stands in no
register. What training, groups and people's own words say of it is context: it never decides, and that
there is none says nothing.
"""

import datetime as dt
import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

from credcheck.evidence.sources import SourceView
from credcheck.model import Dossier, Statement, StatementKind
from credcheck.rules.context import RuleContext
from credcheck.statements.base import Describer, JudgedRequirement


@cache
def describers() -> tuple[Describer, ...]:
    """Return every kind of statement, the strongest first."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    found = [module.DESCRIBER for module in modules if hasattr(module, "DESCRIBER")]
    return tuple(sorted(found, key=lambda each: list(StatementKind).index(each.kind)))


def list_statements(
    dossier: Dossier,
    as_of: dt.date,
    judged: Sequence[JudgedRequirement],
    sources: SourceView | None = None,
) -> tuple[Statement, ...]:
    """Return what is to be told of a person beside the findings. Pure, as the checker is.

    ``judged`` are the requirements with their findings; ``sources`` are the dossier's where they are at
    hand.
    """
    if dossier.physician is None:
        return ()
    kinds = {type(item) for item in dossier.evidence}
    asked = [each for each in describers() if each.evidence_type in kinds]
    if not asked:
        return ()
    context = RuleContext(dossier, as_of, sources)
    return tuple([said for each in asked for said in each.describe(context, judged)])
