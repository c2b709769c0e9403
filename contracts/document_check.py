"""Whether a contract document is itself what its standard says: OpenAPI 3.1, AsyncAPI 3.0 or JSON Schema 2020-12; or
what contracts/csv/layout.json says of a CSV layout.

The published meta-schemas (contracts/meta) see the shape. Whether references lead somewhere is seen by following all of
them, and whether the schemas inside an OpenAPI document are schemas by the meta-schema of JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from .bundling import bundle, bundle_schema
from .documents import DocumentError, load, pointer, resolve, wrong
from .layouts.document import problems as layout_problems

if TYPE_CHECKING:
    import jsonschema_rs

OPENAPI = "meta/openapi/3.1-2022-10-07.json"
ASYNCAPI = "meta/asyncapi/3.0.0.json"


def problems(document: str) -> list[DocumentError]:
    """Everything that is wrong with the document, by place; empty when it may be used.

    Raises: DocumentError when it can't be read at all.
    """
    content = load(document)
    if isinstance(content, dict) and "layout" in content:
        return layout_problems(document)
    found = [*_shape(document, content), *_broken_references(document, content)]
    if not found:
        found = list(_unusable(document, content))
    return sorted(found, key=lambda error: (error.line, error.column, error.problem))


def _shape(document: str, content: Any) -> Iterator[DocumentError]:
    for error in _meta(content).iter_errors(content):
        yield wrong(document, pointer(*error.instance_path), error.message)


def _meta(content: Any) -> jsonschema_rs.Validator:
    if isinstance(content, dict) and "openapi" in content:
        return _compiled(OPENAPI)
    if isinstance(content, dict) and "asyncapi" in content:
        return _compiled(ASYNCAPI)
    return _compiled("")


@cache
def _compiled(meta: str) -> jsonschema_rs.Validator:
    import jsonschema_rs

    if not meta:
        return jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})
    return jsonschema_rs.validator_for(load(meta))


def _broken_references(document: str, content: Any) -> Iterator[DocumentError]:
    for reference in _references(content):
        try:
            resolve(reference, document)
        except DocumentError as error:
            yield error


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                yield item
            elif key not in ("example", "examples", "const", "enum"):
                yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _unusable(document: str, content: dict[str, Any]) -> Iterator[DocumentError]:
    """What shows only when the parts are put together."""
    import jsonschema_rs

    try:
        if "openapi" in content:
            schemas = bundle(document)["components"]["schemas"]
        elif "asyncapi" in content:
            return
        else:
            schemas = bundle_schema("#", document).get("components", {}).get("schemas", {})
    except DocumentError as error:
        yield error
        return
    for name, schema in schemas.items():
        if not jsonschema_rs.meta.is_valid(schema):
            yield wrong(document, pointer("components", "schemas", name), f"{name} is no JSON Schema 2020-12")
