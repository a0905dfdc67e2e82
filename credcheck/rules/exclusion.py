"""Rule kind ``exclusion``: not on a federal list of excluded people, the OIG's (LEIE) or SAM.gov's."""

from collections.abc import Sequence

from credcheck.model import ExclusionEvidence
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.exclusion_lists import FEDERAL, weigh_list
from credcheck.rules.result import Check, Combine


class ExclusionParameters(Parameters, kw_only=True):
    """None."""


def weigh(context: RuleContext, parameters: ExclusionParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if no exclusion in force has the NPI, and none without an NPI has the name.

    A row with the NPI decides. Most rows have none (0000000000). A row with only the name is a
    ``possible_exclusion``: it is neither ignored nor treated as an exclusion, whatever its
    state. A row that was reinstated by the as-of date, or whose end has passed, is history. A
    row that was reinstated before it was excluded contradicts itself. A waiver applies to one
    state only: if the physician works only in that state, somebody must check; elsewhere, the
    exclusion applies. Absence clears only in a complete and current list.

    Sources: OIG LEIE record layout (NPI, REINDATE, WAIVERDATE, WVRSTATE); OIG, "Tips" for the
    LEIE (former and hyphenated names; verify a hit); SAM.gov, Public Extract V2 (Excluding
    Agency, Active Date, Termination Date, NPI).
    """
    return weigh_list(context, FEDERAL)


RULE = Rule(
    kind="exclusion",
    parameters=ExclusionParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(ExclusionEvidence,),
)
