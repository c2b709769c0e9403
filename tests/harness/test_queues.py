"""Which parties of a target are to be found at its broker, and what can't be played there."""

from typing import Any

import pytest

from crossdock.harness.queues import tellers, unable
from crossdock.harness.target import Events, Target
from crossdock.scenarios.scenario import OrderWish, Scenario, Then

EAST = {"east": "queue", "west": "x12"}


def target(subscribe: str = "layer", broker: str = "nats", warehouses: dict[str, str] = EAST) -> Target:
    events = Events(subscribe=subscribe, webhooks="http://127.0.0.1:1/{party}")
    return Target(crossdock=1, name="t", events=events, broker=broker, warehouses=warehouses)


def scenario(*faults: dict[str, Any]) -> Scenario:
    return Scenario(
        scenario="s",
        title="t",
        story="u",
        orders={"A": OrderWish(lines=())},
        then=Then(invariants=("E1",)),
        faults=faults,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (target(), ["east"]),
        (target("queue"), ["crm", "erp", "east"]),
        (target("queue", warehouses={"east": "rest", "west": "csv"}), ["crm", "erp", "east"]),
        (target(warehouses={"east": "rest"}), []),
    ],
)
def test_events_of_queue_warehouses_stand_in_queues_and_of_all_with_an_api_where_it_is_wanted(
    given: Target, expected: list[str]
) -> None:
    assert tellers(given) == expected


DOWN = {"fault": "broker-down", "begins_with": "crossdock.fulfilment.released.v1"}
CUT = {"fault": "webhook-cut", "party": "crm", "event_type": "crossdock.order.submitted.v1"}
LATENCY = {"fault": "latency", "party": "east", "begins_with": "crossdock.fulfilment.released.v1"}


@pytest.mark.parametrize("broker", ["nats", "rabbitmq"])
def test_a_broker_of_our_own_can_go_down(broker: str) -> None:
    assert list(unable(target(broker=broker), scenario(DOWN))) == []


@pytest.mark.parametrize("given", [target(broker="nats://127.0.0.1:4222"), target(warehouses={"east": "rest"})])
def test_one_that_is_found_by_its_address_or_not_there_can_not(given: Target) -> None:
    told = ["broker-down takes the broker down, and the target has none that Crossdock can restart"]

    assert list(unable(given, scenario(DOWN))) == told


def test_webhooks_can_only_be_struck_where_there_are_any() -> None:
    assert list(unable(target(), scenario(CUT))) == []
    told = ["webhook-cut strikes webhooks, and what crm tells stands in a queue"]
    assert list(unable(target("queue"), scenario(CUT))) == told


def test_nothing_stands_between_the_layer_and_who_is_found_at_a_broker() -> None:
    told = ["latency strikes on the way to east, which is to be found at a broker"]

    assert list(unable(target(), scenario(LATENCY))) == told
    assert list(unable(target(warehouses={"east": "rest"}), scenario(LATENCY))) == []
