"""What of an answer is known before anybody is asked: from the record, or from what is asked for."""

from credcheck.model import Verdict
from credcheck.reference.specialties import SPECIALTIES
from credcheck.standards.loader import Requirement
from credcheck.worklist.addressees import AddresseeKind, Asked, Wanted
from credcheck.worklist.columns import describe_known


def describe_asked(verdict: Verdict, requirement: Requirement, asked: Asked) -> dict[str, str]:
    """Return what is known of the thing that somebody is asked about, by the columns of the sheet.

    Without a record it is what identifies the thing: the board and the certificate, the specialty of
    the training, the license of the state.
    """
    if asked.record is not None:
        return describe_known(asked.record.record)
    words = SPECIALTIES.get(getattr(requirement.parameters, "specialty", ""), "")
    subject = words[:1].upper() + words[1:]
    known: dict[str, str] = {}
    if asked.wanted is Wanted.CERTIFICATE:
        known = {"organization": asked.addressee.name if asked.addressee.key else ""}
        known["subject"] = subject
    elif asked.wanted is Wanted.FELLOWSHIP:
        known = {"subject": subject}
    elif asked.wanted is Wanted.LICENSE and asked.addressee.kind is AddresseeKind.STATE:
        state = asked.addressee.key
        licenses = verdict.physician.licenses if verdict.physician is not None else ()
        numbers = {each.number for each in licenses if each.state == state}
        known = {"subject": state, "number": numbers.pop() if len(numbers) == 1 else ""}
    return {name: text for name, text in known.items() if text}
