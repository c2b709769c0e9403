"""From method and path to an operation of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from ....contracts.openapi import Operation
from ...refusal import Refusal
from .problem import HttpRefusal


@dataclass(slots=True)
class _Node:
    literal: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    operations: dict[str, tuple[Operation, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """A tree over path segments; a literal segment wins over a parameter (OpenAPI 3.1, Path Templating)."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        self._plain: dict[str, _Node] = {}
        for operation in operations:
            node, names = self._root, []
            for segment in operation.path.split("/")[1:]:
                if segment.startswith("{") and segment.endswith("}"):
                    names.append(segment[1:-1])
                    node.parameter = node.parameter or _Node()
                    node = node.parameter
                else:
                    node = node.literal.setdefault(segment, _Node())
            node.operations[operation.method.upper()] = (operation, tuple(names))
            if not names:
                self._plain[operation.path] = node

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation and its path parameters, decoded; `path` is as it was sent, percent-encoded. HEAD is a GET
        whose body stays away (RFC 9110, 9.3.2).

        Raises: Refusal `not-found`, or `method-not-allowed` with the methods that the path has.
        """
        plain = self._plain.get(path)
        found = (plain, ()) if plain is not None else self._match(self._root, path.split("/")[1:], 0, ())
        if found is None:
            raise Refusal("not-found", f"there is nothing at {path}")
        node, values = found
        known = node.operations.get("GET" if method == "HEAD" else method)
        if known is None:
            allow = ", ".join(sorted({*node.operations, *(("HEAD",) if "GET" in node.operations else ())}))
            detail = f"{path} knows {allow}, not {method}"
            raise HttpRefusal("method-not-allowed", detail, ((b"allow", allow.encode()),))
        operation, names = known
        return operation, dict(zip(names, values, strict=True))

    def _match(
        self, node: _Node, segments: list[str], place: int, values: tuple[str, ...]
    ) -> tuple[_Node, tuple[str, ...]] | None:
        if place == len(segments):
            return (node, values) if node.operations else None
        literal = node.literal.get(segments[place])
        if literal is not None and (found := self._match(literal, segments, place + 1, values)):
            return found
        if node.parameter is not None and segments[place]:
            return self._match(node.parameter, segments, place + 1, (*values, unquote(segments[place])))
        return None
