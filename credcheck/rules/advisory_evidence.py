"""Rule kind ``advisory_evidence``: a permit, a course or billed procedures that show one topic."""

from typing import Literal

from credcheck.model import CompetencyEvidence, EvidenceKind, ProcedureEvidence, ReasonCode
from credcheck.reference.vocabulary import look_up_word, normalize_phrase
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext, explain_doubt, record_location
from credcheck.rules.result import Check, Judgment, finding_if_any, met, unverified

_CODES = {
    "image_guidance": ReasonCode.IMAGE_GUIDANCE_EVIDENCED,
    "radiation_safety": ReasonCode.RADIATION_SAFETY_EVIDENCED,
}


class AdvisoryEvidenceParameters(Parameters, kw_only=True):
    """Which topic, and from how many services of which procedure codes billing shows it."""

    topic: Literal["image_guidance", "radiation_safety"]
    procedure_codes: tuple[str, ...] = ()
    minimum_services: int = 1


def judge(case: RuleContext, parameters: AdvisoryEvidenceParameters) -> Judgment:
    """Meet it with one record on the topic that holds on the as-of date; else ``unverified``.

    Absence proves nothing and is never a negative: CMS leaves out small counts, and most states ask
    for no personal fluoroscopy permit. Billing a code that includes imaging is a statement of the
    biller, not of skill.

    Sources: CMS Medicare Physician & Other Practitioners (suppression of counts up to ten); CPT
    code descriptions (imaging included); 17 CCR 30466 as an example of a permit.
    """
    weighed = [
        each
        for item in case.usable(CompetencyEvidence)
        if (each := _competency(case, item, parameters))
    ]
    weighed += _procedures(case, parameters)
    words = parameters.topic.replace("_", " ")
    if weighed:
        return finding_if_any(weighed)
    gaps = [explain_doubt(item) for item in case.doubtful(CompetencyEvidence)]
    gaps += [explain_doubt(item) for item in case.doubtful(ProcedureEvidence)]
    gaps += [
        *case.check_sources(EvidenceKind.COMPETENCY),
        *case.check_sources(EvidenceKind.PROCEDURE),
    ]
    ask = f"Ask the physician or the hospital for records of {words}."
    nothing = unverified(ReasonCode.NO_EVIDENCE, f"no record shows {words}", ask=ask)
    return finding_if_any([nothing, *gaps])


def _competency(
    case: RuleContext, item: CompetencyEvidence, parameters: AdvisoryEvidenceParameters
) -> Check | None:
    record = item.record
    if record is None or look_up_word("topic", record.topic.replace("_", " ")) != parameters.topic:
        return None
    held = record.status == "" or look_up_word("certificate", record.status) == "certified"
    over = record.expires is not None and record.expires.before(case.as_of) is not False
    not_yet = record.issued is not None and record.issued.after(case.as_of) is not False
    if not held or over or not_yet:
        return None
    where = record_location(item)
    message = f"{record.title or record.topic} of {record.issuer or 'an issuer'} ({where})"
    return met(_CODES[parameters.topic], message, item.id)


def _procedures(case: RuleContext, parameters: AdvisoryEvidenceParameters) -> list[Check]:
    wanted = {normalize_phrase(code) for code in parameters.procedure_codes}
    items = [
        (item, item.record)
        for item in case.usable(ProcedureEvidence)
        if item.record and normalize_phrase(item.record.code) in wanted
    ]
    total = sum(record.services for _, record in items)
    if not items or total < parameters.minimum_services:
        return []
    codes = ", ".join(sorted({record.code for _, record in items}))
    message = f"{total} services billed under codes that include imaging ({codes})"
    return [met(_CODES[parameters.topic], message, *(item.id for item, _ in items))]


RULE = Rule(
    kind="advisory_evidence",
    parameters=AdvisoryEvidenceParameters,
    judge=judge,
    evidence_types=(CompetencyEvidence, ProcedureEvidence),
)
