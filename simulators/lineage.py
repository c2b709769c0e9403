"""Which CRM order a message is about: every id that the simulators hand out is traced back to it.

Faults are addressed to "this order's second pick request" and findings to an order, but a request may name only a
fulfilment or a shipment. The lineage learns from what is committed and answers from what a message says.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

# What a body or a path may call the thing it is about, the most telling first.
NAMES = (
    "orderId",
    "externalReference",
    "fulfilmentId",
    "salesOrderId",
    "shipmentId",
    "trackingNumber",
    "invoiceNo",
    "rmaId",
    "returnRequestId",
    "receiptId",
    "caseId",
    "quoteId",
    "creditMemoNo",
)
_RANK = {name: rank for rank, name in enumerate(NAMES)}
_rank = itemgetter(0)

# What a message is about that is about no order: a customer, an item, a correction, a count.
SUBJECTS = ("accountId", "customerNumber", "sku", "snapshotId")


class Lineage:
    """Business id → CRM order id."""

    def __init__(self) -> None:
        self._order_of: dict[str, str] = {}

    def learn(self, key: str, order_id: str) -> None:
        if order_id:
            self._order_of.setdefault(key, order_id)

    def order_of(self, key: str) -> str:
        """The CRM order behind an id, "" when it is not known."""
        return self._order_of.get(key, "")

    def trace(self, *sources: Mapping[str, Any] | None) -> str:
        """The CRM order that path parameters, a query or a JSON body point at, "" when none does."""
        telling = [(_RANK[name], source[name]) for source in sources if source for name in source if name in _RANK]
        telling.sort(key=_rank)
        for _, key in telling:
            if isinstance(key, str) and (order_id := self._order_of.get(key)):
                return order_id
        return ""

    def subjects(self, *sources: Mapping[str, Any] | None) -> tuple[str, ...]:
        """The customers, items and counts that path parameters or a JSON body name."""
        given = [source.get(name) for name in SUBJECTS for source in sources if source]
        return tuple(key for key in given if isinstance(key, str))

    def clear(self) -> None:
        self._order_of.clear()
