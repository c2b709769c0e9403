"""One self-contained document out of many: every reference that remains is `#/components/schemas/X`.

Schemas become components, named after their file ("order.json" → `Order`) or, in a file of definitions, after the
definition ("identifiers.json#/$defs/Sku" → `Sku`); everything else that OpenAPI allows to be referred to (parameters,
headers, responses, path items, …) is put in place. Some readers of OpenAPI resolve every `#/` against the whole
document and know no `$id`, so neither `$id` nor local `$defs` is left in a schema.

Sources: OpenAPI 3.1.1, 4.8 (Reference Object, Components Object); JSON Schema 2020-12 Core, 9.3 (bundling).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from .documents import DocumentError, Target, load, resolve, wrong

PREFIX = "#/components/schemas/"

# In a schema, values and not schemas stand below these: a `$ref` in there is somebody's data.
_DATA = frozenset({"example", "examples", "default", "const", "enum"})
# In a schema, maps of name to schema stand below these: the keys are names, whatever they look like.
_NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "dependentSchemas"})
_DROPPED = frozenset({"$id", "$schema", "$defs"})
_UNREADABLE = frozenset({"$dynamicRef", "$recursiveRef", "$anchor"})
_DEFINITIONS = re.compile(r"/(?:\$defs|definitions|schemas|components/schemas)/([A-Za-z0-9._-]+)")


@cache
def bundle(document: str) -> dict[str, Any]:
    """An OpenAPI document with everything that it refers to.

    Parts that are referred to more than once are shared, and so is the result: do not change it.

    Raises: DocumentError for a reference that leads nowhere, out of the files, or in a circle.
    """
    content = load(document)
    if not isinstance(content, dict) or "openapi" not in content:
        raise wrong(document, "", "expected an OpenAPI document, an object with `openapi: 3.1.x` or `3.0.x` at its top")
    bundler = Bundle(document)
    own = content.get("components", {})
    for name in own.get("schemas", {}):
        bundler.component(resolve(PREFIX + name, document))
    result = {key: bundler.structure(value, document) for key, value in content.items() if key != "components"}
    result["components"] = bundler.structure({key: own[key] for key in own if key != "schemas"}, document)
    result["components"]["schemas"] = dict(sorted(bundler.schemas.items()))
    return result


def bundle_schema(reference: str, document: str = "") -> dict[str, Any]:
    """One schema with everything that it refers to: `{"$ref": "#/components/schemas/Order", "components": …}`.

    `reference` is meant as it would stand in `document`; without one it begins with a document's name.

    Raises: DocumentError for a reference that leads nowhere, out of the files, or in a circle.
    """
    return Bundle(document).self_contained({"$ref": reference}, document)


class Bundle:
    """The schemas that one document refers to, gathered as they are asked for."""

    def __init__(self, root: str) -> None:
        """Schemas that `root`, when it is an OpenAPI document, has among its own components keep their names."""
        self.schemas: dict[str, Any] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._in_place: dict[tuple[str, str], Any] = {}
        self._open: list[tuple[str, str]] = []
        own = load(root) if root else {}
        for name in own.get("components", {}).get("schemas", {}) if "openapi" in own else ():
            self._names.setdefault(self._last(resolve(PREFIX + name, root))[:2], name)

    def self_contained(self, schema: dict[str, Any], document: str) -> dict[str, Any]:
        """The schema, which stands in `document`, with those components that it needs and no others."""
        return self._with_components(self.schema(schema, document))

    def one_after_another(self, schemas: Iterable[tuple[Any, str]]) -> dict[str, Any]:
        """A self-contained schema of a list whose nth item is what the nth of the schemas says.

        Each comes with the document that it stands in.
        """
        return self._with_components({"prefixItems": [self.schema(schema, document) for schema, document in schemas]})

    def _with_components(self, converted: dict[str, Any]) -> dict[str, Any]:
        needed: dict[str, Any] = {}
        to_look_at = [converted]
        while to_look_at:
            for name in _components_in(to_look_at.pop()):
                if name not in needed and name in self.schemas:
                    needed[name] = self.schemas[name]
                    to_look_at.append(needed[name])
        return {**converted, "components": {"schemas": needed}} if needed else dict(converted)

    def structure(self, value: Any, document: str, key: str = "") -> Any:
        """What is not a schema: references are put in place; a schema below goes to the components."""
        if isinstance(value, list):
            return [self.structure(item, document) for item in value] if key != "examples" else value
        if not isinstance(value, dict) or key in ("example", "value"):
            return value
        if key == "schema":
            return self.schema(value, document)
        if isinstance(reference := value.get("$ref"), str):
            siblings = {name: item for name, item in value.items() if name != "$ref"}
            found = self._put_in_place(resolve(reference, document), document)
            return {**found, **self.structure(siblings, document)} if siblings else found
        return {name: self.structure(item, document, name) for name, item in value.items()}

    def schema(self, value: Any, document: str) -> Any:
        """A schema, with its references turned to components."""
        if not isinstance(value, dict):
            return value
        result: dict[str, Any] = {}
        for key, item in value.items():
            if key in _DROPPED:
                continue
            if key == "$ref":
                result[key] = self.component(resolve(item, document))
            elif key in _UNREADABLE:
                raise wrong(document, "", f"{key} is outside the subset that all readers share: use $ref")
            elif key in _DATA:
                result[key] = item
            elif key in _NAMED_SCHEMAS and isinstance(item, dict):
                result[key] = {name: self.schema(schema, document) for name, schema in item.items()}
            elif isinstance(item, list):
                result[key] = [self.schema(schema, document) for schema in item]
            else:
                result[key] = self.schema(item, document)
        return result

    def component(self, target: Target) -> str:
        """The reference to a schema within the bundle; puts it there when it is new."""
        target = self._last(target)
        name = self._names.get(target[:2])
        if name is None:
            name = self._names[target[:2]] = self._free_name(target)
        if name not in self.schemas:
            self.schemas[name] = {}  # before its own parts, so that a schema may contain itself
            try:
                converted = self.schema(target.value, target.document)
                if not isinstance(converted, dict):
                    raise wrong(target.document, target.pointer, "expected a schema, an object")
            except DocumentError:
                del self.schemas[name]  # an empty schema would accept anything, for whoever asks next
                raise
            self.schemas[name].update(converted)
        return PREFIX + name

    def _last(self, target: Target) -> Target:
        """The schema itself behind one that is nothing but a reference."""
        seen = set()
        while isinstance(target.value, dict) and target.value.keys() == {"$ref"}:
            if target[:2] in seen:
                raise wrong(target.document, target.pointer, "the references go in a circle")
            seen.add(target[:2])
            target = resolve(target.value["$ref"], target.document)
        return target

    def _put_in_place(self, target: Target, document: str) -> Any:
        key = target[:2]
        if key not in self._in_place:
            if key in self._open:
                raise wrong(document, "", f"the references of {target.document}#{target.pointer} go in a circle")
            self._open.append(key)
            self._in_place[key] = self.structure(target.value, target.document)
            self._open.pop()
        return self._in_place[key]

    def _free_name(self, target: Target) -> str:
        definition = _DEFINITIONS.fullmatch(target.pointer)
        wanted = definition[1] if definition else _name_of(target)
        taken = set(self._names.values())
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}{number}"
        return name


def _name_of(target: Target) -> str:
    """CloudEventType for "cloud-event.json#/properties/type"."""
    stem = target.document.rsplit("/", 1)[-1].split(".", 1)[0]
    steps = [step for step in target.pointer.split("/") if step not in ("", "properties")]
    words = re.split(r"[^A-Za-z0-9]+", "-".join((stem, *steps)))
    return "".join(word[:1].upper() + word[1:] for word in words if word)


def _components_in(value: Any) -> Iterator[str]:
    """Names of the components that a converted schema refers to (and what in an example only looks like one)."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                yield item.removeprefix(PREFIX)
            else:
                yield from _components_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _components_in(item)
