"""The OpenAPI documents of the parties, as a simulator, a client or a suite needs them: operations by name.

The documents are what counts; nothing about an operation is known here that is not written there. Validators compile
when first used, so that loading costs only the reading.

Source: OpenAPI 3.1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from .bundling import bundle
from .documents import FOLDER, DocumentError, load, pointer, wrong
from .operation import Operation
from .operation_reader import OperationReader
from .parameter import Parameter

__all__ = ["Api", "Operation", "Parameter", "api", "read"]


@dataclass(frozen=True)
class Api:
    """A party's API, as the document named `source` describes it."""

    kind: str
    title: str
    version: str
    source: str
    operations: Mapping[str, Operation] = field(repr=False)

    @property
    def document(self) -> dict[str, Any]:
        """The whole document, self-contained (see bundling). Made when first asked for; shared: do not change it."""
        return bundle(self.source)


@cache
def api(kind: str, version: str = "v1") -> Api:
    """The API of a kind of party: crm, erp, warehouse, layer.

    Raises: DocumentError when there is none, or its document is not usable.
    """
    document = f"{kind}/{version}/openapi.yaml"
    if not (FOLDER / document).is_file():
        kinds = sorted(path.parent.parent.name for path in FOLDER.glob(f"*/{version}/openapi.yaml"))
        raise DocumentError(document, f"there is no such document; there are APIs of {', '.join(kinds)}")
    return read(document, kind)


def read(document: str, kind: str = "") -> Api:
    """The API that a document describes, ours or one that a user brings.

    Raises: DocumentError with the place when something is missing that an operation needs.
    """
    content = load(document)
    if not isinstance(content, dict) or not str(content.get("openapi", "")).startswith("3.1."):
        raise wrong(document, "/openapi", "expected an OpenAPI document, with `openapi: 3.1.x` or `3.0.x` at its top")
    reader = OperationReader(document, content)
    operations: dict[str, Operation] = {}
    for path in content.get("paths", {}):
        for operation in reader.operations(path):
            if operation.id in operations:
                raise wrong(document, pointer("paths", path), f"the operationId {operation.id} is taken already")
            operations[operation.id] = operation
    info = content.get("info", {})
    title, version = str(info.get("title", "")), str(info.get("version", ""))
    return Api(kind, title, version, document, MappingProxyType(operations))
