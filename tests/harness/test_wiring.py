"""What a run puts between layer and parties, and where the parties listen then."""

from typing import Any

import pytest

from crossdock.harness.wiring import Wiring, unreachable
from crossdock.scenarios.scenario import OrderWish, Scenario, Then

PARTIES = ("crm", "erp", "east", "west")
FIXED = {"crm": 4001, "erp": 4002}
SUBMITTED = "crossdock.order.submitted.v1"


def scenario(*faults: dict[str, Any]) -> Scenario:
    orders = {"A": OrderWish(lines=())}
    then = Then(invariants=("E1",))
    return Scenario(scenario="s", title="t", story="u", orders=orders, then=then, faults=faults)


RESET = {"fault": "connection-reset", "party": "erp", "operation": "createInvoice"}
TORN = {"fault": "webhook-cut", "party": "crm", "event_type": SUBMITTED}
EXPIRED = {"fault": "tls-expired", "party": "erp", "begins_with": SUBMITTED}
NOWHERE = {"fault": "dns-failure", "party": "erp", "begins_with": SUBMITTED}
CRASH = {"fault": "layer-crash", "party": "crm", "message": SUBMITTED}
OTHER_KEY = {"fault": "host-key-changes", "party": "west", "begins_with": SUBMITTED}


def test_where_nothing_stands_in_front_the_parties_listen_at_their_own_ports() -> None:
    assert Wiring([scenario(TORN)], PARTIES, FIXED, har=False).ports == FIXED


def test_the_port_of_a_party_is_its_relays_where_there_is_one() -> None:
    assert Wiring([scenario(RESET)], PARTIES, FIXED, har=False).ports == {"crm": 4001}


def test_for_a_har_everything_goes_through_the_proxy() -> None:
    assert Wiring([], PARTIES, FIXED, har=True).ports == {}


@pytest.mark.parametrize(("fault", "told"), [(RESET, False), (TORN, False), (EXPIRED, True), (NOWHERE, True)])
def test_a_layer_that_runs_elsewhere_can_not_be_given_other_addresses(fault: dict[str, Any], told: bool) -> None:
    assert reasons(fault) == []
    assert bool(reasons(fault, started=False)) == told
    assert reasons(started=False) == []


@pytest.mark.parametrize(("fault", "told"), [(RESET, False), (TORN, True), (EXPIRED, False)])
def test_what_strikes_webhooks_leaves_alone_who_polls(fault: dict[str, Any], told: bool) -> None:
    assert bool(reasons(fault, polls=True)) == told


@pytest.mark.parametrize("fault", [RESET, TORN, EXPIRED, NOWHERE, CRASH, OTHER_KEY])
def test_in_virtual_time_there_is_nothing_in_between_and_no_process(fault: dict[str, Any]) -> None:
    assert reasons(fault, virtual=True)
    assert reasons(virtual=True) == []


def reasons(*faults: dict[str, Any], started: bool = True, polls: bool = False, virtual: bool = False) -> list[str]:
    return unreachable(scenario(*faults), started=started, polls=polls, virtual=virtual)
