"""Rule kind ``advisory_evidence``: a permit, a course or billed procedures that show one topic."""

from typing import Literal

from credcheck.model import Code, CompetencyEvidence, Kind, ProcedureEvidence
from credcheck.reference.phrases import meaning, phrase
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import Case, doubt, place_of
from credcheck.rules.result import Judgement, Weighed, judged_by_any, met, unverified

_CODES = {
    "image_guidance": Code.IMAGE_GUIDANCE_EVIDENCED,
    "radiation_safety": Code.RADIATION_SAFETY_EVIDENCED,
}


class AdvisoryEvidenceParameters(Parameters, kw_only=True):
    """Which topic, and from how many services of which procedure codes billing shows it."""

    topic: Literal["image_guidance", "radiation_safety"]
    procedure_codes: tuple[str, ...] = ()
    minimum_services: int = 1


def judge(case: Case, parameters: AdvisoryEvidenceParameters) -> Judgement:
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
        return judged_by_any(weighed)
    gaps = [doubt(item) for item in case.doubtful(CompetencyEvidence)]
    gaps += [doubt(item) for item in case.doubtful(ProcedureEvidence)]
    gaps += [*case.source_gaps(Kind.COMPETENCY), *case.source_gaps(Kind.PROCEDURE)]
    ask = f"Ask the physician or the hospital for records of {words}."
    nothing = unverified(Code.NO_EVIDENCE, f"no record shows {words}", ask=ask)
    return judged_by_any([nothing, *gaps])


def _competency(
    case: Case, item: CompetencyEvidence, parameters: AdvisoryEvidenceParameters
) -> Weighed | None:
    record = item.record
    if record is None or meaning("topic", record.topic.replace("_", " ")) != parameters.topic:
        return None
    held = record.status == "" or meaning("certificate", record.status) == "certified"
    over = record.expires is not None and record.expires.before(case.as_of) is not False
    not_yet = record.issued is not None and record.issued.after(case.as_of) is not False
    if not held or over or not_yet:
        return None
    message = f"{record.title or record.topic} of {record.issuer or 'an issuer'} ({place_of(item)})"
    return met(_CODES[parameters.topic], message, item.id)


def _procedures(case: Case, parameters: AdvisoryEvidenceParameters) -> list[Weighed]:
    wanted = {phrase(code) for code in parameters.procedure_codes}
    items = [
        (item, item.record)
        for item in case.usable(ProcedureEvidence)
        if item.record and phrase(item.record.code) in wanted
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
    looks_at=(CompetencyEvidence, ProcedureEvidence),
)
