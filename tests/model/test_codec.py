import json

import jsonschema
import pytest

from credcheck.model import (
    MEANINGS,
    ReasonCode,
    json_schema,
    to_json,
    to_pretty_json,
    verdict_from_json,
)
from tests.support.build import dossier, good, verdict


def test_a_verdict_goes_to_json_and_back() -> None:
    made = verdict(dossier(*good()))
    assert verdict_from_json(to_json(made)) == made
    assert verdict_from_json(to_pretty_json(made)) == made


def test_a_verdict_validates_against_the_schema_that_is_printed() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for case in (dossier(*good()), dossier()):
        validator.validate(json.loads(to_json(verdict(case))))


def test_the_keys_of_the_contract_are_there() -> None:
    made = json.loads(to_json(verdict(dossier(*good()))))
    assert next(iter(made)) == "schema"
    assert made["schema"] == "credcheck.verdict/1"
    contract = {"query", "physician", "standard", "as_of", "outcome", "findings", "evidence"}
    assert contract | {"sources"} <= set(made)
    assert {"npi", "name", "state", "row", "id"} <= set(made["query"])
    assert {"npi", "name", "state", "taxonomies"} <= set(made["physician"])
    assert {"code", "primary"} <= set(made["physician"]["taxonomies"][0])
    assert {"id", "version", "sha256"} == set(made["standard"])
    finding = {"requirement", "level", "outcome", "reasons", "evidence", "next_step"}
    assert finding <= set(made["findings"][0])
    item = {"id", "kind", "source", "authority", "match", "record", "provenance"}
    assert item <= set(made["evidence"][0])
    assert {"name", "adapter", "state", "as_of", "snapshot"} <= set(made["sources"][0])


def test_one_line_is_one_verdict() -> None:
    assert b"\n" not in to_json(verdict(dossier(*good())))


def test_every_reason_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(ReasonCode)
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


@pytest.mark.parametrize("line", [b"{}", b"[]", b'{"schema": "credcheck.verdict/2"}'])
def test_what_is_no_verdict_is_refused(line: bytes) -> None:
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        verdict_from_json(line)
