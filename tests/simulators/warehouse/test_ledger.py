"""Whatever is asked of a warehouse, in whatever order: its shelves close, and every request comes to one end."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crossdock.contracts.objects import Fulfilment, PhysicalStock, Shipment
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.transaction import Transaction
from crossdock.simulators.warehouse.lot import lots_of
from crossdock.simulators.warehouse.pick_ticket import PickTicket
from crossdock.simulators.world import World
from crossdock.tests.simulators.warehouse.conftest import CAST, Warehouse

SKUS = ("SKU-1", "SKU-2", "SKU-3")
FULFILMENTS = [f"FF-{number}" for number in range(4)]
ORDERS = ["CO-1", "CO-2", "CO-3"]
ENDED = ("shipped", "shortClosed", "cancelled")
quantities = st.integers(1, 15).map(str)


class Ledger(RuleBasedStateMachine):
    """SKU-1 comes in pieces, SKU-2 also in cases of four, SKU-3 by lots."""

    @initialize(dedupes=st.booleans(), opening=st.integers(0, 40))
    def open(self, dedupes: bool, opening: int) -> None:
        self.world = World("test", ManualClock(), Ids("t1", 1), cast=CAST)
        self.house = Warehouse(self.world, "west")
        self.house.set(dedupes_fulfilment_ids=dedupes, daily_capacity=5)
        self.house.receive("SKU-1", opening)
        self.house.receive("SKU-2", opening, packs={"CA": Decimal(4)})
        self.house.receive("SKU-3", opening, lot="L-0", lot_tracked=True)
        self.came = Counter(dict.fromkeys(SKUS, opening))

    def attempt(self, operation: str, body: Any = None, **how: Any) -> Any:
        """The answer, or None when it was refused."""
        try:
            return self.house(operation, body, **how)
        except Refusal:
            return None

    @rule(hours=st.floats(0.1, 12))
    def time_passes(self, hours: float) -> None:
        self.house.pass_hours(hours)

    @rule(
        fulfilment_id=st.sampled_from(FULFILMENTS),
        order_id=st.sampled_from(ORDERS),
        revision=st.integers(1, 3),
        lines=st.lists(
            st.tuples(st.sampled_from(SKUS), quantities, st.sampled_from(("EA", "CA"))), min_size=1, max_size=3
        ),
    )
    def request(self, fulfilment_id: str, order_id: str, revision: int, lines: list[tuple[str, str, str]]) -> None:
        numbered = [(str(place), sku, f"{value} {uom}") for place, (sku, value, uom) in enumerate(lines)]
        with suppress(Refusal):
            self.house.request(fulfilment_id, *numbered, orderId=order_id, revision=revision)

    @rule(
        order_id=st.sampled_from(ORDERS),
        plan=st.lists(st.dictionaries(st.sampled_from("012"), st.integers(0, 20).map(Decimal), max_size=3), max_size=3),
        hold_h=st.sampled_from((0, 0, 5)),
    )
    def decide_how_staff_will_handle(self, order_id: str, plan: list[dict[str, Decimal]], hold_h: float) -> None:
        self.house.handle(order_id, shipments=tuple(plan), hold_h=hold_h)

    @rule(fulfilment_id=st.sampled_from(FULFILMENTS))
    def cancel(self, fulfilment_id: str) -> None:
        cancelled = self.attempt("cancelFulfilmentRequest", fulfilmentId=fulfilment_id)
        assert cancelled is None or cancelled["status"] == "cancelled"

    @rule(
        sku=st.sampled_from(SKUS),
        part=st.sampled_from(("available", "onHold", "damaged")),
        value=st.integers(-10, 10),
    )
    def correct(self, sku: str, part: str, value: int) -> None:
        body = {"sku": sku, "part": part, "quantity": {"value": str(value), "uom": "EA"}, "reason": "count"}
        if self.attempt("adjustInventory", body):
            self.came[sku] += value

    @rule(sku=st.sampled_from(SKUS), value=st.integers(0, 10), lot=st.sampled_from(("L-1", "L-2", None)))
    def deliver(self, sku: str, value: int, lot: str | None) -> None:
        tracked: dict[str, Any] = {"lot_tracked": True} if sku == "SKU-3" else {}
        packs: dict[str, Any] = {"packs": {"CA": Decimal(4)}} if sku == "SKU-2" else {}
        self.house.receive(sku, value, lot=lot, **tracked, **packs)
        self.came[sku] += value

    @rule(rma_id=st.sampled_from(("RMA-1", "RMA-2")), sku=st.sampled_from(SKUS), value=quantities)
    def announce_return(self, rma_id: str, sku: str, value: str) -> None:
        line = {"lineId": "1", "sku": sku, "quantity": {"value": value, "uom": "EA"}}
        self.attempt("createReturn", {"rmaId": rma_id, "orderId": "CO-1", "lines": [line]})

    @rule(
        rma_id=st.sampled_from(("RMA-1", "RMA-2")),
        lines=st.lists(
            st.tuples(st.sampled_from(SKUS), quantities, st.sampled_from(("restock", "quarantine", "scrap"))),
            min_size=1,
            max_size=2,
        ),
    )
    def take_back(self, rma_id: str, lines: list[tuple[str, str, str]]) -> None:
        body = [
            {
                "lineId": "1",
                "sku": sku,
                "quantity": {"value": value, "uom": "EA"},
                "condition": "good",
                "disposition": disposition,
            }
            for sku, value, disposition in lines
        ]
        if self.attempt("receiveReturn", {"lines": body}, rmaId=rma_id):
            for sku, value, _ in lines:
                self.came[sku] += int(value)

    def stocks(self) -> dict[str, PhysicalStock]:
        return {stock.sku: stock for stock in self.house.party.state.table(PhysicalStock).values()}

    def shipped(self) -> Counter[str]:
        """Pieces that left, by item."""
        left: Counter[str] = Counter()
        for shipment in self.house.party.state.table(Shipment).values():
            for package in shipment.packages:
                for item in package.items:
                    left[item.sku] += int(item.quantity.value) * (4 if item.quantity.uom == "CA" else 1)
        return left

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def every_stock_is_the_sum_of_its_parts(self) -> None:
        for stock in self.stocks().values():
            parts = [stock.available.value, stock.allocated.value, stock.on_hold.value, stock.damaged.value]
            assert min(parts) >= 0, f"a part is below zero: {stock}"
            assert sum(parts) == stock.on_hand.value, stock

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def what_is_on_hand_is_what_came_less_what_left(self) -> None:
        left = self.shipped()
        assert {sku: int(stock.on_hand.value) for sku, stock in self.stocks().items()} == {
            sku: self.came[sku] - left[sku] for sku in SKUS
        }

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def what_is_allocated_is_what_open_requests_have_laid_aside(self) -> None:
        aside: Counter[str] = Counter()
        for key, ticket in self.house.party.state.table(PickTicket).items():
            fulfilment = self.house.party.state.table(Fulfilment)[key]
            assert fulfilment.status not in ENDED or not any(ticket.allocated.values()), fulfilment
            for line in fulfilment.lines:
                aside[line.sku] += int(ticket.allocated.get(line.line_id, Decimal(0)))
        assert {sku: int(stock.allocated.value) for sku, stock in self.stocks().items()} == {
            sku: aside[sku] for sku in SKUS
        }

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def the_lots_are_what_can_be_picked(self) -> None:
        stock = self.stocks()["SKU-3"]
        lots = lots_of(Transaction(self.house.party.state, self.world.clock.now(), self.world.ids), stock.sku)
        assert sum(lot.value for lot in lots) == stock.available.value + stock.allocated.value

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def every_line_is_shipped_cancelled_or_open_and_a_request_ends_at_most_once(self) -> None:
        finals = Counter(s.fulfilment_id for s in self.house.party.state.table(Shipment).values() if s.final)
        requests = Counter(f.fulfilment_id for f in self.house.party.state.table(Fulfilment).values())
        assert all(finals[name] <= requests[name] for name in finals)
        for fulfilment in self.house.party.state.table(Fulfilment).values():
            for line in fulfilment.lines:
                still_open = line.quantity.value - line.shipped_quantity.value - line.cancelled_quantity.value
                assert fulfilment.status not in ENDED or still_open <= 0, fulfilment
            assert fulfilment.status != "cancelled" or not fulfilment.shipment_ids, fulfilment

    @invariant()
    @precondition(lambda self: hasattr(self, "house"))
    def the_room_that_is_taken_is_that_of_the_open_requests(self) -> None:
        still_open = [f for f in self.house.party.state.table(Fulfilment).values() if f.status not in ENDED]
        assert self.house("getCapacity")["open"] == len(still_open)

    def teardown(self) -> None:
        """Left alone, a warehouse comes to an end with everything that it accepted."""
        if not hasattr(self, "house"):
            return
        clock = self.world.clock
        assert isinstance(clock, ManualClock)
        clock.advance(timedelta(days=30))
        assert self.world.busy() is None
        assert self.world.errors == []
        statuses = {fulfilment.status for fulfilment in self.house.party.state.table(Fulfilment).values()}
        assert statuses <= set(ENDED)
        self.what_is_on_hand_is_what_came_less_what_left()


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=80, stateful_step_count=25, deadline=None, database=None)
