"""The registry of a kind of party: which business rule answers which operation of its contract, which does which
job.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from .refusal import Refusal
from .transaction import Page, Transaction

B = TypeVar("B")
F = TypeVar("F", bound=Callable[..., Any])


class Call(msgspec.Struct, Generic[B], frozen=True, gc=False):
    """A request as a rule sees it, whatever channel it came by: typed body, decoded parameters, who asks.

    `if_match` is the version that the caller believes to be current, None when it does not say.
    """

    body: B
    params: Mapping[str, Any] = msgspec.field(default_factory=dict)
    client: str = ""
    if_match: int | None = None

    def expect_version(self, current: int) -> None:
        """Raises: Refusal `precondition-failed` when the caller has seen another version (RFC 9110 section 13.1.1)."""
        if self.if_match is not None and self.if_match != current:
            raise Refusal("precondition-failed", f"If-Match says version {self.if_match}, the current one is {current}")


Rule = Callable[[Transaction, Call[Any]], msgspec.Struct | Page]
JobRule = Callable[..., None]


class Rules:
    """Operations and jobs of one kind of party, filled by decorators."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.operations: dict[str, tuple[Rule, type[Any]]] = {}
        self.jobs: dict[str, JobRule] = {}

    def operation(self, operation_id: str) -> Callable[[F], F]:
        """Register a rule `(tx, call: Call[Body]) → record or page` for an operationId of the contract."""

        def register(rule: F) -> F:
            if operation_id in self.operations:
                owner = self.operations[operation_id][0]
                raise ValueError(f"{self.kind}.{operation_id} belongs to {owner.__module__}, not to {rule.__module__}")
            hints = typing.get_type_hints(rule)
            call = next((hint for name, hint in hints.items() if name == "call"), None)
            if typing.get_origin(call) is not Call:
                raise TypeError(f"{rule.__module__}.{rule.__name__} must take (tx, call: Call[Body])")
            self.operations[operation_id] = (rule, typing.get_args(call)[0])
            return rule

        return register

    def job(self, name: str) -> Callable[[F], F]:
        """Register a step that the party takes by itself: `(tx, *arguments) → None`."""

        def register(rule: F) -> F:
            if name in self.jobs:
                raise ValueError(f"job {self.kind}.{name} belongs to {self.jobs[name].__module__} already")
            self.jobs[name] = rule
            return rule

        return register
