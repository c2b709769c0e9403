"""Deliveries of events in the words of the journal."""

from __future__ import annotations

from .interference import Sending
from .transport import Delivery


def named(delivery: Delivery) -> dict[str, object]:
    """What is delivered, as the journal has it: who heard something else has not heard of the event."""
    if delivery.forgery is not None:
        return {"forged": delivery.event.id}
    if delivery.payload is None:
        return {"event": delivery.event.id}
    return {"insteadOf": delivery.event.id, "octets": len(delivery.payload)}


def shown(sending: Sending) -> dict[str, object]:
    """What is sent in place of the event, as the journal has it with the fault."""
    told: dict[str, object] = {"afterS": sending.after, "newId": sending.new_id}
    if sending.payload is not None:
        told["octets"] = len(sending.payload)
    if sending.unheard:
        told["unheard"] = True
    if sending.forgery is not None:
        told["forged"] = sending.forgery.shown()
    return told
