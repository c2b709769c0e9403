"""Where an answer leads: the operations that a caller can go on with, and the values that they need for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from ...contracts.openapi import Api, Operation
from .exchange import Exchange

# Reading comes first, and deleting last, or nothing would be left for the others.
ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
_EXPRESSION = re.compile(r"\$(request|response)\.(?:body#(?P<pointer>.*)|header\.(?P<header>.+))")


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that can be called next, with its values by place ("path", "query", "header") and name."""

    operation: Operation
    values: Mapping[tuple[str, str], str]

    @property
    def path(self) -> str:
        """The operation's path with its values in it."""
        return self.operation.path.format_map({name: value for (_, name), value in self.values.items()})


def steps_after(exchange: Exchange, api: Api, document: Mapping[str, Any]) -> list[Step]:
    """Those that the links of the answer name (OpenAPI 3.1.1, 4.8.20), and those of the path that Location leads to
    (RFC 9110, 10.2.2); only operations that the document has.
    """
    found = {step.operation.id: step for step in _standing(exchange, api)}
    found |= {step.operation.id: step for step in _linked(exchange, api, document)}
    there = {described["operationId"] for described in _described(document)}
    return sorted(
        (step for name, step in found.items() if name in there), key=lambda step: ORDER.index(step.operation.method)
    )


def links_of(exchange: Exchange, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The links that the contract has for an answer like this one."""
    for described in _described(document):
        if described["operationId"] == exchange.operation.id:
            links: Mapping[str, Any] = described["responses"].get(str(exchange.reply.status), {}).get("links", {})
            return links
    return {}


def value_of(expression: Any, exchange: Exchange) -> str | None:
    """What a runtime expression (OpenAPI 3.1.1, 4.8.20.5) says of an exchange; None when it has no such thing."""
    told = _EXPRESSION.fullmatch(str(expression))
    if told is None:
        return None if str(expression).startswith("$") else str(expression)
    asked = told[1] == "request"
    if told["header"]:
        return (exchange.sent if asked else exchange.reply).headers.get(told["header"].lower())
    value = exchange.sent.payload if asked else exchange.reply.json
    for token in told["pointer"].split("/")[1:]:
        if isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            value = value.get(token) if isinstance(value, dict) else None
    return None if value is None else str(value)


def _linked(exchange: Exchange, api: Api, document: Mapping[str, Any]) -> Iterator[Step]:
    for link in links_of(exchange, document).values():
        operation = api.operations.get(link.get("operationId", ""))
        if operation is None:
            continue
        where: dict[str, str] = {parameter.name: parameter.where for parameter in operation.parameters}
        told = {name: value_of(expression, exchange) for name, expression in link.get("parameters", {}).items()}
        values = {(where[name], name): value for name, value in told.items() if name in where and value is not None}
        if all((place, name) in values for name, place in where.items() if place == "path"):
            yield Step(operation, values)


def _standing(exchange: Exchange, api: Api) -> Iterator[Step]:
    location = urlsplit(exchange.reply.headers.get("location", "")).path
    if exchange.reply.status != 201 or not location:
        return
    for operation in api.operations.values():
        names = re.findall(r"\{([^}]+)\}", operation.path)
        pattern = re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(operation.path))
        if names and (fit := re.fullmatch(pattern, location)):
            texts = (unquote(text) for text in fit.groups())
            yield Step(operation, {("path", name): text for name, text in zip(names, texts, strict=True)})


def _described(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        yield from (each for each in item.values() if isinstance(each, dict) and "operationId" in each)
