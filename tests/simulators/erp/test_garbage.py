"""Whatever the contract allows, a rule answers or refuses; it never breaks, and the books close afterwards."""

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.contracts.openapi import api
from crossdock.contracts.operation import Operation
from crossdock.simulators.erp import KIND
from crossdock.simulators.refusal import Refusal
from crossdock.tests.simulators.contract_values import ContractValues
from crossdock.tests.simulators.erp.conftest import Erp, amount
from crossdock.tests.simulators.erp.ledgers import all_close

VALUES = ContractValues(
    {
        "sku": ["SKU-1", "SKU-2"],
        "uom": ["EA"],
        "currency": ["USD"],
        "amount": ["12.50", "9.50", "10000.00"],
        "warehouseId": ["east", "west"],
        "customerNumber": ["CUST-1"],
        "externalReference": ["CO-1", "CO-2"],
        "orderId": ["CO-1", "CO-2"],
        "salesOrderId": ["SO-t1-000001", "SO-t1-000002", "SO-t1-000003"],
        "fulfilmentId": ["FF-t1-000001", "FF-t1-000002", "FF-t1-000003"],
        "lineId": ["1", "2"],
        "shipmentId": ["SHP-1", "SHP-2"],
        "receiptId": ["RCP-1", "RCP-2"],
        "rmaId": ["RMA-t1-000001", "RMA-t1-000002"],
        "invoiceNo": ["INV-t1-000001"],
        "creditMemoNo": ["CM-t1-000001"],
    }
)
OPERATIONS = {name: operation for name, operation in api("erp").operations.items() if name in KIND.rules.operations}
CALLS = st.one_of(
    *(
        st.tuples(st.just(name), VALUES.body(operation), VALUES.parameters(operation), st.sampled_from((0.0, 0.0, 2.0)))
        for name, operation in OPERATIONS.items()
    )
)


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CALLS, min_size=5, max_size=12), st.sampled_from((0, 1)))
def test_any_call_that_the_contract_allows_is_answered_or_refused(
    made: list[tuple[str, Any, dict[str, str], float]], release_after_h: float
) -> None:
    erp = _erp_with_a_past()
    erp.set(release_after_h=release_after_h)
    for name, body, params, hours in made:
        with suppress(Refusal):
            erp.ask(name, body, **_decoded(OPERATIONS[name], params))
        erp.pass_hours(hours)
    all_close(erp.party)


def _decoded(operation: Operation, texts: dict[str, str]) -> dict[str, Any]:
    """Parameters as a channel hands them to a rule; one that must be there is."""
    values: dict[str, Any] = {}
    for parameter in operation.parameters:
        text = texts.get(parameter.name, "SKU-1" if parameter.required and parameter.where == "query" else None)
        if text is not None:
            value = parameter.decode(text.lower() if parameter.kind == "boolean" else text)
            values[parameter.name] = [value] if parameter.many else value
    return values


def _erp_with_a_past() -> Erp:
    """One order shipped, billed, partly returned and credited; one released, one waiting."""
    erp = Erp()
    erp.customer(limit="1000000.00")
    erp.item("SKU-1")
    erp.item("SKU-2", amount("1850", "JPY"))
    erp.stock("30")
    order = erp.shipped_order("10", "5")
    rma = erp.receive(erp.authorize(order, "4"), "2 good restock")
    lines = [{"lineId": "1", "quantity": {"value": "1", "uom": "EA"}}]
    erp.ask("createCreditMemo", {"rmaId": rma.rma_id, "receiptIds": ["RCP-1"], "lines": lines})
    erp.order("10", order_id="CO-2")
    erp.order("50", order_id="CO-2")
    return erp


def test_every_operation_of_the_contract_has_a_rule_or_is_shared() -> None:
    shared = {"issueToken", "listEvents"}
    ours = {name for name in api("erp").operations if name not in shared and "WebhookSubscription" not in name}
    assert ours == set(KIND.rules.operations)
