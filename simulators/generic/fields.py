"""Values that are written as text, in queries, headers and forms, as their schemas would have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import msgspec

from .schemas import Schemas

# `metadata[colour]`, `items[0][price]`, `tags[]`: a field of an object or a list, as deepObject and most forms have it.
_NESTED = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST = 20


def scalar(text: str, schema: Any, schemas: Schemas) -> Any:
    """A number or a boolean where the schema has one and the text is one, else the text."""
    kind = schemas.kind(schema)
    if kind in ("integer", "number", "boolean"):
        found = json_of_text(text)
        if isinstance(found, (int, float)):
            return found
    return text


def json_of_text(text: str) -> Any:
    """The JSON value that a text is, or the text."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text


def element(schema: Any, schemas: Schemas) -> Any:
    """The schema of a list's elements."""
    return schemas.plain(schema).get("items", {})


def typed_object(texts: Mapping[str, str], schema: Any, schemas: Schemas) -> dict[str, Any]:
    """An object of which each property is one text."""
    known = schemas.properties(schema)
    return {name: scalar(text, known.get(name, {}), schemas) for name, text in texts.items()}


def form_of(body: bytes, schema: Any, schemas: Schemas) -> dict[str, Any]:
    """An application/x-www-form-urlencoded body (OpenAPI 3.1.1, 4.8.15.1): a list is a field that comes again or has
    `[]`, an object is JSON or has its properties in brackets.
    """
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    known = schemas.properties(schema)
    form: dict[str, Any] = {}
    for name, texts in fields.items():
        nested = None if name in known else _NESTED.fullmatch(name)
        if nested is None:
            form[name] = _field(texts, known.get(name, {}), schemas)
            continue
        steps = _PART.findall(nested[2])[:_DEEPEST]
        form[nested[1]] = _within(form.get(nested[1]), steps, texts, known.get(nested[1], {}), schemas)
    return form


def _field(texts: list[str], schema: Any, schemas: Schemas) -> Any:
    kind = schemas.kind(schema)
    if kind == "array":
        return [scalar(text, element(schema, schemas), schemas) for text in texts]
    return json_of_text(texts[-1]) if kind == "object" else scalar(texts[-1], schema, schemas)


def _within(there: Any, steps: list[str], texts: list[str], schema: Any, schemas: Schemas) -> Any:
    """What stands somewhere after a field in brackets was put into it. Elements of a list come in their order."""
    if not steps:
        return _field(texts, schema, schemas)
    step, *further = steps
    if schemas.kind(schema) == "array" or step == "":
        listed = list(there) if isinstance(there, list) else []
        of = element(schema, schemas)
        if not further:
            return [*listed, *(scalar(text, of, schemas) for text in texts)]
        place = int(step) if step.isdecimal() else len(listed)
        if place < len(listed):
            listed[place] = _within(listed[place], further, texts, of, schemas)
        else:
            listed.append(_within(None, further, texts, of, schemas))
        return listed
    inner = dict(there) if isinstance(there, dict) else {}
    inner[step] = _within(inner.get(step), further, texts, schemas.properties(schema).get(step, {}), schemas)
    return inner
