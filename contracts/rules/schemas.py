"""Schemas: schemas at all, and such that something fits them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from ..documents import DocumentError
from ..kind import JSON_SCHEMA_2020_12
from ..object_model import SCHEMA, Node
from ..part import Part
from ..rule import Defect, Rule, Severity, Stage, defect, rule
from ..shape import misshapen
from ..validation import Validator
from ..view import View

_BOUNDS = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
    ("minimum", "maximum"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)
# JSON Schema 2020-12 (core, applicators, validation, annotations, and what older schemas still have), and what OpenAPI
# 3.1 and AsyncAPI 3.0 add; `nullable` has a rule of its own.
_KEYWORDS = frozenset((
    "$schema", "$id", "$ref", "$defs", "$comment", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary",
    "definitions", "dependencies", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas",
    "prefixItems", "items", "contains", "properties", "patternProperties", "additionalProperties", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum",
    "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
    "maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired", "title",
    "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "format", "contentEncoding",
    "contentMediaType", "contentSchema", "discriminator", "xml", "externalDocs", "example", "nullable",
))  # fmt: skip


@rule
class SchemaSound(Rule):
    """Every schema inside an OpenAPI or AsyncAPI document is a JSON Schema 2020-12.

    The meta-schemas of these documents leave the schemas in them open.
    """

    id = "schema-sound"
    title = "Every schema in a document is one"
    kinds = ("openapi", "openapi-components", "asyncapi")
    stage = Stage.SHAPE

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            outermost = node.parent is None or node.parent.kind != SCHEMA or node.field == "$ref"
            if outermost and "schemaFormat" not in node.part.value:
                for place, what, expected in misshapen(node.part.value, JSON_SCHEMA_2020_12):
                    at = node.part.pointer + place
                    yield Defect(node.part.document, at, what, expected, "write it as JSON Schema 2020-12 has it")


@rule
class KeywordsKnown(Rule):
    """A schema says nothing but keywords of JSON Schema 2020-12, of OpenAPI and AsyncAPI, and extensions (`x-…`).

    What is no keyword demands nothing and is refused by nobody: a slip of the pen (`requird`), or words behind a comma
    in a YAML text without quotes (`{type: string, description: The client, unless it is known}`), goes unseen.
    """

    id = "keywords-known"
    title = "A schema says nothing that is no keyword"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            schema = node.part.value
            if not isinstance(schema, dict) or "schemaFormat" in schema:
                continue
            for name in schema.keys() - _KEYWORDS:
                if not name.startswith("x-"):
                    yield _no_keyword(node, name)


def _no_keyword(node: Node, name: str) -> Defect:
    near = difflib.get_close_matches(name, _KEYWORDS, n=1)
    do = f"did you mean {near[0]}?" if near else f"name it x-{name}, or take it away"
    if " " in name and node.part.get(name) is None:
        do = "put the text before it into quotes: a comma has cut it in two"
    what = f"{name!r} is no keyword, and demands nothing"
    return defect(node.part.member(name), what, expected="keywords of JSON Schema, or x-…", do=do)


@rule
class BoundsMeet(Rule):
    """No lower bound of a schema lies above its upper bound: nothing would fit."""

    id = "bounds-meet"
    title = "Lower bounds lie below upper bounds"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            for low, high in _BOUNDS:
                least, most = node.part.get(low), node.part.get(high)
                exclusive = "exclusive" in low + high
                if _is_number(least) and _is_number(most) and (least > most or (exclusive and least == most)):
                    yield defect(
                        node.part.member(low),
                        f"{low} is {least}, but {high} is {most}, so nothing fits",
                        expected=f"{low} below {high}",
                        do="correct one of them",
                    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@rule
class RequiredKnown(Rule):
    """Where an object takes no unknown fields, each field that it requires is one that it has.

    Otherwise nothing fits: the field must be there, and must not.
    """

    id = "required-known"
    title = "A required field is one that the object has"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            schema = node.part.value
            if schema.get("additionalProperties") is not False or schema.get("patternProperties"):
                continue
            known = schema.get("properties") or {}
            for index, name in enumerate(schema.get("required") or ()):
                if name not in known:
                    yield defect(
                        node.part.member("required", index),
                        f"requires {name}, which is none of its properties, and takes no others",
                        expected=f"one of {', '.join(known) or 'none'}",
                        do=f"add {name} to the properties, or require it no more",
                    )


@rule
class EnumFits(Rule):
    """Each value of an `enum`, and a `const`, fits the rest of its schema, and stands in it once.

    A value that the type refuses can never be sent.
    """

    id = "enum-fits"
    title = "The values of an enum fit their schema"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            values = list(_values(node.part))
            kept = ("type", "minLength", "maxLength", "minimum", "maximum", "pattern", "format")
            rest = Validator({key: node.part.value[key] for key in kept if key in node.part.value})
            for index, value in enumerate(values):
                # By JSON's equality, for which 1 and true are two.
                again = any(
                    value.value == other.value and type(value.value) is type(other.value) for other in values[:index]
                )
                errors = rest.errors(value.value) if rest.schema else []
                if again or errors:
                    what = "stands twice" if again else errors[0].message
                    yield defect(
                        value, f"the value {what}", expected="values that can be sent", do="remove or correct it"
                    )


def _values(part: Part) -> Iterator[Part]:
    if "const" in part.value:
        yield part.member("const")
    yield from (value for _, value in part.member("enum").members())


@rule
class ObjectSaysMore(Rule):
    """Every object with properties says whether it may have others: `additionalProperties` (or `unevaluatedProperties`)
    stands in it or around it.

    Left unsaid, everything is allowed: a misspelt `requestedDte` is valid, and stored for ever in a third place.
    Decision 2 of this project (docs/decisions/0002-unknown-fields.md): false for all that is accepted; readers ignore
    what they do not know. Headers are left out: everybody on the way adds some.
    """

    id = "object-says-more"
    title = "An object says whether it may have other fields"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            schema = node.part.value
            says = "additionalProperties" in schema or "unevaluatedProperties" in schema
            if schema.get("properties") and not says and not _is_part_of_another(node):
                yield defect(
                    node,
                    f"{_named(node)} does not say whether it may have other fields than its properties",
                    expected="`additionalProperties: false`, or true on purpose",
                    do="say it; false, unless whoever sends may really add what they like",
                )


def _is_part_of_another(node: Node) -> bool:
    """In allOf and its like another schema has the last word, and then a condition closes nothing."""
    around: Node | None = node
    if node.field == "headers":
        return True
    while around is not None and around.kind == SCHEMA:
        if around.field in ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "contains", "dependentSchemas"):
            return True
        around = around.parent if around.field == "$ref" else None
    return False


def _named(node: Node) -> str:
    name = node.part.get("title") or node.part.pointer.rpartition("/")[2]
    return f"the object {name}" if name else "the object"


@rule
class SchemaResolved(Rule):
    """Every schema can be put together with everything that it refers to, so that it can be validated by."""

    id = "schema-complete"
    title = "Every schema can be put together"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            if node.parent is not None and node.parent.kind == SCHEMA:
                continue
            try:
                view.put_together(node.part)
            except DocumentError as error:
                if "outside the subset" in error.problem:
                    continue  # which keyword-portable tells of, keyword by keyword
                yield Defect(
                    error.document,
                    error.place or node.part.pointer,
                    error.problem,
                    "a schema that all readers can put together",
                    "write it with `$ref` to files and pointers alone",
                )
