"""Validation: one answer, and sentences a person can act on."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from crossdock.contracts.documents import DocumentError, load
from crossdock.contracts.validation import SchemaError, Validator, canonical


def order(**changes: Any) -> dict[str, Any]:
    """A valid order with some fields changed; None takes a field away."""
    example = msgspec.json.decode(msgspec.json.encode(load("canonical/v1/order.json")["examples"][0]))
    example.update(changes)
    return {name: value for name, value in example.items() if value is not None}


def only(errors: list[SchemaError]) -> SchemaError:
    assert len(errors) == 1, errors
    return errors[0]


def test_a_valid_object_has_no_errors() -> None:
    assert canonical("order").is_valid(order())
    assert canonical("order").errors(order()) == []


def test_a_missing_field_is_named_by_its_own_pointer() -> None:
    assert only(canonical("order").errors(order(currency=None))) == ("/currency", "required", "is missing")


def test_a_misspelt_field_is_answered_with_the_one_that_was_meant() -> None:
    error = only(canonical("order").errors(order(requestedDte="2026-03-03")))
    assert error == ("/requestedDte", "additionalProperties", "is not a known field: did you mean requestedDate?")


def test_a_field_unlike_any_other_is_answered_with_all_that_are_known() -> None:
    money = {"amount": "1.00", "currency": "USD", "zzz": 1}
    assert only(canonical("money").errors(money)).message == "is not a known field; known are amount, currency"


def test_everything_that_is_wrong_is_told_in_order_of_place() -> None:
    broken = order(status="shippd", version=0, lines=[], shipTo="Albany")
    errors = canonical("order").errors(broken)
    assert [(error.pointer, error.keyword) for error in errors] == [
        ("/lines", "minItems"),
        ("/shipTo", "type"),
        ("/status", "enum"),
        ("/version", "minimum"),
    ]
    assert errors[0].message == "is empty, but must have at least 1 item"
    assert errors[1].message == 'is "Albany", but must be an object'
    assert errors[2].message.endswith("did you mean shipped?")
    assert errors[3].message == "is 0, but must be at least 1"


@pytest.mark.parametrize(
    ("schema", "instance", "message"),
    [
        ({"type": ["string", "null"]}, 7, "is 7, but must be text or null"),
        ({"type": "integer"}, True, "is true, but must be a whole number"),
        ({"const": "1.0"}, "1.1", 'is "1.1", but must be "1.0"'),
        ({"maxLength": 3}, "abcd", "has 4 characters, but must have at most 3"),
        ({"minLength": 1}, "", "is empty, but must have at least 1 character"),
        ({"maxItems": 1}, [1, 2], "has 2 items, but must have at most 1"),
        ({"uniqueItems": True}, [1, 1], "holds the same item twice"),
        ({"exclusiveMinimum": 0}, 0, "is 0, but must be above 0"),
        ({"pattern": "^a$"}, "b", 'is "b", but must match ^a$'),
        (
            {"pattern": "^a$", "description": "The letter a. Nothing else."},
            "b",
            'is "b", but must match ^a$ (The letter a)',
        ),
        ({"format": "date"}, "2026-02-30", 'is "2026-02-30", but must be a date'),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}, "must have a or else b, and only one of these"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, "is 1, which fits none of 2 alternatives"),
        (
            {"oneOf": [{"minimum": 0}, {"maximum": 9}]},
            5,
            "fits more than one of 2 alternatives, but must fit exactly one",
        ),
    ],
)
def test_a_sentence_says_what_came_and_what_was_expected(schema: dict[str, Any], instance: Any, message: str) -> None:
    assert only(Validator(schema).errors(instance)).message == message


def test_a_long_value_is_cut() -> None:
    message = only(Validator({"type": "integer"}).errors("x" * 1000)).message
    assert len(message) < 130
    assert "…" in message


def test_pointers_are_escaped() -> None:
    schema = {"properties": {"a/b": {"properties": {"c~d": {"type": "string"}}}}}
    assert only(Validator(schema).errors({"a/b": {"c~d": 1}})).pointer == "/a~1b/c~0d"


def test_a_wrong_format_and_its_pattern_are_one_error() -> None:
    assert only(canonical("timestamp").errors("yesterday")).keyword == "format"


def test_a_time_without_an_offset_is_no_time() -> None:
    assert not canonical("timestamp").is_valid("2026-03-02T08:00:00")
    assert canonical("timestamp").is_valid("2026-03-02T08:00:00+01:00")


def test_a_validator_compiles_when_it_is_first_used_and_only_then() -> None:
    calls = []

    def source() -> dict[str, Any]:
        calls.append(1)
        return {"type": "string"}

    validator = Validator(source)
    assert not calls
    assert validator.is_valid("a")
    assert not validator.is_valid(1)
    assert calls == [1]


def test_the_explaining_library_is_not_imported_while_all_is_valid() -> None:
    code = (
        "import sys; from crossdock.contracts.validation import canonical;"
        "assert canonical('money').is_valid({'amount': '1.00', 'currency': 'USD'});"
        "assert 'jsonschema' not in sys.modules;"
        "assert canonical('money').errors({});"
        "assert 'jsonschema' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_canonical_object_that_is_not_there_is_named() -> None:
    with pytest.raises(DocumentError, match=r"canonical/v1/ordr\.json"):
        canonical("ordr")


def test_a_definition_is_a_validator_too() -> None:
    assert canonical("identifiers#/$defs/FulfilmentId").is_valid("F" * 22)
    assert not canonical("identifiers#/$defs/FulfilmentId").is_valid("F" * 23)


def test_a_hundred_thousand_wrong_items_are_told_in_a_few_hundred_sentences() -> None:
    validator = Validator({"type": "array", "items": {"type": "integer"}})

    assert 1 <= len(validator.errors(["x"] * 100_000)) <= 200
