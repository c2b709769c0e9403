"""Bundles: one document, all references `#/components/schemas/X`."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.bundling import bundle, bundle_schema
from crossdock.contracts.documents import FOLDER, DocumentError

APIS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/v*/openapi.yaml"))


def members(value: Any) -> list[tuple[str, Any]]:
    """Every key and value of the document, outside of examples."""
    found = []
    if isinstance(value, dict):
        for key, item in value.items():
            found.append((key, item))
            if key not in ("example", "examples"):
                found += members(item)
    elif isinstance(value, list):
        for item in value:
            found += members(item)
    return found


@pytest.mark.parametrize("document", APIS)
def test_a_bundled_api_needs_no_other_document(document: str) -> None:
    bundled = bundle(document)
    schemas = bundled["components"]["schemas"]
    references = [item for key, item in members(bundled) if key == "$ref" and isinstance(item, str)]
    assert references
    for reference in references:
        assert reference.startswith("#/components/schemas/")
        assert reference.removeprefix("#/components/schemas/") in schemas
    assert not [key for key, _ in members(bundled) if key in ("$id", "$schema", "$defs")]
    json.dumps(bundled)


def test_components_are_named_after_their_files_and_definitions() -> None:
    schemas = bundle_schema("canonical/v1/order.json")["components"]["schemas"]
    assert {"Order", "Money", "PositiveQuantity", "CrmOrderId", "LineQuantities"} <= schemas.keys()


def test_two_schemas_of_one_name_stay_two(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/thing.json").write_text('{"type": "string"}')
    (tmp_path / "thing.json").write_text('{"type": "integer"}')
    root = tmp_path / "root.json"
    root.write_text('{"properties": {"a": {"$ref": "thing.json"}, "b": {"$ref": "sub/thing.json"}}}')
    schemas = bundle_schema("#", str(root))["components"]["schemas"]
    assert schemas["Thing"] == {"type": "integer"}
    assert schemas["Thing2"] == {"type": "string"}


def test_a_component_that_only_refers_lends_its_name(tmp_path: Path) -> None:
    (tmp_path / "money.json").write_text('{"type": "string"}')
    root = tmp_path / "api.yaml"
    root.write_text(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    Amount: {$ref: money.json}\n    B: {items: {$ref: money.json}}\n"
    )
    schemas = bundle(str(root))["components"]["schemas"]
    assert schemas == {"Amount": {"type": "string"}, "B": {"items": {"$ref": "#/components/schemas/Amount"}}}


def test_a_schema_may_contain_itself(tmp_path: Path) -> None:
    root = tmp_path / "tree.json"
    root.write_text('{"properties": {"children": {"items": {"$ref": "#"}}}}')
    assert bundle_schema("#", str(root))["components"]["schemas"] == {
        "Tree": {"properties": {"children": {"items": {"$ref": "#/components/schemas/Tree"}}}}
    }


def test_a_property_called_like_a_keyword_is_still_a_property(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"type": "string"}')
    root = tmp_path / "root.json"
    root.write_text(
        '{"properties": {"default": {"$ref": "a.json"}, "$id": {"$ref": "a.json"}}, "default": {"$ref": "data"}}'
    )
    bundled = bundle_schema("#", str(root))["components"]["schemas"]
    assert bundled["Root"]["properties"]["default"] == {"$ref": "#/components/schemas/A"}
    assert bundled["Root"]["properties"]["$id"] == {"$ref": "#/components/schemas/A"}
    assert bundled["Root"]["default"] == {"$ref": "data"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("paths: {}", "expected an OpenAPI document"),
        ("openapi: 3.1.0\npaths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}", "circle"),
        ("openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/A'}", "circle"),
        ("openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$dynamicRef: '#a'}", "outside the subset"),
        ("[1]", "expected an OpenAPI document"),
    ],
)
def test_what_cannot_be_bundled_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    root = tmp_path / "api.yaml"
    root.write_text(text)
    with pytest.raises(DocumentError, match=problem):
        bundle(str(root))
