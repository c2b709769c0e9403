"""The result document as JSON: the Structs, the schema and what is written agree."""

import json as standard_json
from typing import Any, get_args

import jsonschema
import jsonschema_rs
import msgspec
import pytest

from crossdock.contracts.documents import load
from crossdock.contracts.result import SCHEMA, Result, VerdictName
from crossdock.reports.formats.json import json
from crossdock.tests.reports import sample

DOCUMENT = load("harness/v1/result.json")
RUNS = [sample.FAILING, sample.HEALTHY, sample.UNREACHABLE]
# What the Structs cannot say: words for readers, and narrower values.
ONLY_IN_THE_SCHEMA = {"description", "title", "examples", "minimum", "minLength", "pattern", "format", "const"}


def of_the_structs() -> dict[str, Any]:
    """What msgspec says of the Structs: `$defs` by name, the document itself as Result."""
    defs: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Result)["$defs"]))
    return defs


def of_the_schema() -> dict[str, Any]:
    own = {key: DOCUMENT[key] for key in ("type", "properties", "required", "additionalProperties")}
    return {name: part for name, part in DOCUMENT["$defs"].items() if name != "Verdict"} | {"Result": own}


def shape(part: Any, verdict: list[str]) -> Any:
    """A schema without what only one side can say; the verdict's name in place of its values."""
    if isinstance(part, list):
        return [shape(item, verdict) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("$ref") == "#/$defs/Verdict" or sorted(part.get("enum", [])) == verdict:
        return {"$ref": "verdict"}
    kept = {key: shape(value, verdict) for key, value in part.items() if key not in ONLY_IN_THE_SCHEMA}
    if "enum" in kept:
        kept["enum"] = sorted(kept["enum"], key=str)
    return kept


STRUCTS, PARTS = of_the_structs(), of_the_schema()


def test_the_schema_has_a_part_for_every_struct_and_no_other() -> None:
    assert set(PARTS) == set(STRUCTS)


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_struct_and_schema_agree_on_names_types_defaults_and_what_is_required(name: str) -> None:
    verdict = sorted(get_args(VerdictName))
    struct, part = STRUCTS[name], PARTS[name]

    assert part["additionalProperties"] is False
    assert sorted(part["required"]) == sorted(struct.get("required", []))
    assert list(part["properties"]) == list(struct["properties"]), "the order is that of the Struct"
    for field, written in part["properties"].items():
        told, expected = shape(written, verdict), shape(struct["properties"][field], verdict)
        told.pop("enum", None) if field == "exitCode" else None
        assert told == expected, f"{name}.{field}"


def test_the_verdicts_are_those_of_the_contract() -> None:
    assert DOCUMENT["$defs"]["Verdict"]["enum"] == list(get_args(VerdictName))


def test_everything_is_described() -> None:
    for name, part in PARTS.items():
        undescribed = [field for field, written in part["properties"].items() if not written.get("description")]
        assert undescribed == [], name


def test_the_schema_is_one_and_its_example_holds_to_it() -> None:
    jsonschema.Draft202012Validator.check_schema(DOCUMENT)

    assert DOCUMENT["$id"] == SCHEMA
    assert len(DOCUMENT["examples"]) == 1
    demand_valid(DOCUMENT["examples"][0])


@pytest.mark.parametrize("result", RUNS, ids=lambda result: result.verdict)
def test_a_document_holds_to_the_schema(result: Result) -> None:
    demand_valid(standard_json.loads(json(result)))
    demand_valid(msgspec.json.decode(msgspec.json.encode(result)))


@pytest.mark.parametrize("result", RUNS, ids=lambda result: result.verdict)
def test_what_was_written_is_read_back_as_it_was(result: Result) -> None:
    assert msgspec.json.decode(json(result), type=Result) == result


def test_the_document_names_its_schema_first() -> None:
    assert json(sample.HEALTHY).splitlines()[1] == f'  "schema": "{SCHEMA}",'


def test_a_verdict_that_there_is_not_is_refused() -> None:
    document = standard_json.loads(json(sample.HEALTHY)) | {"verdict": "MOSTLY"}

    assert not jsonschema_rs.validator_for(DOCUMENT).is_valid(document)
    with pytest.raises(msgspec.ValidationError, match="verdict"):
        msgspec.convert(document, Result)


def demand_valid(document: Any) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    errors = list(jsonschema.Draft202012Validator(DOCUMENT, format_checker=checker).iter_errors(document))

    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    assert jsonschema_rs.validator_for(DOCUMENT, validate_formats=True).is_valid(document)
