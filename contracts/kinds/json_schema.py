"""JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..kind import JSON_SCHEMA_2020_12, DocumentKind, Example, document_kind
from ..object_model import SCHEMA, Field, Model, listed, mapped, one
from ..part import Part
from ..view import View

_SUBSCHEMA = one(SCHEMA)
SCHEMA_FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"), mapped(SCHEMA)),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), listed(SCHEMA)),
    **dict.fromkeys(("items", "contains", "additionalProperties", "propertyNames", "contentSchema"), _SUBSCHEMA),
    **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties", "not", "if", "then", "else"), _SUBSCHEMA),
}
JSON_SCHEMA_MODEL: Model = {SCHEMA: SCHEMA_FIELDS}
_TELLTALE = frozenset({"$schema", "$id", "$defs", "$ref", "type", "properties", "allOf", "anyOf", "oneOf", "enum"})


@document_kind
class JsonSchema(DocumentKind):
    """A schema, or a file of definitions."""

    id = "json-schema"
    title = "a JSON Schema 2020-12"
    expected = "`$schema: https://json-schema.org/draft/2020-12/schema` at its top"
    meta = JSON_SCHEMA_2020_12
    model = JSON_SCHEMA_MODEL
    root = SCHEMA

    def recognises(self, content: Any) -> bool:
        if not isinstance(content, dict) or not _TELLTALE & content.keys():
            return False
        # What has a type and a list of properties is a schema; {"type": "order", …} is somebody's data.
        return "$schema" in content or "$id" in content or isinstance(content.get("properties", {}), dict)

    def examples(self, view: View) -> Iterator[Example]:
        yield from schema_examples(view)


def schema_examples(view: View) -> Iterator[Example]:
    """What schemas themselves give: `examples` (2020-12 Validation, 9.5), OpenAPI's older `example`, and `default`."""
    for node in view.all(SCHEMA):
        listed_here = node.part.member("examples")
        if isinstance(listed_here.value, list):
            yield from (Example(each, node.part) for _, each in listed_here.members())
        yield from (
            Example(node.part.member(name), node.part) for name in ("example", "default") if has(node.part, name)
        )


def has(part: Part, name: str) -> bool:
    return isinstance(part.value, dict) and name in part.value
