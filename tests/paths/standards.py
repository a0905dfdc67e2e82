"""Standards with paths for the tests, and people of whom each is about."""

from pathlib import Path

from credcheck.standards.loader import Standard, load_standard

HEAD = 'schema_version = 1\nid = "{id}"\nversion = "1"\nname = "Ours"\n'

REGISTRATION = '[requirements.registration]\nrule = "registration"\n'
PAIN = """
[requirements.pain_certificate]
rule = "certification"
specialty = "pain_medicine"
boards = ["ABMS"]

[requirements.pain_fellowship]
rule = "fellowship"
specialty = "pain_medicine"
accreditors = ["ACGME"]
program_codes = ["530"]
minimum_days = 360
doubtful_days = 270
"""
BONE = """
[requirements.surgical_certificate]
rule = "certification"
specialty = "orthopaedic_surgery"
boards = ["ABMS"]
"""
PATHS = """
[paths.pain]
title = "Pain physician"
requirements = ["pain_certificate", "pain_fellowship"]

[paths.surgeon]
title = "Surgeon"
requirements = ["surgical_certificate"]
"""
NOT_EXCLUDED = '[requirements.not_excluded]\nrule = "exclusion"\n'


def text(*parts: str, id_: str = "ours") -> str:
    return "\n".join((HEAD.format(id=id_), *parts))


TWO_PATHS = text(REGISTRATION, PAIN, BONE, NOT_EXCLUDED, PATHS)


def load(folder: Path, content: str, name: str = "ours.toml") -> Standard:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return load_standard(str(path))
