"""Rule kind ``advisory_evidence``: a permit, a course or billed procedures that show one topic."""

from collections.abc import Iterable, Sequence

from credcheck._util.text import pluralize
from credcheck.evidence.others import WHILE_LICENSED
from credcheck.model import (
    CompetencyEvidence,
    EnrollmentEvidence,
    EvidenceKind,
    ProcedureEvidence,
    ReasonCode,
)
from credcheck.reference.topics import TOPICS
from credcheck.reference.understanding import understand_word
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.result import Check, met, unverified

_CODES: dict[str, ReasonCode] = {
    "image_guidance": ReasonCode.IMAGE_GUIDANCE_EVIDENCED,
    "radiation_safety": ReasonCode.RADIATION_SAFETY_EVIDENCED,
}


class AdvisoryEvidenceParameters(Parameters, kw_only=True):
    """The topic, and the share of services from which billing shows it.

    ``procedure_codes`` are codes of procedures that include imaging. ``blind_codes`` are codes
    of the same procedures without imaging. ``twin_codes`` are those ``procedure_codes`` that
    have such a counterpart (all by default). ``minimum_share`` is the smallest share of twin
    codes among twin and blind codes, from 0 to 1.
    """

    topic: str
    procedure_codes: tuple[str, ...] = ()
    blind_codes: tuple[str, ...] = ()
    twin_codes: tuple[str, ...] = ()
    minimum_services: int = 1
    minimum_share: float = 0.5

    def __post_init__(self) -> None:
        check_names("topic", [self.topic], TOPICS)
        if not 0 <= self.minimum_share <= 1:
            raise ValueError("minimum_share must be between 0 and 1")
        unknown = set(self.twin_codes) - set(self.procedure_codes)
        if unknown:
            raise ValueError(f"{min(unknown)!r} is in twin_codes but not in procedure_codes")
        both = {*map(normalize_phrase, self.procedure_codes)} & {
            *map(normalize_phrase, self.blind_codes)
        }
        if both:
            raise ValueError(f"{min(both)!r} is in both procedure_codes and blind_codes")


def weigh(context: RuleContext, parameters: AdvisoryEvidenceParameters) -> Sequence[Check]:
    """Meet it with one record on the topic that is valid on the day, else ``unverified``.

    Billing shows it if services were billed under codes that include imaging and, among
    injections that can also be given without imaging, at least a given share had it. The
    finding gives both numbers and the year. A count alone could mislead about somebody who
    usually works without imaging. Absence proves nothing and is never negative: CMS leaves out
    small counts, and most states do not require a personal fluoroscopy permit. Billing a code
    is the biller's own statement. A California permit is valid only while the license is; if
    the license is not active, the permit is a doubt.

    Sources: CMS Medicare Physician & Other Practitioners (suppression of small counts); CPT
    code descriptions (imaging included or not); 17 CCR 30466 as an example of a permit.
    """
    checks = [
        each
        for item in context.usable(CompetencyEvidence)
        if (each := _check_competency(context, item, parameters))
    ]
    checks += _check_procedures(context, parameters)
    if checks:
        return checks
    gaps = [context.explain_doubt(item) for item in context.unsure(CompetencyEvidence)]
    gaps += context.check_sources(EvidenceKind.COMPETENCY)
    if parameters.procedure_codes:  # else billing says nothing of the topic
        gaps += [context.explain_doubt(item) for item in context.unsure(ProcedureEvidence)]
        gaps += context.check_sources(EvidenceKind.PROCEDURE)
    words = TOPICS[parameters.topic]
    ask = f"Ask the physician or the hospital for records of {words}."
    message = f"no record shows {words}"
    if parameters.procedure_codes:
        message += _describe_opt_out(context)
    return [unverified(ReasonCode.NO_EVIDENCE, message, ask=ask, silent=True), *gaps]


def _check_competency(
    context: RuleContext, item: CompetencyEvidence, parameters: AdvisoryEvidenceParameters
) -> Check | None:
    record = item.record
    if record is None or _topic(record.topic) not in {None, parameters.topic}:
        return None
    status = understand_word("certificate", record.status)
    held = status.value in {"certified", None}  # what is not understood is a doubt (rules/guard.py)
    over = record.expires is not None and record.expires.before(context.as_of) is not False
    not_yet = record.issued is not None and record.issued.after(context.as_of) is not False
    if not held or over or not_yet:
        return None
    where = record_location(item)
    message = f"{record.title or record.topic} of {record.issuer or 'an issuer'} ({where})"
    if record.state in WHILE_LICENSED:
        message += f"; it is valid only while the license in {record.state} is active"
    return met(_code(parameters), message, item.id)


def _code(parameters: AdvisoryEvidenceParameters) -> ReasonCode:
    return _CODES.get(parameters.topic, ReasonCode.TOPIC_EVIDENCED)


def _topic(text: str) -> str | None:
    return understand_word("topic", text.replace("_", " ")).value


def _check_procedures(context: RuleContext, parameters: AdvisoryEvidenceParameters) -> list[Check]:
    imaged = _find_billed(context, parameters.procedure_codes)
    blind = _find_billed(context, parameters.blind_codes)
    with_image, without = _sum_services(imaged), _sum_services(blind)
    twins = _sum_services(
        _find_billed(context, parameters.twin_codes or parameters.procedure_codes)
    )
    if with_image + without < max(parameters.minimum_services, 1):
        return []
    ids = tuple(item.id for item in (*imaged, *blind))
    count, codes = pluralize(with_image, "service"), _list_codes(imaged)
    message = f"{count} billed under codes that include imaging ({codes})"
    if parameters.blind_codes:
        message += f", {without} under codes without it"
        message += f" ({_list_codes(blind)})" if blind else ""
        message += _describe_share(twins, without) + _describe_year([*imaged, *blind])
    if with_image and twins >= parameters.minimum_share * (twins + without):
        return [met(_code(parameters), message, *ids)]
    ask = "Ask the physician or the hospital how the injections are guided."
    return [unverified(ReasonCode.IMAGE_GUIDANCE_DOUBTFUL, message, *ids, ask=ask)]


def _describe_opt_out(context: RuleContext) -> str:
    """Return why claims are silent, where the person has opted out of Medicare: no fault of theirs."""
    for item in context.usable(EnrollmentEvidence):
        record = item.record
        if record is None or understand_word("enrollment", record.program).value != "opted_out":
            continue
        begun = record.since is None or record.since.after(context.as_of) is False
        over = record.until is not None and record.until.before(context.as_of) is True
        if begun and not over:
            since = f" since {record.since}" if record.since is not None else ""
            return (
                f"; opted out of Medicare{since} ({record_location(item)}), so Medicare claims"
                " show nothing"
            )
    return ""


def _describe_share(twins: int, without: int) -> str:
    if not twins + without:
        return ""
    share = round(100 * twins / (twins + without))
    both = f"{twins} of {twins + without} ({share}%)"
    return f"; of the injections that can be done without imaging, {both} with it"


def _describe_year(items: Iterable[ProcedureEvidence]) -> str:
    years = sorted({str(item.record.year) for item in items if item.record and item.record.year})
    said = f"; services of {', '.join(years)}" if years else ""
    return f"{said}; CMS leaves out rows with ten or fewer patients"


def _find_billed(context: RuleContext, codes: Iterable[str]) -> list[ProcedureEvidence]:
    wanted = set(map(normalize_phrase, codes))
    return [
        item
        for item in context.usable(ProcedureEvidence)
        if item.record and normalize_phrase(item.record.code) in wanted
    ]


def _sum_services(items: Iterable[ProcedureEvidence]) -> int:
    return sum(item.record.services for item in items if item.record)


def _list_codes(items: Iterable[ProcedureEvidence]) -> str:
    return ", ".join(sorted({item.record.code for item in items if item.record})) or "none"


RULE = Rule(
    kind="advisory_evidence",
    parameters=AdvisoryEvidenceParameters,
    weigh=weigh,
    evidence_types=(CompetencyEvidence, ProcedureEvidence, EnrollmentEvidence),
)
