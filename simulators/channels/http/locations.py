"""Where a created object can be read again: the Location of a 201, found in the contract and not written twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ....contracts.openapi import Api, Operation


class Locations:
    """operationId of a creation → path of the GET operation that answers with the same schema."""

    def __init__(self, api: Api) -> None:
        created: dict[str, str] = {}
        read_at: dict[str, str] = {}
        for item in api.document["paths"].values():
            if "post" in item and (schema := _answered(item["post"], "201")):
                created[item["post"]["operationId"]] = schema
            if "get" in item and (schema := _answered(item["get"], "200")):
                path = api.operations[item["get"]["operationId"]].path
                if path.endswith("}"):
                    read_at[schema] = path
        self._paths = {operation: read_at[schema] for operation, schema in created.items() if schema in read_at}

    def of(self, operation: Operation, record: msgspec.Struct) -> bytes:
        """The path, filled in from the record's own fields; empty when the contract has none."""
        path = self._paths.get(operation.id, "")
        for name, field in zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True):
            if "{" + name + "}" in path:
                path = path.replace("{" + name + "}", str(getattr(record, field)))
        return path.encode()


def _answered(described: Mapping[str, Any], status: str) -> str:
    """The name of the schema that an operation answers with, "" when it answers with none of a name."""
    content = described.get("responses", {}).get(status, {}).get("content", {})
    return str(content.get("application/json", {}).get("schema", {}).get("$ref", ""))
