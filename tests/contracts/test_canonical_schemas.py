"""The canonical schemas keep to the rules that all of them share."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.contracts.document_check import problems
from crossdock.contracts.documents import FOLDER, PUBLISHED_AT, load
from crossdock.contracts.validation import canonical

NAMES = sorted(path.stem for path in (FOLDER / "canonical/v1").glob("*.json"))
OBJECTS = [name for name in NAMES if load(f"canonical/v1/{name}.json").get("type") == "object"]
# The subset on which all readers agree: nothing that rebases references, nothing whose arithmetic goes through floats.
KEYWORDS = {
    "$schema", "$id", "$ref", "$defs", "title", "description", "examples", "type", "enum", "const", "required",
    "properties", "additionalProperties", "items", "oneOf", "minLength", "maxLength", "pattern", "format", "minimum",
    "maximum", "minItems", "maxItems", "uniqueItems",
}  # fmt: skip


def document(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = load(f"canonical/v1/{name}.json")
    return loaded


def schemas(value: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema and every schema in it, with its place."""
    yield place, value
    for key in ("properties", "$defs"):
        for name, inner in value.get(key, {}).items():
            yield from schemas(inner, f"{place}/{key}/{name}")
    if "items" in value:
        yield from schemas(value["items"], f"{place}/items")
    for index, inner in enumerate(value.get("oneOf", ())):
        yield from schemas(inner, f"{place}/oneOf/{index}")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_json_schema_and_its_references_lead_somewhere(name: str) -> None:
    assert problems(f"canonical/v1/{name}.json") == []


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_says_its_address_its_dialect_and_what_it_is(name: str) -> None:
    schema = document(name)
    assert schema["$id"] == f"{PUBLISHED_AT}canonical/v1/{name}.json"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_keeps_to_the_keywords_that_all_readers_share(name: str) -> None:
    for place, schema in schemas(document(name)):
        assert schema.keys() <= KEYWORDS, f"{name}{place}: {schema.keys() - KEYWORDS}"


@pytest.mark.parametrize("name", NAMES)
def test_a_pattern_is_read_alike_everywhere(name: str) -> None:
    for place, schema in schemas(document(name)):
        pattern = schema.get("pattern", "^$")
        assert not re.search(r"\\[^.]", pattern), f"{name}{place}: {pattern} has an escape other than \\."
        assert pattern.startswith("^"), f"{name}{place}"
        assert pattern.endswith("$"), f"{name}{place}"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_a_description(name: str) -> None:
    for place, schema in schemas(document(name)):
        for field, described in schema.get("properties", {}).items():
            target = described
            if "$ref" in described and "description" not in described:
                target = canonical_target(described["$ref"])
            assert target.get("description"), f"{name}{place}: {field} has no description"


def canonical_target(reference: str) -> dict[str, Any]:
    name, _, definition = reference.partition(".json#/$defs/")
    return document(name)["$defs"][definition] if definition else document(name.removesuffix(".json"))


@pytest.mark.parametrize("name", NAMES)
def test_an_object_is_closed_and_a_text_and_a_list_end_somewhere(name: str) -> None:
    for place, schema in schemas(document(name)):
        if schema.get("type") == "object" and place != "/properties/data":
            assert schema["additionalProperties"] is False, f"{name}{place}"
        if schema.get("type") == "string" and not schema.keys() & {"enum", "const"}:
            bounded = "maxLength" in schema or re.fullmatch(r"\^[^*+]*\$", schema.get("pattern", "*"))
            assert bounded, f"{name}{place} may be endless"
        if schema.get("type") == "array":
            assert "maxItems" in schema, f"{name}{place} may be endless"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "identifiers"])
def test_a_schema_has_one_to_three_examples_and_they_are_valid(name: str) -> None:
    examples = document(name)["examples"]
    assert 1 <= len(examples) <= 3
    for example in examples:
        assert canonical(name).errors(example) == []


def test_every_kind_of_id_has_a_valid_example() -> None:
    for name, definition in document("identifiers")["$defs"].items():
        for example in definition["examples"]:
            assert canonical(f"identifiers#/$defs/{name}").errors(example) == []


@pytest.mark.parametrize("name", OBJECTS)
def test_an_unknown_field_is_refused(name: str) -> None:
    for example in document(name)["examples"]:
        errors = canonical(name).errors({**example, "surprise": 1})
        assert [(error.pointer, error.keyword) for error in errors] == [("/surprise", "additionalProperties")]


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("quantity", "0", True),
        ("positive-quantity", "0", False),
        ("positive-quantity", "0.000", False),
        ("positive-quantity", "0.001", True),
        ("positive-quantity", "0.010", True),
        ("positive-quantity", "1.2345", False),
        ("positive-quantity", "01", False),
        ("positive-quantity", "1e3", False),
        ("signed-quantity", "-4", True),
        ("quantity", "-4", False),
    ],
)
def test_a_quantity_is_a_plain_decimal_in_its_range(name: str, value: str, valid: bool) -> None:
    assert canonical(name).is_valid({"value": value, "uom": "EA"}) == valid


@pytest.mark.parametrize("amount", [12.5, "-1.00", "1,00", ".5", "1.", "1e3", "NaN", "１", "0x1", " 1"])
def test_money_is_a_plain_decimal_string(amount: object) -> None:
    assert not canonical("money").is_valid({"amount": amount, "currency": "USD"})
