"""Rule kind ``revocation``: Medicare enrollment that CMS has not revoked."""

from collections.abc import Sequence

from credcheck.model import RevocationEvidence
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.exclusion_lists import MEDICARE, weigh_list
from credcheck.rules.result import Check, Combine


class RevocationParameters(Parameters, kw_only=True):
    """None."""


def weigh(context: RuleContext, parameters: RevocationParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if CMS's list of revocations has no entry in force for the person.

    A row with the NPI is not met until the reenrollment bar ends; after that, it is history. A
    row with only the name is a doubt. Absence does not prove enrollment: it only means that the
    list of that day has no revocation. A revocation is different from an exclusion by the OIG.

    Sources: CMS, Revoked Medicare Providers and Suppliers (REVOCATION_EFCTV_DT,
    REENROLLMENT_BAR_EXPRTN_DT); 42 CFR 424.535.
    """
    return weigh_list(context, MEDICARE)


RULE = Rule(
    kind="revocation",
    parameters=RevocationParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(RevocationEvidence,),
)
