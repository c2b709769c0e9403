"""Pairs of small documents that show a change: oasdiff's breaking rules (oasdiff.yaml), and our own (changes.yaml).

What changes stands somewhere in a document (`at`); here the rest of the document is put around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossdock.contracts.yaml_document import read

_IT = {"operationId": "doIt", "responses": {"200": {"description": "D."}}}

# Where we say dangerous and they say breaking, because it depends on what the document does not say.
LESS_SEVERE = {
    "default-changed": "whoever sends the field is not concerned",
    "sunset-missing": "the thing still works",
    "sunset-unreadable": "the thing still works",
    "sunset-withdrawn": "the thing still works",
    "parameter-removed": "whether unknown parameters are refused is not said",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of what stands at a place. `name` is the file that they are written to."""

    at: str
    old: Any
    new: Any

    def documents(self) -> tuple[Any, Any]:
        return _document(self.at, self.old), _document(self.at, self.new)

    @property
    def name(self) -> str:
        return {
            "schema file": "order.json",
            "catalogue": "problems.yaml",
            "components": "components.yaml",
            "states": "case.json",
        }.get(self.at, "api.yaml")


@dataclass(frozen=True, slots=True)
class Theirs:
    """A rule of oasdiff: the rule of ours that covers it with a pair that shows it, or why it does not apply here."""

    id: str
    level: str
    ours: str
    not_here: str
    pair: Pair


@dataclass(frozen=True, slots=True)
class Ours:
    """A change, what it is judged as, and the rule that must tell it."""

    rule: str
    level: str
    pair: Pair


def theirs() -> list[Theirs]:
    return [
        Theirs(name, row["level"], row.get("ours", ""), row.get("not here", ""), _pair(row))
        for name, row in _table("oasdiff.yaml").items()
    ]


def ours() -> list[Ours]:
    return [Ours(rule, row["level"], _pair(row)) for rule, rows in _table("changes.yaml").items() for row in rows]


def _table(name: str) -> Any:
    return read((Path(__file__).parent / name).read_bytes())


def _pair(row: Any) -> Pair:
    return Pair(row.get("at", ""), row.get("old"), row.get("new"))


def _document(at: str, fragment: Any) -> Any:
    """The document with a fragment at a place."""
    info = {"openapi": "3.1.0", "info": {"title": "T", "version": "1.0.0"}}
    match at:
        case "schema file":
            return {"$schema": "https://json-schema.org/draft/2020-12/schema", **fragment}
        case "catalogue":
            return {"problems": fragment}
        case "states":
            return {
                "stateMachine": "case",
                "title": "T",
                "description": "D.",
                "keptBy": "crm",
                "of": {"$ref": "https://contracts.crossdock.example/canonical/v1/case-status.json"},
                "begins": ["new"],
                "steps": fragment,
            }
        case "components":
            return fragment
        case "layout" | "given layout" | "column" | "given column":
            return _layout(at, fragment)
        case "guide":
            return {"x12": 1, "based_on": "004010/940", "name": "N", **fragment}
        case "set":
            places = [{"segment": "ST", "required": True}, *fragment, {"segment": "SE", "required": True}]
            names = {"version": "004010", "set": "940", "name": "N", "functional_group": "OW"}
            return {"x12": 1, **names, "structure": places}
        case "elements" | "segments":
            return {"x12": 1, "version": "004010", at: fragment}
        case "events":
            return {"asyncapi": "3.0.0", "info": {"title": "T", "version": "1.0.0"}, **fragment}
        case "sent event" | "received event":
            return _event("send" if at == "sent event" else "receive", fragment)
        case "document":
            return {**info, "paths": {}, **_with_operations(fragment)}
        case "path":
            return {**info, "paths": {"/it": {"get": _IT, **fragment}}}
        case "operation":
            return {**info, "paths": {"/it": {"post": {**_IT, **fragment}}}}
        case "request body" | "request property":
            return _document("operation", {"requestBody": {"content": _json(_within(at, fragment))}})
        case "response body" | "response property":
            content = {"description": "D.", "content": _json(_within(at, fragment))}
            return _document("operation", {"responses": {"200": content}})
        case "response header":
            headers = {"X-It": {"schema": fragment}}
            return _document("operation", {"responses": {"200": {"description": "D.", "headers": headers}}})
        case "parameter" | "parameter property" | "header parameter":
            where = "header" if at == "header parameter" else "query"
            return _document("operation", {"parameters": [{"name": "q", "in": where, "schema": _within(at, fragment)}]})
    raise AssertionError(f"nobody knows where {at} is")


def _layout(at: str, fragment: Any) -> Any:
    """A layout of two columns; what the layer sends is taken."""
    columns: list[dict[str, Any]] = [
        {"name": "sku", "type": "identifier", "required": True, "meaning": "M."},
        {"name": "it", "type": "text", "meaning": "M."},
    ]
    rest = fragment
    if at.endswith("column"):
        columns[1] = {**columns[1], **fragment}
        rest = {}
    whole = {"layout": "it", "title": "T", "description": "D.", "version": 1, "trailer_record": None}
    return {**whole, "sent_by": "warehouse" if "given" in at else "layer", "columns": columns, **rest}


def _event(action: str, channel: Any) -> Any:
    """One channel; `message` and `operation` in the fragment go where they belong."""
    message = {"name": "a.b.v1", "payload": {"type": "object"}, **channel.get("message", {})}
    operation = {"action": action, "channel": {"$ref": "#/channels/it"}, **channel.get("operation", {})}
    rest = {name: value for name, value in channel.items() if name not in ("message", "operation")}
    channels = {"it": {"address": "a.b.v1", "messages": {"it": message}, **rest}}
    return _document("events", {"channels": channels, "operations": {"doIt": operation}})


def _within(at: str, schema: Any) -> Any:
    if not at.endswith("property"):
        return schema
    return {"type": "object", "additionalProperties": False, "properties": {"x": schema}}


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _with_operations(fragment: Any) -> Any:
    """With `it`, or an object that has `it` as a member, made an operation."""
    if fragment == "it":
        return _IT
    if isinstance(fragment, dict):
        whole = {name: _with_operations(value) for name, value in fragment.items() if name != "it"}
        return {**_IT, **whole} if "it" in fragment else whole
    return fragment
