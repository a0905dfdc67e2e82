"""Reason codes: why a finding came out as it did. The list may grow; a meaning never changes."""

from enum import StrEnum

from credcheck.model.base import Sparse


class ReasonCode(StrEnum):
    """A stable code that scripts may rest on. MEANINGS tells what each one says."""

    NPI_INVALID = "npi_invalid"
    NPI_NOT_FOUND = "npi_not_found"
    NPI_NOT_YET_ISSUED = "npi_not_yet_issued"
    NPI_DEACTIVATED = "npi_deactivated"
    NPI_IS_ORGANIZATION = "npi_is_organization"
    NOT_A_PHYSICIAN = "not_a_physician"
    NAME_NOT_FOUND = "name_not_found"
    IDENTITY_AMBIGUOUS = "identity_ambiguous"
    IDENTITY_CONFLICT = "identity_conflict"
    NO_SOURCE = "no_source"
    SOURCE_FAILED = "source_failed"
    SOURCE_STALE = "source_stale"
    RECORD_UNREADABLE = "record_unreadable"
    CONTRADICTION = "contradiction"
    NOT_UNDERSTOOD = "not_understood"
    SOURCE_DAMAGED = "source_damaged"
    IMPOSSIBLE = "impossible"
    NOT_LISTED = "not_listed"
    NOT_FOUND_IN_PARTIAL_SOURCE = "not_found_in_partial_source"
    NPI_ACTIVE = "npi_active"
    SPECIALTY_QUALIFIES = "specialty_qualifies"
    SPECIALTY_NOT_QUALIFYING = "specialty_not_qualifying"
    SELF_REPORTED = "self_reported"
    FELLOWSHIP_ACCREDITED = "fellowship_accredited"
    FELLOWSHIP_NOT_COMPLETED = "fellowship_not_completed"
    FELLOWSHIP_IN_PROGRESS = "fellowship_in_progress"
    FELLOWSHIP_COMPLETION_UNCONFIRMED = "fellowship_completion_unconfirmed"
    FELLOWSHIP_TOO_SHORT = "fellowship_too_short"
    FELLOWSHIP_DATES_UNKNOWN = "fellowship_dates_unknown"
    FELLOWSHIP_WRONG_SPECIALTY = "fellowship_wrong_specialty"
    PROGRAM_NOT_ACCREDITED = "program_not_accredited"
    PROGRAM_UNKNOWN = "program_unknown"
    ACCREDITATION_NOT_RECOGNIZED = "accreditation_not_recognized"
    CERTIFICATE_CURRENT = "certificate_current"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_EFFECTIVE = "certificate_not_yet_effective"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_INACTIVE = "certificate_inactive"
    CERTIFICATE_DATES_UNKNOWN = "certificate_dates_unknown"
    BOARD_NOT_RECOGNIZED = "board_not_recognized"
    CERTIFICATE_WRONG_SPECIALTY = "certificate_wrong_specialty"
    NOT_IN_MOC = "not_in_moc"
    NOT_PRACTICING = "not_practicing"
    EXCLUDED = "excluded"
    REINSTATED = "reinstated"
    WAIVER = "waiver"
    POSSIBLE_EXCLUSION = "possible_exclusion"
    NOT_EXCLUDED = "not_excluded"
    PRACTICE_LISTED = "practice_listed"
    MEDICARE_REVOKED = "medicare_revoked"
    LICENSE_ACTIVE = "license_active"
    LICENSE_RESTRICTED = "license_restricted"
    LICENSE_NOT_ACTIVE = "license_not_active"
    LICENSE_UNKNOWN = "license_unknown"
    IMAGE_GUIDANCE_EVIDENCED = "image_guidance_evidenced"
    IMAGE_GUIDANCE_DOUBTFUL = "image_guidance_doubtful"
    RADIATION_SAFETY_EVIDENCED = "radiation_safety_evidenced"
    TOPIC_EVIDENCED = "topic_evidenced"
    LICENSE_REGISTERED = "license_registered"
    NO_EVIDENCE = "no_evidence"
    VERIFICATION_UNPROVEN = "verification_unproven"
    SECOND_PERSON_MISSING = "second_person_missing"
    ROW_SETTLED = "row_settled"


class Reason(Sparse, kw_only=True):
    """One reason of a finding: a code for scripts and a plain sentence for people.

    ``about`` are the records that it concerns, by their ids in the verdict.
    """

    code: ReasonCode
    message: str
    about: tuple[str, ...] = ()


MEANINGS: dict[ReasonCode, str] = {
    ReasonCode.NPI_INVALID: (
        "The value given as an NPI is invalid: wrong length, characters or check digit."
    ),
    ReasonCode.NPI_NOT_FOUND: (
        "The registry answered but does not have this NPI: it was never issued,"
        " is deactivated (the live registry only shows active NPIs), or is "
        "newer than the data."
    ),
    ReasonCode.NPI_NOT_YET_ISSUED: "The NPI was issued after the as-of date.",
    ReasonCode.NPI_DEACTIVATED: "The registry says that the NPI was deactivated.",
    ReasonCode.NPI_IS_ORGANIZATION: "The NPI belongs to an organization, not to a person.",
    ReasonCode.NOT_A_PHYSICIAN: (
        "The person's registered taxonomies are not those of a physician (MD or DO)."
    ),
    ReasonCode.NAME_NOT_FOUND: "The registry answered but has nobody with this name.",
    ReasonCode.IDENTITY_AMBIGUOUS: "The record may be about this person or about somebody else.",
    ReasonCode.IDENTITY_CONFLICT: "The record has this person's NPI but another person's name.",
    ReasonCode.NO_SOURCE: (
        "No source that could answer is configured, or it was left out of this run."
    ),
    ReasonCode.SOURCE_FAILED: "A source that could answer did not, or its answer was unusable.",
    ReasonCode.SOURCE_STALE: (
        "A source that could answer is older than its maximum age on the as-of date."
    ),
    ReasonCode.RECORD_UNREADABLE: "A record that may matter has a value that cannot be read reliably.",
    ReasonCode.CONTRADICTION: "Two records, or two fields of one, contradict each other.",
    ReasonCode.NOT_UNDERSTOOD: (
        "A word, number or date is not in credcheck's tables; the finding quotes it."
    ),
    ReasonCode.SOURCE_DAMAGED: (
        "The list is cut off or has rows without names, so absence from it shows nothing."
    ),
    ReasonCode.IMPOSSIBLE: "The record says something impossible.",
    ReasonCode.NOT_LISTED: "Not in a source that is declared complete.",
    ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE: (
        "Not in a source that is incomplete or much later than the as-of date, which shows nothing."
    ),
    ReasonCode.NPI_ACTIVE: "The registry lists the NPI as an active individual physician.",
    ReasonCode.SPECIALTY_QUALIFIES: "The base specialty is one that the standard accepts.",
    ReasonCode.SPECIALTY_NOT_QUALIFYING: "The base specialty is not one that the standard accepts.",
    ReasonCode.SELF_REPORTED: "The evidence is the person's own statement; no issuer confirms it.",
    ReasonCode.FELLOWSHIP_ACCREDITED: "Completed, long enough, in a program accredited at its end.",
    ReasonCode.FELLOWSHIP_NOT_COMPLETED: "The fellowship was left or ended without completion.",
    ReasonCode.FELLOWSHIP_IN_PROGRESS: "The fellowship had not ended by the as-of date.",
    ReasonCode.FELLOWSHIP_COMPLETION_UNCONFIRMED: "There is an end date, but no confirmed completion.",
    ReasonCode.FELLOWSHIP_TOO_SHORT: "The fellowship was shorter than required.",
    ReasonCode.FELLOWSHIP_DATES_UNKNOWN: "The fellowship's dates are missing or too imprecise.",
    ReasonCode.FELLOWSHIP_WRONG_SPECIALTY: "The fellowship is in another specialty.",
    ReasonCode.PROGRAM_NOT_ACCREDITED: "The program was not accredited on the completion date.",
    ReasonCode.PROGRAM_UNKNOWN: "The program is not in the list of programs, or its name fits several.",
    ReasonCode.ACCREDITATION_NOT_RECOGNIZED: "The standard does not accept the program's accreditor.",
    ReasonCode.CERTIFICATE_CURRENT: "The certificate covers the as-of date.",
    ReasonCode.CERTIFICATE_EXPIRED: "The certificate ended before the as-of date.",
    ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE: "The certificate was issued after the as-of date.",
    ReasonCode.CERTIFICATE_REVOKED: "The board has revoked the certificate.",
    ReasonCode.CERTIFICATE_SUSPENDED: "The board has suspended the certificate.",
    ReasonCode.CERTIFICATE_INACTIVE: (
        "The list says that the person is not certified, or no longer certified."
    ),
    ReasonCode.CERTIFICATE_DATES_UNKNOWN: "The certificate's dates are missing or too imprecise.",
    ReasonCode.BOARD_NOT_RECOGNIZED: (
        "The standard does not accept the board, or the board's name fits several."
    ),
    ReasonCode.CERTIFICATE_WRONG_SPECIALTY: "The certificate is in another specialty.",
    ReasonCode.NOT_IN_MOC: "A remark: not in the board's maintenance program, but still certified.",
    ReasonCode.NOT_PRACTICING: "A remark: certified, but not clinically active.",
    ReasonCode.EXCLUDED: (
        "Excluded on the as-of date, according to the named list, from federal "
        "health care programs or from a state's Medicaid program."
    ),
    ReasonCode.REINSTATED: "Was excluded and has been reinstated.",
    ReasonCode.WAIVER: "Excluded, with a waiver for one state.",
    ReasonCode.POSSIBLE_EXCLUSION: "An excluded person has this name; somebody must check.",
    ReasonCode.NOT_EXCLUDED: "Not in a complete and current exclusion list.",
    ReasonCode.PRACTICE_LISTED: (
        "A remark: an organization on the list has this name and is in the same"
        " place; somebody must check."
    ),
    ReasonCode.MEDICARE_REVOKED: (
        "CMS has revoked the Medicare enrollment, and the reenrollment bar has not ended."
    ),
    ReasonCode.LICENSE_ACTIVE: "The state lists the license as active, without an order against it.",
    ReasonCode.LICENSE_RESTRICTED: (
        "The license is active, but with an order or a condition; somebody must check."
    ),
    ReasonCode.LICENSE_NOT_ACTIVE: "The state lists the license as expired, surrendered, suspended,"
    " revoked or otherwise not active.",
    ReasonCode.LICENSE_UNKNOWN: (
        "The state's entry for the license is not understood, or does not say "
        "what was true on the as-of date."
    ),
    ReasonCode.IMAGE_GUIDANCE_EVIDENCED: "A record shows procedures with image guidance.",
    ReasonCode.IMAGE_GUIDANCE_DOUBTFUL: "Most of the injections were billed without image"
    " guidance.",
    ReasonCode.RADIATION_SAFETY_EVIDENCED: "A record shows training or a permit in radiation"
    " safety.",
    ReasonCode.TOPIC_EVIDENCED: "A current record shows what the standard wants evidence of.",
    ReasonCode.LICENSE_REGISTERED: (
        "The registry lists a license in a state that the standard names; nobody has verified it."
    ),
    ReasonCode.NO_EVIDENCE: (
        "No record shows it; for an advisory requirement, this does not affect the outcome."
    ),
    ReasonCode.VERIFICATION_UNPROVEN: (
        "An entry in the book has no method, or neither a document nor a named contact."
    ),
    ReasonCode.SECOND_PERSON_MISSING: "The standard requires a second person to confirm the entry.",
    ReasonCode.ROW_SETTLED: "A remark: somebody has settled who a row is about.",
}
