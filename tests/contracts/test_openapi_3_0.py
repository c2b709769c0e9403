"""Documents of OpenAPI 3.0 mean the same when they are read as those of 3.1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.bundling import bundle
from crossdock.contracts.documents import load
from crossdock.contracts.openapi_3_0 import renewed
from crossdock.contracts.validation import Validator
from crossdock.tests.contracts.comparison.documents import compared


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"type": "string", "nullable": True}, ["a", None], [1]),
        ({"type": "string", "nullable": False}, ["a"], [None]),
        ({"type": "string", "enum": ["a"], "nullable": True}, ["a", None], ["b"]),
        ({"allOf": [{"type": "integer"}], "nullable": True}, [1, None], ["a"]),
        ({"type": "integer", "minimum": 4, "exclusiveMinimum": True}, [5], [4]),
        ({"type": "integer", "maximum": 4, "exclusiveMaximum": False}, [4], [5]),
        ({"type": "array", "items": {"type": "string", "nullable": True}}, [["a", None]], [[1]]),
        ({"type": "object", "properties": {"nullable": {"type": "boolean"}}}, [{"nullable": True}], [{"nullable": 1}]),
        ({"type": "object", "additionalProperties": {"type": "string", "nullable": True}}, [{"a": None}], [{"a": 1}]),
    ],
)
def test_a_schema_lets_through_what_it_did(schema: dict[str, Any], right: list[Any], wrong: list[Any]) -> None:
    before = json.dumps(schema)
    validator = Validator(renewed(schema))

    assert [value for value in right if validator.errors(value)] == []
    assert [value for value in wrong if not validator.errors(value)] == []
    assert json.dumps(schema) == before


def test_examples_and_defaults_stay_as_they_are() -> None:
    said = {"default": {"nullable": True, "$ref": "x", "y": 1}, "example": {"nullable": True}, "enum": [{"$ref": "z"}]}

    assert renewed(said) == said


def test_what_stands_beside_a_reference_goes_except_within_a_path() -> None:
    path = {"$ref": "paths.yaml#/one", "get": {"responses": {}}}

    assert renewed({"schema": {"$ref": "#/x", "nullable": True}}) == {"schema": {"$ref": "#/x"}}
    assert renewed({"paths": {"/one": path}}) == {"paths": {"/one": path}}


def _api(**schema: Any) -> dict[str, Any]:
    answer = {"description": "It.", "content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Look", "version": "1.0.0"},
        "paths": {"/look": {"get": {"operationId": "look", "responses": {"200": answer}}}},
    }


def test_files_that_a_document_refers_to_are_read_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(json.dumps(_api(**{"$ref": "parts.json#/Name"})))
    (tmp_path / "parts.json").write_text(json.dumps({"Name": {"type": "string", "nullable": True}}))

    document = bundle(str(tmp_path / "api.json"))

    assert document["openapi"] == "3.1.0"
    assert document["components"]["schemas"] == {"PartsName": {"type": ["string", "null"]}}
    assert load(str(tmp_path / "parts.json"))["Name"]["nullable"] is True  # by itself it is nobody's


def test_null_that_an_answer_may_be_from_now_on_breaks_its_readers(tmp_path: Path) -> None:
    old = _api(type="object", required=["a"], properties={"a": {"type": "string"}})
    new = _api(type="object", required=["a"], properties={"a": {"type": "string", "nullable": True}})

    changes = compared(tmp_path, old, new).changes

    assert [change.rule for change in changes if change.level == "breaking"] == ["null-allowed"]
