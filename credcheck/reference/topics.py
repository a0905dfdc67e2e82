"""Topics of permits, courses and attestations that a standard may ask evidence of.

The words of lists are in ``words.toml``, ``topic``. What a practice says of itself on other topics is
context, never evidence (credcheck/statements).
"""

TOPICS = {
    "image_guidance": "image guidance",
    "radiation_safety": "radiation safety",
    "supervised_graduate": "a practice relationship as a recent graduate",
    "approved_pain_training": "board-approved training in interventional pain management",
    "pain_instructor": "a post as clinical instructor in pain medicine",
    "accredited_pain_clinic": "practice in an accredited interdisciplinary pain clinic",
}
"""The topics, with their words for a sentence."""
