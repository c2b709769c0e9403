"""Whatever the contract allows, in whatever order: a rule answers or refuses, and no order loses what was ordered."""

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.contracts.objects import Money, Order, OrderStatus, Quote, QuoteStatus
from crossdock.contracts.openapi import api
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.crm import KIND
from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.world import World
from crossdock.tests.simulators.contract_values import ContractValues
from crossdock.tests.simulators.crm.conftest import ACCOUNT, CAST, Crm

VALUES = ContractValues(
    {
        "accountId": ["ACC-t1-000001"],
        "contactId": ["CON-t1-000001"],
        "quoteId": ["QUO-t1-000001", "QUO-t1-000002"],
        "orderId": ["CO-t1-000001", "CO-t1-000002"],
        "caseId": ["CASE-t1-000001", "CASE-t1-000002"],
        "returnRequestId": ["RR-t1-000001"],
        "trackingNumber": ["TRK-1", "TRK-2"],
        "lineId": ["1", "2"],
        "sku": ["SKU-1"],
        "uom": ["EA"],
        "currency": ["USD"],
        "amount": ["1.25", "10.00"],
        "validUntil": ["2026-03-02", "2026-04-01"],
    }
)
OPERATIONS = {name: operation for name, operation in api("crm").operations.items() if name in KIND.rules.operations}
CALLS = st.one_of(
    *(
        st.tuples(st.just(name), VALUES.body(operation), VALUES.parameters(operation), st.sampled_from((0, 0, 3)))
        for name, operation in OPERATIONS.items()
    )
)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CALLS, min_size=5, max_size=12))
def test_any_call_that_the_contract_allows_is_answered_or_refused(
    made: list[tuple[str, Any, dict[str, Any], float]],
) -> None:
    crm = Crm(World("test", ManualClock(), Ids("t1", 1), cast=CAST), "crm")
    crm("createAccount", ACCOUNT)
    crm("createContact", {"name": "Ada", "email": "a@b"}, accountId=crm.account_id)
    quoted = crm.quote()
    crm.status(crm.order()["orderId"], "shipped")
    crm("createCase", {"category": "shortShip", "subject": "short", "orderId": "CO-t1-000001"})
    for name, body, params, days in made:
        with suppress(Refusal):
            crm(name, body, **params)
        crm.pass_days(days)
        check_orders(crm)
    assert crm("getQuote", quoteId=quoted["quoteId"])["lines"] == quoted["lines"]


def check_orders(crm: Crm) -> None:
    """Totals close, what was submitted was announced once, and a quote and its order know each other."""
    orders = crm.party.state.table(Order)
    announced = [order["orderId"] for order in crm.told("order.submitted")]
    assert announced == list(orders)
    for order in orders.values():
        net = Money.total((line.unit_price.times(line.quantity) for line in order.lines), order.currency)
        assert order.totals.net == net
        assert order.totals.gross == net + order.freight
        assert order.status is OrderStatus.SUBMITTED or order.status_as_of is not None
    for quote in crm.party.state.table(Quote).values():
        assert (quote.status is QuoteStatus.ORDERED) == (quote.order_id is not None)
        assert quote.order_id is None or orders[quote.order_id].quote_id == quote.quote_id


def test_every_operation_of_the_contract_has_a_rule_or_is_shared() -> None:
    shared = {"issueToken", "listEvents"}
    ours = {name for name in api("crm").operations if name not in shared and "WebhookSubscription" not in name}
    assert ours <= set(KIND.rules.operations), "these operations have no rule"
