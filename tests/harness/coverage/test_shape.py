"""The fields and the listed values of a schema."""

from typing import Any

from crossdock.harness.coverage.shape import shape_of

ORDER: dict[str, Any] = {
    "$ref": "#/components/schemas/Order",
    "components": {
        "schemas": {
            "Order": {
                "properties": {
                    "status": {"enum": ["open", "shipped", None]},
                    "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
                    "notes": {"additionalProperties": {"properties": {"by": {}}}},
                }
            },
            "Line": {
                "oneOf": [{"properties": {"sku": {}}}, {"properties": {"kit": {"$ref": "#/components/schemas/Line"}}}]
            },
        }
    },
}
FIELDS = ["/status", "/lines", "/lines/*/sku", "/lines/*/kit", "/notes", "/notes/*/by"]


def test_every_field_and_every_listed_value_is_there_once_however_deep_and_whatever_the_alternatives() -> None:
    found = list(shape_of(ORDER).all())
    assert [name for kind, name in found if kind == "field"] == FIELDS
    assert [name for kind, name in found if kind == "value"] == ["/status = open", "/status = shipped"]


def test_a_value_has_the_fields_that_stand_in_it_and_no_others() -> None:
    order = {"status": "shipped", "lines": [{"sku": "A"}, {"sku": "B"}], "notes": {"x": {"by": "me"}}, "unknown": 1}
    assert sorted(set(shape_of(ORDER).had_by(order))) == [
        ("field", "/lines"),
        ("field", "/lines/*/sku"),
        ("field", "/notes"),
        ("field", "/notes/*/by"),
        ("field", "/status"),
        ("value", "/status = shipped"),
    ]


def test_a_value_of_another_type_has_nothing() -> None:
    others: list[Any] = [None, 1, "open", [[]], {"lines": "none", "status": {"open": 1}}]
    for value in others:
        assert {kind for kind, _ in shape_of(ORDER).had_by(value)} <= {"field"}
