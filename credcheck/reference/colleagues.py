"""Professions that a plan of care with rehabilitation draws on, as lists of groups write them.

The words of lists (Medicare's Doctors and Clinicians file) are in ``words.toml``, ``colleague``.
"""

COLLEAGUES = {
    "physical_therapist": "physical therapist",
    "occupational_therapist": "occupational therapist",
    "psychologist": "psychologist",
    "physiatrist": "rehabilitation physician",
    "social_worker": "clinical social worker",
}
"""The professions, in the order in which they are told, with their words for a sentence."""
