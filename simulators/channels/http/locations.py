"""Where a created object can be read again: the Location of a 201, found in the contract and not written twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec

from ....contracts.openapi import Api, Operation

_PLACEHOLDER = re.compile(r"\{([^}]+)\}")


class Locations:
    """operationId of a creation → path of the GET operation that answers with the same schema. Looked up when the first
    object is created, because reading the whole document takes a while.
    """

    def __init__(self, api: Api) -> None:
        self._api = api
        self._places: dict[str, tuple[str, tuple[str, ...]]] = {}

    def of(self, operation: Operation, record: msgspec.Struct) -> bytes:
        """The path, filled in from the record's own fields; empty when the contract has none."""
        place = self._places.get(operation.id)
        if place is None:
            place = self._places[operation.id] = self._place(operation, type(record))
        path, fields = place
        return path.format(*[getattr(record, field) for field in fields]).encode()

    def _place(self, operation: Operation, kind: type[msgspec.Struct]) -> tuple[str, tuple[str, ...]]:
        """The path with room for the values of these fields of the record."""
        path = self._paths.get(operation.id, "")
        fields = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
        return _PLACEHOLDER.sub("{}", path), tuple(fields[name] for name in _PLACEHOLDER.findall(path))

    @cached_property
    def _paths(self) -> dict[str, str]:
        created: dict[str, str] = {}
        read_at: dict[str, str] = {}
        for item in self._api.document["paths"].values():
            if "post" in item and (schema := _answered(item["post"], "201")):
                created[item["post"]["operationId"]] = schema
            if "get" in item and (schema := _answered(item["get"], "200")):
                path = self._api.operations[item["get"]["operationId"]].path
                if path.endswith("}"):
                    read_at[schema] = path
        return {operation: read_at[schema] for operation, schema in created.items() if schema in read_at}


def _answered(described: Mapping[str, Any], status: str) -> str:
    """The name of the schema that an operation answers with, "" when it answers with none of a name."""
    content = described.get("responses", {}).get(status, {}).get("content", {})
    return str(content.get("application/json", {}).get("schema", {}).get("$ref", ""))
