"""Reads the operations of an OpenAPI document, following references as it meets them.

Every part is carried with the name of the document in which it stands, because its own references start there. Shared
parts (an error answer, a parameter) are read once for all operations that refer to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .bundling import Bundle
from .documents import DocumentError, pointer, resolve, wrong
from .operation import Demand, Operation
from .parameter import Parameter
from .validation import Validator

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ORIGIN = re.compile(r"^[a-z][a-z0-9+.-]*://[^/]*")
_PLACEHOLDER = re.compile(r"\{([^}]+)\}")


class OperationReader:
    """For one document; `operations(path)` gives those of a path."""

    def __init__(self, document: str, content: dict[str, Any]) -> None:
        self._document = document
        self._servers: Any = content.get("servers")
        self._security: Any = content.get("security")
        self._paths: dict[str, Any] = content.get("paths", {})
        self._bundle = Bundle(document)
        self._parameters: dict[tuple[str, str], Parameter] = {}
        self._bodies: dict[tuple[str, str], Validator | None] = {}
        self._place = ""

    def operations(self, path: str) -> Iterator[Operation]:
        """Raises: DocumentError with the place when something is missing that an operation needs."""
        self._place = pointer("paths", path)
        item, document = self._followed(self._paths[path], self._document)
        for method in METHODS:
            if method in item:
                self._place = pointer("paths", path, method) if document == self._document else pointer("paths", path)
                yield self._operation(path, item, method, document)

    def _operation(self, path: str, item: dict[str, Any], method: str, document: str) -> Operation:
        described: dict[str, Any] = item[method]
        if "operationId" not in described:
            raise self._wrong("operationId is missing: everything refers to an operation by it")
        # The operation's own, and those of its path that it does not replace (OpenAPI 3.1.1, 4.8.9.1).
        listed = [*item.get("parameters", ()), *described.get("parameters", ())]
        read = [self._parameter(each, document) for each in listed]
        parameters = tuple({(each.name, each.where): each for each in read}.values())
        named = {parameter.name for parameter in parameters if parameter.where == "path"}
        if named != set(_PLACEHOLDER.findall(path)):
            raise self._wrong(f"the path's placeholders and its path parameters ({', '.join(sorted(named))}) differ")
        body, place = self._followed(described.get("requestBody", {}), document)
        responses = described.get("responses", {})
        servers = described.get("servers") or item.get("servers") or self._servers
        return Operation(
            id=described["operationId"],
            method=method.upper(),
            path=_base_path(servers) + path,
            parameters=parameters,
            body=self._schema_of(body, place),
            body_required=bool(body.get("required", False)),
            media_types=tuple(body.get("content", {})),
            scopes=self._scopes(described.get("security", self._security)),
            success=self._success(responses),
            idempotency=_demand(parameters, "idempotency-key"),
            if_match=_demand(parameters, "if-match"),
            responses={status: self._response(each, document) for status, each in responses.items()},
        )

    def _parameter(self, described: dict[str, Any], document: str) -> Parameter:
        shared = resolve(described["$ref"], document) if "$ref" in described else None
        if shared is not None:
            if found := self._parameters.get(shared[:2]):
                return found
            document, _, described = shared
        if described.get("in") not in ("path", "query", "header") or "schema" not in described:
            raise self._wrong(f"the parameter {described.get('name')} must be in path, query or header, with a schema")
        parameter = Parameter.of(described, document, self._bundle)
        if shared is not None:
            self._parameters[shared[:2]] = parameter
        return parameter

    def _response(self, described: dict[str, Any], document: str) -> Validator | None:
        if "$ref" not in described:
            return self._schema_of(described, document)
        shared = resolve(described["$ref"], document)
        if shared[:2] not in self._bodies:
            self._bodies[shared[:2]] = self._schema_of(shared.value, shared.document)
        return self._bodies[shared[:2]]

    def _schema_of(self, described: dict[str, Any], document: str) -> Validator | None:
        """The schema of a body. One for all of its media types: which form it came in makes no other object."""
        schemas = [media["schema"] for media in described.get("content", {}).values() if "schema" in media]
        if not schemas:
            return None
        if any(schema != schemas[0] for schema in schemas):
            raise self._wrong("the media types of one body must have the same schema")
        return Validator(lambda: self._bundle.self_contained(schemas[0], document))

    def _scopes(self, security: Any) -> frozenset[str] | None:
        if not security:
            return None
        if len(security) > 1:
            raise self._wrong("security must be one requirement, so that it is clear which scopes are needed")
        return frozenset(scope for scopes in security[0].values() for scope in scopes)

    def _success(self, responses: dict[str, Any]) -> int:
        for status in responses:
            if len(status) == 3 and status[0] == "2" and status.isdecimal():
                return int(status)
        raise self._wrong("responses must name a 2xx status")

    def _followed(self, value: dict[str, Any], document: str) -> tuple[dict[str, Any], str]:
        while "$ref" in value:
            if value.keys() - {"$ref", "summary", "description"}:
                raise self._wrong("beside a reference only summary and description may stand")
            document, _, value = resolve(value["$ref"], document)
        return value, document

    def _wrong(self, problem: str) -> DocumentError:
        return wrong(self._document, self._place, problem)


def _base_path(servers: Any) -> str:
    """The path of the first server (OpenAPI 3.1.1, 4.8.5): "http://127.0.0.1:{port}/v1" → "/v1"."""
    return _ORIGIN.sub("", servers[0]["url"]).rstrip("/") if servers else ""


def _demand(parameters: tuple[Parameter, ...], header: str) -> Demand:
    for parameter in parameters:
        if parameter.where == "header" and parameter.name.lower() == header:
            return "required" if parameter.required else "honoured"
    return "none"
