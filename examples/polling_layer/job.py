"""One event being worked on: the event, and what a job can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .ledger import Ledger
from .party import Call, Trace, TryLater
from .store import Store, Waiting

if TYPE_CHECKING:
    from .layer import Parts

ORDER = "order"


@dataclass(frozen=True)
class Job:
    """Made anew for each try; a repetition begins at its beginning, and finds in the ledger what was done before."""

    waiting: Waiting
    store: Store
    ledger: Ledger
    parts: Parts
    warehouses: tuple[str, ...]

    @property
    def party(self) -> str:
        """Whose feed the event was in."""
        return self.waiting.party

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.waiting.event["data"]
        return data

    @property
    def order_id(self) -> str:
        """The CRM's order that the event is about, "" where it is about none."""
        return str(self.data.get("orderId") or self.data.get("externalReference") or "")

    @property
    def order(self) -> dict[str, Any]:
        """What is known of that order, {} when that is nothing."""
        return self.store.note(ORDER, self.order_id) or {}

    def learn(self, **facts: Any) -> None:
        """Write down what was found out about the order."""
        self.store.write_note(ORDER, self.order_id, {**self.order, **facts})

    @property
    def sales_order_id(self) -> str:
        """Raises: TryLater while the ERP has no such order, as far as the layer knows."""
        known = self.order.get("salesOrderId")
        if not known:
            raise TryLater(f"there is no sales order for {self.order_id} yet")
        return str(known)

    @property
    def trace(self) -> Trace:
        """Of the order's beginning, else of this event."""
        order, event = self.order, self.waiting.event
        correlation = order.get("correlation") or event.get("correlationid", "")
        return Trace(correlation, order.get("traceparent") or event.get("traceparent", ""))

    def read(self, party: str, path: str) -> Any:
        """Raises: Refused, TryLater."""
        return self.ledger.read(party, path, self.trace)

    def do(
        self, key: str, party: str, method: str, path: str, payload: object, *done_when: str, if_match: str = ""
    ) -> Any:
        """Ledger.effect under this order's trace. Raises: Refused, TryLater."""
        call = Call(method, path, self.trace, if_match=if_match)
        return self.ledger.effect(self.parts.effect_key(key, self.waiting), party, call, payload, done_when)
