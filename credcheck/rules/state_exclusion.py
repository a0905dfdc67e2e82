"""Rule kind ``state_exclusion``: not on the lists of those whom states exclude from Medicaid."""

from collections.abc import Sequence

from credcheck.model import StateExclusionEvidence
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.exclusion_lists import STATE, weigh_list
from credcheck.rules.result import Check, Combine


class StateExclusionParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def weigh(context: RuleContext, parameters: StateExclusionParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if no state's list that was asked has the person; silence of the others is nothing.

    A row with the NPI or the license number, in the state's own list, is not met until it ends; one
    with the name alone is a possible exclusion. A state's list speaks of that state: the finding names
    the lists that were asked, of which day, and the states of the person that were not.

    Sources: the states' Medicaid agencies, lists of excluded or terminated providers; 42 CFR 455.416
    (termination by one state concerns the others), from memory.
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
