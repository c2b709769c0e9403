"""A1: what belongs together can be found together."""

from __future__ import annotations

from ...simulators.journal import Entry
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail

# The channels whose messages carry such an id.
CARRIES = frozenset({"http", "queue"})
# The calls by which the layer moves an order on; its look-ups need no chain.
CHAIN = frozenset(
    {
        "createSalesOrder",
        "rerouteFulfilment",
        "createFulfilmentRequest",
        "confirmShipment",
        "createInvoice",
        "updateOrderStatus",
        "updateTracking",
        "createCase",
        "cancelSalesOrder",
        "cancelFulfilmentRequest",
        "reportCancellation",
        "createReturn",
        "updateReturnRequestStatus",
        "receiveReturn",
        "createCreditMemo",
    }
)


@invariant
class Correlation(Invariant):
    """A1 — every call that moves an order on carries the correlation id that the order came with.

    Where people set something going again (a backorder that is filled, a hold that is released), the id of the event
    that told the layer is as good. For targets that claim the capability `correlation`. Example: the layer starts a new
    id on each hop, and nobody can find the warehouse request behind a complaint.
    """

    id = "A1"
    title = "The correlation chain holds end to end"
    clause = "order-to-cash, Conventions (X-Correlation-Id)"
    general_words = "whom a broken chain hurts shows only when somebody follows it"
    waits = False
    capability = "correlation"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if not trail.correlation:
            return
        good = {trail.correlation, *trail.origins}
        wrong: dict[tuple[str, str], list[Entry]] = {}
        calls = [
            entry
            for entry in trail.entries
            if entry.kind == "invoke" and entry.name in CHAIN and entry.channel in CARRIES
        ]
        outcome.judged(len(calls))
        for entry in calls:
            if entry.correlation not in good:
                wrong.setdefault((entry.party, entry.name), []).append(entry)
        for (party, name), entries in wrong.items():
            self._lost_thread(trail, outcome, party, name, entries)

    def _lost_thread(self, trail: OrderTrail, outcome: Outcome, party: str, name: str, entries: list[Entry]) -> None:
        carried = " and ".join(dict.fromkeys(entry.correlation or "none" for entry in entries))
        outcome.violated(
            self.finding(
                trail,
                f"{party}/{name}",
                f"{name} at {party} carries another correlation id",
                expected=trail.correlation,
                actual=carried,
                because=[
                    f"{trail.order_id} was submitted with correlation id {trail.correlation}.",
                    *(
                        f"{name} in exchange {entry.seq} carries {entry.correlation or 'none'}."
                        for entry in entries[:3]
                    ),
                    f"{len(entries)} of its calls can't be found by the order's id: A1 is broken.",
                ],
                evidence=[entry.seq for entry in entries[:5]],
                consequence="a complaint can't be followed through the systems",
            )
        )
