"""An operation: one thing that a party can be asked to do over HTTP (OpenAPI 3.1.1, 4.8.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .parameter import Parameter
from .validation import Validator

Demand: TypeAlias = Literal["required", "honoured", "none"]


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` is the whole path, the server's included (`/v1/orders/{orderId}`).

    `scopes` is None for what needs no token; `success` the first 2xx that the document names; `idempotency` and
    `if_match` tell whether the header Idempotency-Key, or If-Match, is required, honoured when sent, or ignored.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Validator | None
    body_required: bool
    media_types: tuple[str, ...]
    scopes: frozenset[str] | None
    success: int
    idempotency: Demand
    if_match: Demand
    responses: Mapping[str, Validator | None] = field(repr=False)

    def documents(self, status: int) -> bool:
        """Whether the contract names this status, its class (4XX) or a default."""
        return self._key(status) is not None

    def response(self, status: int) -> Validator | None:
        """What the body of an answer with this status must be; None when it has none, or the status isn't named."""
        key = self._key(status)
        return self.responses[key] if key is not None else None

    def _key(self, status: int) -> str | None:
        keys = (str(status), f"{status // 100}XX", "default")
        return next((key for key in keys if key in self.responses), None)
