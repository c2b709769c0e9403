"""F1: what is passed on arrives as it left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...contracts.objects import MilestoneCode, Shipment, TrackingMilestone
from ..fidelity import (
    PRECISIONS,
    Pair,
    of_authorization,
    of_carrier,
    of_order,
    of_receipt,
    of_release,
    of_return,
    of_shipment,
)
from ..goods import customer
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import MilestoneShown, OrderTrail

# What a layer may tell of a parcel from its shipment alone.
AT_SHIPPING = frozenset({MilestoneCode.LABEL_CREATED, MilestoneCode.PICKED_UP})
SHOWN = 3


@invariant
class ArrivesUnchanged(Invariant):
    """F1 — what the layer passes on arrives as it left: addresses, references, dates and words of an order at the ERP
    and at the warehouse; carrier, packages, lots, serials, moments and the state of the lines of a shipment at the ERP;
    reason, dates, lots and serials of a return at ERP and warehouse; the moment, the shipment, the warehouse and the
    carrier of a parcel in the CRM.

    Values count, not texts (12:00Z is 13:00+01:00, and é is é however it is composed), at the precision of the way in
    which they were told. Of a parcel's carrier the one that was told last counts; a parcel that was shown before its
    shipment was confirmed may have one that stands for an unknown one: whether it stays is C2's affair. Customers and
    items are C1's, quantities, prices and units Q1's, Q3's, M1's and M2's. Not compared is what the layer may put in
    its own words: the reasons of cancellations, rejections and stock movements, subjects and remarks of cases.
    Example: the layer takes postal codes for numbers, and 07102 in Newark becomes 7102.
    """

    id = "F1"
    title = "What is passed on arrives as it left"
    clause = "order-to-cash, What must arrive unchanged"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._sales_orders(trail, outcome)
        self._requests(trail, terms, outcome)
        for told in trail.confirmations:
            shipment = trail.shipment(told.what.shipment_id, told.what.warehouse_id)
            if shipment is not None:
                pairs = of_shipment(shipment.what, told.what)
                what = f"shipment {told.what.shipment_id}"
                self._compare(trail, outcome, what, shipment, told, pairs, terms.channel(shipment.party))
        self._returns(trail, terms, outcome)
        for booked in trail.returns.booked:
            receipt = trail.returns.receipt(booked.what.receipt_id, booked.what.warehouse_id)
            if receipt is not None and not trail.returns.mistold(booked):
                pairs = of_receipt(receipt.what, booked.what)
                what = f"receipt {booked.what.receipt_id}"
                self._compare(trail, outcome, what, receipt, booked, pairs, terms.channel(receipt.party))
        for shown in trail.milestones_shown:
            self._milestone(trail, terms, outcome, shown)

    def _sales_orders(self, trail: OrderTrail, outcome: Outcome) -> None:
        first = {seen.what.sales_order_id: seen for seen in reversed(trail.sales_order_history)}
        for key, made in first.items():
            if trail.placed is not None and made.exchange:
                pairs = of_order(trail.placed.what, made.what)
                self._compare(trail, outcome, f"sales order {key}", trail.placed, made, pairs)

    def _requests(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        released = {
            (seen.what.warehouse_id, seen.what.fulfilment_id, seen.what.revision): seen for seen in trail.releases
        }
        for (party, key), asked in trail.requested.items():
            release = released.get((asked.what.warehouse_id, asked.what.fulfilment_id, asked.what.revision))
            if release is not None:
                pairs = of_release(release.what, asked.what)
                self._compare(trail, outcome, f"request {key}", release, asked, pairs, terms.channel(party))

    def _returns(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        returns = trail.returns
        for rma, authorized in returns.authorized.items():
            request = returns.requests.get(authorized.what.return_request_id or "")
            if request is not None:
                pairs = of_return(request.what, authorized.what)
                self._compare(trail, outcome, f"authorization {rma}", request, authorized, pairs)
        for (party, rma), announced in returns.announced.items():
            allowed = returns.authorized.get(rma)
            if allowed is not None:
                pairs = of_authorization(allowed.what, announced.what)
                self._compare(trail, outcome, f"return {rma}", allowed, announced, pairs, terms.channel(party))

    def _milestone(self, trail: OrderTrail, terms: Terms, outcome: Outcome, shown: Seen[MilestoneShown]) -> None:
        number, code = shown.what.tracking_number, shown.what.code
        same = [
            seen
            for seen in trail.milestones
            if seen.what.tracking_number == number and seen.what.code == code and seen.seq < shown.seq
        ]
        if not same:
            return  # shown before it happened, or made up: C1
        moments = [seen.what.occurred_at for seen in same]
        if code in AT_SHIPPING:
            moments += [shipment.shipped_at for shipment in _of_parcel(trail, number)]
        odd = list(_of_shipment(trail, same[-1], shown))
        if shown.what.occurred_at not in moments:  # nearly always it is one of them
            pairs = [Pair("occurredAt", moment, shown.what.occurred_at) for moment in moments]
            wrong = list(PRECISIONS[terms.channel(same[-1].party)].differences(pairs))
            odd[:0] = wrong[:1] if len(wrong) == len(pairs) else []
        self._compare(trail, outcome, f"parcel {number} as {code}", same[-1], shown, odd, terms.channel(same[-1].party))

    def _compare(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        what: str,
        left: Seen[Any],
        arrived: Seen[Any],
        pairs: Iterable[Pair],
        channel: str = "rest",
    ) -> None:
        if trail.conduct.spoilt_before(arrived.seq):
            return  # a fault changed what the layer was told
        outcome.judged()
        wrong = list(PRECISIONS[channel].differences(pairs))
        if wrong:
            self._changed(trail, outcome, what, left, arrived, wrong)

    def _changed(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        what: str,
        left: Seen[Any],
        arrived: Seen[Any],
        wrong: Sequence[Pair],
    ) -> None:
        names = "; ".join(pair.name for pair in wrong[:SHOWN])
        outcome.violated(
            self.finding(
                trail,
                what.replace(" ", "/"),
                f"{what} arrived at {arrived.party} with another {names}",
                expected="; ".join(f"{pair.name}: {_words(pair.left)}" for pair in wrong[:SHOWN]),
                actual="; ".join(f"{pair.name}: {_words(pair.arrived)}" for pair in wrong[:SHOWN]),
                because=[
                    f"{left.party} had it so (journal {left.seq}).",
                    *(
                        f"{pair.name} left as {_words(pair.left)} and arrived as {_words(pair.arrived)}."
                        for pair in wrong[:SHOWN]
                    ),
                    f"{arrived.party} took it so ({arrived.place}): F1 is broken.",
                ],
                evidence=[left, arrived],
                consequence=(
                    f"{arrived.party} goes by another {names} than was meant for order"
                    f" {trail.order_id} of {customer(trail)}"
                ),
            )
        )


def _of_shipment(trail: OrderTrail, left: Seen[TrackingMilestone], shown: Seen[MilestoneShown]) -> Iterator[Pair]:
    """With what a parcel is shown of its shipment. The carrier that was told last is compared, once, for the CRM keeps
    it where a step names none; and not where the parcel was shown before the layer had confirmed its shipment.
    """
    yield Pair("shipment", left.what.shipment_id, shown.what.shipment_id)
    parcel = [seen for seen in trail.milestones_shown if seen.what.tracking_number == shown.what.tracking_number]
    if shown is not parcel[-1]:
        return
    if shown.what.warehouse_id is not None:
        yield Pair("warehouse", left.party, shown.what.warehouse_id)
    shipment = trail.shipment(left.what.shipment_id, left.party)
    booked = trail.confirmed(shipment) if shipment is not None else []
    if shipment is not None and booked and booked[0].seq < parcel[0].seq:
        told = [seen.what.carrier for seen in parcel if seen.what.carrier is not None]
        yield from of_carrier(shipment.what.carrier, told[-1] if told else None)


def _of_parcel(trail: OrderTrail, number: str) -> Iterable[Shipment]:
    return (
        seen.what
        for seen in trail.shipments.values()
        if any(package.tracking_number == number for package in seen.what.packages)
    )


def _words(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, frozenset):
        return " and ".join(sorted(map(_words, value))) or "nothing"
    if isinstance(value, tuple):
        return " ".join(filter(None, map(_words, value)))
    return str(value)
