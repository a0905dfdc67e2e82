"""What finds doubts, a file for each kind of evidence."""

from credcheck.evidence.certificates import find_certificate_doubts
from credcheck.evidence.exclusions import find_exclusion_doubts
from credcheck.evidence.fellowships import find_fellowship_doubts
from credcheck.evidence.licenses import find_license_doubts
from credcheck.evidence.others import find_competency_doubts
from credcheck.evidence.programs import find_program_doubts
from credcheck.evidence.registrations import find_registration_doubts
from credcheck.evidence.screen import FindDoubts

FINDERS: tuple[FindDoubts, ...] = (
    find_registration_doubts,
    find_certificate_doubts,
    find_fellowship_doubts,
    find_program_doubts,
    find_exclusion_doubts,
    find_competency_doubts,
    find_license_doubts,
)
