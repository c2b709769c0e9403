"""One event being worked on: the event, what is known of its order, and calls that carry its trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from .calls import Call, Calls, Trace
from .documents import Event, Knowledge
from .erps import ERP
from .settings import CLOUD_ERP, Settings
from .store import Message

if TYPE_CHECKING:
    from .layer import Parts
    from .warehouses import Warehouses


class NotYet(Exception):
    """Something that the event builds upon has not come yet; it is to be tried again a little later."""


class Recognition:
    """How the layer tells what it has seen before: by ids that stay the same however often something is delivered."""

    def message_id(self, event: Event) -> str:
        """With the source, the key of the inbox (CloudEvents: source and id together are unique)."""
        return event.id

    def knows(self, order: Knowledge) -> bool:
        """Whether there is a sales order for it."""
        return order.sales_order is not None

    def effect_key(self, key: str, message: Message) -> str:
        """The key of an effect in the outbox and at the party; `key` names it in business terms."""
        return key


class Reading:
    """What the layer takes for an event."""

    def event(self, body: bytes) -> Event | None:
        """None for what is nothing to it. Raises: msgspec.DecodeError when it is no CloudEvent."""
        return msgspec.json.decode(body, type=Event)


class Job(msgspec.Struct, frozen=True, gc=False):
    """Made anew for each try. Changes to `order` are kept only when the whole event is done."""

    message: Message
    event: Event
    order: Knowledge
    calls: Calls
    warehouses: Warehouses
    parts: Parts
    settings: Settings

    @property
    def party(self) -> str:
        """Who sent the event; known from the signature, not from its text."""
        return self.message.source

    @property
    def erp(self) -> str:
        """The ERP that has booked the order; of what belongs to no order, the old one."""
        return self.party if self.party == CLOUD_ERP else self.order.erp or ERP

    @property
    def sales_order_id(self) -> str:
        """Raises: NotYet while the ERP has no such order, as far as the layer knows."""
        if self.order.sales_order is None:
            raise NotYet(f"there is no sales order for {self.message.order_key} yet")
        return self.order.sales_order.sales_order_id

    @property
    def trace(self) -> Trace:
        """Of the event that began the order's story, else of this one."""
        if self.order.correlation:
            return Trace(self.order.correlation, self.order.traceparent)
        return Trace(self.event.correlationid or self.message.order_key, self.event.traceparent)

    async def read(self, party: str, path: str) -> Any:
        """Raises: Refused, GaveUp."""
        return await self.calls.read(party, path, self.trace)

    async def effect(
        self, key: str, party: str, method: str, path: str, payload: object, *done_when: str, **more: Any
    ) -> Any:
        """Calls.effect under this event's trace. Raises: Refused, GaveUp."""
        key = self.parts.recognition.effect_key(key, self.message)
        call = Call(party, method, path, self.trace, key=key, if_match=more.pop("if_match", ""))
        return await self.calls.effect(call, payload, done_when, **more)
