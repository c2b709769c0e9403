"""A message to a party, read as the HTTP request that it stands for, so that the same contract can be held against it.

The header `operation` names the operation, headers named as the parameters of its path are these, the payload is the
body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec

from ....contracts.openapi import Operation
from ...lineage import Lineage
from ...refusal import FieldError, Refusal
from ..http.body import check_body, sound
from ..http.exchange import MAX_BODY, Request
from ..http.parameters import decoded, idempotency_key, version_of
from .message import JSON, Message

OPERATION = "operation"
UNKNOWN = "unknown"
# What a request may be about, in a header or in its body: requests about the same are carried out in order.
SUBJECTS = ("fulfilmentId", "rmaId", "sku")


@dataclass(frozen=True, slots=True)
class Understood:
    """A request as the contract has it: parameters, the version it believes in, the key of its repetitions."""

    parameters: Mapping[str, Any]
    version: int | None
    key: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """`operation` is None where the party takes none of that name; `named` is what the message calls it."""

    request: Request
    operation: Operation | None
    named: str
    path: Mapping[str, str]

    @property
    def name(self) -> str:
        """As the journal has it."""
        return UNKNOWN if self.operation is None else self.operation.id

    def understood(self, known: Mapping[str, Operation]) -> tuple[Operation, Understood]:
        """What is asked. Raises: Refusal with what is wrong."""
        operation, request = self.operation, self.request
        if operation is None:
            told = f"names {self.named!r}" if self.named else "is missing"
            problem = f"the header {OPERATION} {told}; this queue takes {', '.join(sorted(known))}"
            raise Refusal("invalid-parameter", problem, FieldError(problem, parameter=OPERATION))
        parameters = decoded(operation, self.path, {}, request.header)
        check_body(operation, request)
        return operation, Understood(parameters, version_of(operation, request), idempotency_key(operation, request))


def asked(message: Message, known: Mapping[str, Operation], client: str, lineage: Lineage) -> Asked:
    """Read a message; whatever is wrong with it is found when it is asked for by `understood`."""
    named = message.header(OPERATION)
    operation = known.get(named)
    headers = {name.lower().encode("latin-1", "replace"): value.encode() for name, value in message.headers.items()}
    headers[b"content-type"] = (message.content_type or JSON).encode()
    if message.id:
        headers.setdefault(b"idempotency-key", message.id.encode())
    path: dict[str, str] = {}
    method = place = ""
    if operation is not None:
        wanted = [each.name for each in operation.parameters if each.where == "path"]
        path = {name: value for name in wanted if (value := message.header(name))}
        method = operation.method.upper()
        place = operation.path.format_map({name: quote(path.get(name, ""), safe="") for name in wanted})
    too_large = len(message.body) > MAX_BODY
    request = Request(method, place, b"", headers, b"" if too_large else message.body, too_large=too_large)
    request.client = client
    request.order_id = lineage.trace(path, _body(request))
    request.sound = sound(operation, request)
    return Asked(request, operation, named, path)


def about(asked: Asked, lineage: Lineage) -> tuple[str, ...]:
    """What a request that names no order speaks of."""
    return () if asked.request.order_id else lineage.subjects(asked.path, _body(asked.request))


class _About(msgspec.Struct, rename="camel"):
    """As much of a request as its order is kept by."""

    fulfilment_id: str = ""
    rma_id: str = ""
    sku: str = ""


def subject(message: Message) -> str:
    """What its order is kept by: the key it came with, or else what it is about; "" where neither can be read."""
    told = message.key or next((value for name in SUBJECTS if (value := message.header(name))), "")
    if told:
        return told
    try:
        body = msgspec.json.decode(message.body, type=_About)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    return body.fulfilment_id or body.rma_id or body.sku


def _body(request: Request) -> dict[str, Any] | None:
    return request.payload if isinstance(request.payload, dict) else None
