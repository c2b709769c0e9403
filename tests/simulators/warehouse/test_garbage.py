"""Whatever the contract allows, a rule answers or refuses; it never breaks."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.contracts.openapi import api
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.warehouse import KIND
from crossdock.simulators.world import World
from crossdock.tests.simulators.contract_channel import ContractChannel
from crossdock.tests.simulators.contract_values import ContractValues
from crossdock.tests.simulators.warehouse.conftest import CAST, Warehouse

LINE = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}
VALUES = ContractValues(
    {
        "sku": ["SKU-1", "SKU-2"],
        "uom": ["EA", "CA"],
        "warehouseId": ["west"],
        "fulfilmentId": ["FF-1", "FF-2"],
        "orderId": ["CO-1"],
        "lineId": ["1", "2"],
        "rmaId": ["RMA-1", "RMA-2"],
        "shipmentId": ["SHP-t1-000001"],
        "trackingNumber": ["TRK-t1-000001"],
        "receiptId": ["RCP-t1-000001"],
    }
)
OPERATIONS = {
    name: operation for name, operation in api("warehouse").operations.items() if name in KIND.rules.operations
}


CALLS = st.one_of(
    *(
        st.tuples(st.just(name), VALUES.body(operation), VALUES.parameters(operation), st.sampled_from((0.0, 0.0, 3.0)))
        for name, operation in OPERATIONS.items()
    )
)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CALLS, min_size=5, max_size=12))
def test_any_call_that_the_contract_allows_is_answered_or_refused(
    made: list[tuple[str, Any, dict[str, Any], float]],
) -> None:
    world = World("test", ManualClock(), Ids("t1", 1), cast=CAST)
    west = Warehouse(world, "west")
    west.receive("SKU-1", 50)
    west.receive("SKU-2", 50, packs={"CA": Decimal(12)}, lot_tracked=True, serial_tracked=True)
    west.request()
    west("createReturn", {"rmaId": "RMA-1", "orderId": "CO-1", "lines": [LINE]})
    for name, body, params, hours in made:
        ask(west, name, body, params)
        west.pass_hours(hours)
    assert isinstance(world.clock, ManualClock)
    world.clock.advance(timedelta(days=10))
    assert world.errors == []


def ask(channel: ContractChannel, name: str, body: Any, params: dict[str, Any]) -> None:
    with suppress(Refusal):
        channel(name, body, **params)


def test_every_operation_of_the_contract_has_a_rule_or_is_shared() -> None:
    shared = {"issueToken", "listEvents"}
    ours = {name for name in api("warehouse").operations if name not in shared and "WebhookSubscription" not in name}
    assert ours <= set(KIND.rules.operations), "these operations have no rule"
