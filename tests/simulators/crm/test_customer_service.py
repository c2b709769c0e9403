"""Whatever people and the layer do, in whatever order: quotes, orders and cases keep to their rules."""

from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crossdock.contracts.objects import Case, Money, Order, OrderStatus, Quote, QuoteStatus
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.crm.cancellation import CANCELLABLE
from crossdock.simulators.crm.return_request import RETURNABLE
from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.world import World
from crossdock.tests.simulators.crm.conftest import ACCOUNT, CARRIER, CAST, Crm, line
from crossdock.tests.simulators.crm.test_case import LEGAL, STATUSES
from crossdock.tests.simulators.crm.test_quote import STEPS

QUOTES = st.sampled_from([f"QUO-t1-{number:06d}" for number in (1, 2)])
ORDERS = st.sampled_from([f"CO-t1-{number:06d}" for number in (1, 2, 3)])
CASES = st.sampled_from([f"CASE-t1-{number:06d}" for number in (1, 2)])
MILESTONES = st.sampled_from(("in_transit", "delivered"))
LINES = st.lists(st.sampled_from("12"), min_size=1, max_size=2).map(lambda ids: [line(line_id) for line_id in ids])


class CustomerService(RuleBasedStateMachine):
    """Two quotes, three orders and two cases at most are ever asked for, so that commands meet."""

    @initialize()
    def open(self) -> None:
        self.crm = Crm(World("test", ManualClock(), Ids("t1", 1), cast=CAST), "crm")
        self.crm("createAccount", ACCOUNT)
        self.ways: dict[str, list[str]] = {}
        self.told: dict[str, Any] = {}

    def attempt(self, operation: str, body: Any = None, **params: Any) -> Any:
        """The answer, or None when it was refused."""
        with suppress(Refusal):
            return self.crm(operation, body, **params)
        return None

    @rule(lines=LINES)
    def draft(self, lines: list[dict[str, Any]]) -> None:
        with suppress(Refusal):
            self.crm.quote(*lines)

    @rule(quote_id=QUOTES, step=st.sampled_from(sorted(STEPS)))
    def go_a_step(self, quote_id: str, step: str) -> None:
        self.attempt(STEPS[step], quoteId=quote_id)

    @rule(lines=LINES)
    def order(self, lines: list[dict[str, Any]]) -> None:
        with suppress(Refusal):
            self.crm.order(*lines)

    @rule(status=st.sampled_from(("active", "blocked")))
    def block_or_unblock(self, status: str) -> None:
        self.crm("updateAccount", {"status": status}, accountId=self.crm.account_id)

    @rule(order_id=ORDERS, status=st.sampled_from([status.value for status in OrderStatus]))
    def tell_status(self, order_id: str, status: str) -> None:
        if self.attempt("updateOrderStatus", {"status": status, "asOf": "2026-03-02T08:00:00Z"}, orderId=order_id):
            self.told[order_id] = status

    @rule(
        order_id=ORDERS, number=st.sampled_from(("TRK-1", "TRK-2")), code=st.sampled_from(("in_transit", "delivered"))
    )
    def tell_tracking(self, order_id: str, number: str, code: str) -> None:
        body = {"shipmentId": "SHP-1", "carrier": CARRIER, "milestone": code, "occurredAt": "2026-03-02T08:00:00Z"}
        order = self.attempt("updateTracking", body, orderId=order_id, trackingNumber=number)
        assert order is None or code in [p["milestone"] for p in order["tracking"] if p["trackingNumber"] == number]

    @rule(order_id=ORDERS)
    def wish_to_cancel(self, order_id: str) -> None:
        before = self.crm.party.state.table(Order).get(order_id)
        taken = self.attempt("requestCancellation", orderId=order_id)
        assert (taken is not None) == (before is not None and before.status in CANCELLABLE)

    @rule(order_id=ORDERS)
    def wish_to_return(self, order_id: str) -> None:
        before = self.crm.party.state.table(Order).get(order_id)
        lines = [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}]
        taken = self.attempt("createReturnRequest", {"orderId": order_id, "reason": "no", "lines": lines})
        assert taken is None or (before is not None and before.status in RETURNABLE)

    @rule(order_id=ORDERS)
    def open_case(self, order_id: str) -> None:
        case = self.attempt("createCase", {"category": "shortShip", "subject": "short", "orderId": order_id})
        if case:
            self.ways[case["caseId"]] = ["new"]

    @rule(case_id=CASES, status=st.sampled_from(STATUSES))
    def change_case(self, case_id: str, status: str) -> None:
        case = self.attempt("updateCase", {"status": status}, caseId=case_id)
        if case and case["status"] != self.ways[case_id][-1]:
            self.ways[case_id].append(case["status"])

    @rule(days=st.sampled_from((1, 5)))
    def time_passes(self, days: int) -> None:
        self.crm.pass_days(days)

    @invariant()
    @precondition(lambda self: hasattr(self, "crm"))
    def every_order_was_announced_once_and_its_totals_close(self) -> None:
        orders = self.crm.party.state.table(Order)
        assert Counter(order["orderId"] for order in self.crm.told("order.submitted")) == Counter(orders.keys())
        for order in orders.values():
            net = Money.total((line.unit_price.times(line.quantity) for line in order.lines), order.currency)
            assert (order.totals.net, order.totals.gross) == (net, net + order.freight)
            assert order.status == self.told.get(order.order_id, "submitted")

    @invariant()
    @precondition(lambda self: hasattr(self, "crm"))
    def a_quote_and_its_order_know_each_other(self) -> None:
        orders = self.crm.party.state.table(Order)
        quotes = self.crm.party.state.table(Quote)
        for quote in quotes.values():
            assert (quote.status is QuoteStatus.ORDERED) == (quote.order_id is not None)
            assert quote.order_id is None or orders[quote.order_id].quote_id == quote.quote_id
        made = Counter(order.quote_id for order in orders.values() if order.quote_id is not None)
        assert all(count == 1 for count in made.values())

    @invariant()
    @precondition(lambda self: hasattr(self, "crm"))
    def every_case_went_a_legal_way(self) -> None:
        for case in self.crm.party.state.table(Case).values():
            way = self.ways[case.case_id]
            assert way[-1] == case.status
            assert set(pairwise(way)) <= LEGAL


TestCustomerService = CustomerService.TestCase
TestCustomerService.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, database=None)
