"""Accreditors of training programs that a standard may name."""

ACCREDITORS = {
    "ACGME": "Accreditation Council for Graduate Medical Education",
    "AOA": "American Osteopathic Association",
    "CAST": "Committee on Advanced Subspecialty Training",
}
"""Their abbreviations, as standards write them, with their names. The words of listings for them are in
``words.toml``."""

OLDER_PAIN_CODES = ("048", "341", "181", "402", "403")
"""First digits of the numbers of pain programs before 530, under anesthesiology, PM&R, neurology and
psychiatry. From memory: they excuse a number from contradicting the specialty, and prove nothing."""

OLDER_PAIN_CODES_UNTIL = 2007
"""The last year of the older codes: joint requirements came into force in July 2007."""
