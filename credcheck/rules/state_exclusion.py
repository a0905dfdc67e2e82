"""Rule kind ``state_exclusion``: not on the lists of those whom states exclude from Medicaid."""

from collections.abc import Sequence

from credcheck.model import StateExclusionEvidence
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.exclusion_lists import STATE, weigh_list
from credcheck.rules.result import Check, Combine


class StateExclusionParameters(Parameters, kw_only=True):
    """None."""


def weigh(context: RuleContext, parameters: StateExclusionParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if no state list has the person; a list that was not asked means nothing.

    A row with the NPI or the license number in the state's own list is not met until it ends. A
    row with only the name is a possible exclusion. A list covers one state: the finding names
    the lists that were asked, with their dates, and the person's states that were not.

    Sources: the states' Medicaid agencies, lists of excluded or terminated providers; 42 CFR
    455.416 (termination by one state concerns the others), from memory.
    """
    return weigh_list(context, STATE)


RULE = Rule(
    kind="state_exclusion",
    parameters=StateExclusionParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(StateExclusionEvidence,),
    personal_kinds=(STATE.kind,),
)
