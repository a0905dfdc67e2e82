"""Rule kind ``exclusion``: not on a federal list of excluded people, the OIG's (LEIE) or SAM.gov's."""

from collections.abc import Sequence

from credcheck.model import ExclusionEvidence
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.exclusion_lists import FEDERAL, weigh_list
from credcheck.rules.result import Check, Combine


class ExclusionParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def weigh(context: RuleContext, parameters: ExclusionParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if no exclusion in force bears the NPI, and none without an NPI bears the name.

    A row with the NPI decides. Most rows have none (0000000000): a row with the name alone is a
    ``possible_exclusion``, never ignored and never counted as one, whatever its state. A row with a
    reinstatement date by the as-of date is history, and so is one whose end has passed; one that was
    reinstated before it was excluded contradicts itself. A waiver holds in one state only: where the
    physician works in that state alone, a person must look; elsewhere the exclusion holds. Absence
    clears only in a whole, fresh list.

    Sources: OIG LEIE record layout (NPI, REINDATE, WAIVERDATE, WVRSTATE); OIG,
    "Tips" for the LEIE (former and hyphenated names; verify a hit); SAM.gov, Public Extract V2
    (Excluding Agency, Active Date, Termination Date, NPI).
    """
    return weigh_list(context, FEDERAL)


RULE = Rule(
    kind="exclusion",
    parameters=ExclusionParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(ExclusionEvidence,),
)
