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
    NAMESAKE_LISTED = "namesake_listed"
    ENTRY_ENDED = "entry_ended"
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
    ReasonCode.NPI_INVALID: "The number given is not an NPI: wrong length, digits or check digit.",
    ReasonCode.NPI_NOT_FOUND: "The registry answered and has no such number: never issued, or"
    " deactivated (the live registry shows active numbers only), or newer than its data.",
    ReasonCode.NPI_NOT_YET_ISSUED: "The number was issued after the as-of date.",
    ReasonCode.NPI_DEACTIVATED: "The registry says that the number was deactivated.",
    ReasonCode.NPI_IS_ORGANIZATION: "The number belongs to an organization, not to a person.",
    ReasonCode.NOT_A_PHYSICIAN: "The person's registered taxonomies are not those of a"
    " physician (MD/DO).",
    ReasonCode.NAME_NOT_FOUND: "The registry answered and lists no one by that name.",
    ReasonCode.IDENTITY_AMBIGUOUS: "The record may be this person's or someone else's.",
    ReasonCode.IDENTITY_CONFLICT: "The record has this person's number but another person's name.",
    ReasonCode.NO_SOURCE: "No source that could answer is configured, or it was left out"
    " of this run.",
    ReasonCode.SOURCE_FAILED: "A source that could answer did not, or its answer was unusable.",
    ReasonCode.SOURCE_STALE: "A source that could answer is older than its maximum age on the"
    " as-of date.",
    ReasonCode.RECORD_UNREADABLE: "A record that may matter has a value that cannot be read"
    " safely.",
    ReasonCode.CONTRADICTION: "Two records, or two fields of one, contradict each other.",
    ReasonCode.NOT_UNDERSTOOD: (
        "A word, number or date that credcheck does not recognize; it is quoted."
    ),
    ReasonCode.SOURCE_DAMAGED: "The list is cut off or has rows that name no one, so not being"
    " listed proves nothing.",
    ReasonCode.IMPOSSIBLE: "The record cannot be right.",
    ReasonCode.NOT_LISTED: "Absent from a source that is declared complete.",
    ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE: "Absent from a source that is not complete, or"
    " that is dated long after the as-of date: that proves nothing.",
    ReasonCode.NPI_ACTIVE: "The registry lists the number as an active individual physician.",
    ReasonCode.SPECIALTY_QUALIFIES: "The base specialty is one that the standard names.",
    ReasonCode.SPECIALTY_NOT_QUALIFYING: "The base specialty is not one that the standard names.",
    ReasonCode.SELF_REPORTED: "The evidence is what the person reports, not what an issuer confirms.",
    ReasonCode.FELLOWSHIP_ACCREDITED: "Completed, long enough, in a program accredited at its end.",
    ReasonCode.FELLOWSHIP_NOT_COMPLETED: "The fellowship was left or ended without completion.",
    ReasonCode.FELLOWSHIP_IN_PROGRESS: "The fellowship had not ended by the as-of date.",
    ReasonCode.FELLOWSHIP_COMPLETION_UNCONFIRMED: "An end date is given, but no one confirms"
    " completion.",
    ReasonCode.FELLOWSHIP_TOO_SHORT: "The fellowship ran for less than the required length.",
    ReasonCode.FELLOWSHIP_DATES_UNKNOWN: "The fellowship's dates are missing or too vague to"
    " decide.",
    ReasonCode.FELLOWSHIP_WRONG_SPECIALTY: "The fellowship is in another specialty.",
    ReasonCode.PROGRAM_NOT_ACCREDITED: "The program was not accredited on the completion date.",
    ReasonCode.PROGRAM_UNKNOWN: (
        "The program is not in the list of programs, or its name is not unique."
    ),
    ReasonCode.ACCREDITATION_NOT_RECOGNIZED: "The program's accreditor is not one that the"
    " standard names.",
    ReasonCode.CERTIFICATE_CURRENT: "The certificate covers the as-of date.",
    ReasonCode.CERTIFICATE_EXPIRED: "The certificate ended before the as-of date.",
    ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE: "The certificate was issued after the as-of date.",
    ReasonCode.CERTIFICATE_REVOKED: "The board has revoked the certificate.",
    ReasonCode.CERTIFICATE_SUSPENDED: "The board has suspended the certificate.",
    ReasonCode.CERTIFICATE_INACTIVE: "The listing says that the person is not, or no longer,"
    " certified.",
    ReasonCode.CERTIFICATE_DATES_UNKNOWN: "The certificate's dates are missing or too vague to"
    " decide.",
    ReasonCode.BOARD_NOT_RECOGNIZED: "The board is not one that the standard names, or cannot be"
    " identified.",
    ReasonCode.CERTIFICATE_WRONG_SPECIALTY: "The certificate is in another specialty.",
    ReasonCode.NOT_IN_MOC: "A remark: not in the board's maintenance program; still certified.",
    ReasonCode.NOT_PRACTICING: "A remark: certified, but no longer or not clinically active.",
    ReasonCode.EXCLUDED: "Excluded on the as-of date, by the list that is named: from federal health"
    " care programs, or from a state's Medicaid.",
    ReasonCode.REINSTATED: "Was excluded and has been reinstated.",
    ReasonCode.WAIVER: "Excluded, with a waiver for one state.",
    ReasonCode.POSSIBLE_EXCLUSION: "An excluded person has this name; a person must decide.",
    ReasonCode.NOT_EXCLUDED: "Absent from the complete and fresh list of exclusions.",
    ReasonCode.PRACTICE_LISTED: "A remark: an organization on the list has this name and is in the"
    " same place; a person must decide.",
    ReasonCode.NAMESAKE_LISTED: "A remark: another person with this name is on the list.",
    ReasonCode.ENTRY_ENDED: "Was on a list of exclusions or revocations, and the entry has ended. The"
    " list does not say whether the person enrolled again.",
    ReasonCode.MEDICARE_REVOKED: "CMS has revoked the Medicare enrollment, and the bar is not over.",
    ReasonCode.LICENSE_ACTIVE: "The state lists the license as active, and no order against it.",
    ReasonCode.LICENSE_RESTRICTED: "The license is active with an order or a condition; a person must"
    " decide.",
    ReasonCode.LICENSE_NOT_ACTIVE: "The state lists the license as expired, surrendered, suspended,"
    " revoked or otherwise not active.",
    ReasonCode.LICENSE_UNKNOWN: "What the state says about the license is not recognized, or does not"
    " cover the as-of date.",
    ReasonCode.IMAGE_GUIDANCE_EVIDENCED: "A record shows work under image guidance.",
    ReasonCode.IMAGE_GUIDANCE_DOUBTFUL: "Most of the injections were billed without image"
    " guidance.",
    ReasonCode.RADIATION_SAFETY_EVIDENCED: "A record shows training or a permit in radiation"
    " safety.",
    ReasonCode.TOPIC_EVIDENCED: "A valid record shows what the standard asks for.",
    ReasonCode.LICENSE_REGISTERED: "The registry lists a license of a state that the standard names;"
    " no one checked it.",
    ReasonCode.NO_EVIDENCE: "No record shows it; for advisory requirements that does not affect the"
    " verdict.",
    ReasonCode.VERIFICATION_UNPROVEN: "A person's entry that gives no method, or has neither a"
    " document nor a named contact.",
    ReasonCode.SECOND_PERSON_MISSING: "The standard asks for a second person to confirm the entry.",
    ReasonCode.ROW_SETTLED: "A remark: a person has settled whose row it is.",
}
