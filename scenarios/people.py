"""People at their own systems: staff act through the same operations as anybody, only without HTTP in between."""

from __future__ import annotations

from typing import Any

import msgspec

from ..simulators.party import Cause, Party
from ..simulators.rules import Call


def ask(
    party: Party, operation: str, body: Any = None, *, correlation: str = "", order_id: str = "", **params: Any
) -> Any:
    """Carry out an operation as the party's own people; `body` is JSON-like and must keep the contract.

    Raises: Refusal when the party's rules say no, ValueError when the body is not what the operation takes.
    """
    _, body_type = party.rules.operations[operation]
    typed = msgspec.convert(body, body_type)
    cause = Cause("people", client="people", correlation=correlation, order_id=order_id)
    return party.perform(operation, Call(typed, params, "people"), cause)
