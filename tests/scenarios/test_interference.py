"""Which fault strikes which message."""

import pytest

from crossdock.scenarios.address import Address
from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.interference import Answer, Delay, Message, Withhold
from crossdock.tests.scenarios.conftest import ORDERS, SCENARIO, Wire

CREATE = "createFulfilmentRequest"


def struck(address: Address, *messages: tuple[str, str, str]) -> list[bool]:
    return [address.strikes(Message("request", party, name, order_id)) for party, name, order_id in messages]


@pytest.mark.parametrize(
    ("nth", "times", "meant"),
    [
        (1, 1, [1, 0, 0, 0, 0]),
        (2, 1, [0, 1, 0, 0, 0]),
        (1, 3, [1, 1, 1, 0, 0]),
        (3, 2, [0, 0, 1, 1, 0]),
        (9, 9, [0, 0, 0, 0, 0]),
    ],
)
def test_so_many_are_struck_from_the_nth_on(nth: int, times: int, meant: list[int]) -> None:
    assert struck(Address("east", CREATE, nth, times), *[("east", CREATE, "CO-A")] * 5) == [bool(one) for one in meant]


def test_occurrences_are_counted_for_each_order_by_itself() -> None:
    address = Address("east", CREATE, 2)
    messages = [("east", CREATE, order_id) for order_id in ("CO-A", "CO-A2", "CO-A", "CO-A2", "CO-A2")]
    assert struck(address, *messages) == [False, False, True, True, False]


def test_what_is_not_meant_is_not_counted() -> None:
    address = Address("east", CREATE, 2)
    assert (
        struck(address, ("west", CREATE, "CO-A"), ("east", "getCapacity", "CO-A"), ("east", CREATE, "CO-A"))
        == [False] * 3
    )
    assert struck(address, ("east", CREATE, "CO-A")) == [True]


def test_what_turned_out_to_be_nothing_to_strike_is_no_occurrence() -> None:
    address, message = Address("east", CREATE), Message("request", "east", CREATE, "CO-A")
    assert address.strikes(message)
    address.take_back(message)
    assert [address.strikes(message) for _ in range(2)] == [True, False]


def test_no_party_means_any() -> None:
    assert struck(Address("", CREATE, 1, 9), ("west", CREATE, "CO-A"), ("east", CREATE, "CO-A")) == [True, True]


@pytest.mark.parametrize("count", [1, 3])
def test_every_order_of_a_kind_is_struck_alike(wire: Wire, count: int) -> None:
    armed = wire.arm("unavailable", party="east", operation=CREATE, times=count)
    for order_id in ("CO-A", "CO-A2", "CO-B"):
        assert [wire.request("east", CREATE, order_id) is not None for _ in range(count + 1)] == [True] * count + [
            False
        ]
    assert armed.fired == 3 * count


def test_a_fault_of_one_order_leaves_the_others_alone(wire: Wire) -> None:
    wire.arm("unavailable", party="east", operation=CREATE, order="B")
    assert wire.request("east", CREATE, "CO-A") is None
    assert wire.request("east", CREATE, "CO-A2") is None
    assert wire.request("east", CREATE, "CO-B") is not None


def test_a_fault_of_an_order_of_which_there_are_many_strikes_each(wire: Wire) -> None:
    wire.arm("unavailable", party="east", operation=CREATE, order="A", times=1)
    assert wire.request("east", CREATE, "CO-A") is not None
    assert wire.request("east", CREATE, "CO-A2") is not None


def test_orders_of_other_scenarios_and_of_nobody_are_left_alone(wire: Wire) -> None:
    wire.arm("unavailable", party="east", operation=CREATE)
    assert wire.request("east", CREATE, "CO-X") is None
    assert wire.request("east", CREATE, "CO-UNKNOWN") is None
    assert wire.request("east", CREATE, "") is None


def test_the_first_armed_strikes_first_and_both_count(wire: Wire) -> None:
    first = wire.arm("rate-limited", party="erp", operation="createInvoice", retry_after_s=0)
    second = wire.arm("no-answer", party="erp", operation="createInvoice", nth=2)
    assert wire.request("erp", "createInvoice") == Answer(429, "rate-limited")
    assert isinstance(wire.request("erp", "createInvoice"), Withhold)
    assert (first.fired, second.fired) == (1, 1)


def test_a_fault_after_the_commit_waits_for_one_that_is_carried_out(wire: Wire) -> None:
    armed = wire.arm("no-answer", party="erp", operation="createInvoice")
    assert wire.request("erp", "createInvoice", status=422) is None
    assert isinstance(wire.request("erp", "createInvoice"), Withhold)
    assert wire.request("erp", "createInvoice") is None
    assert armed.fired == 1


@pytest.mark.parametrize("fault", ["no-answer", "unavailable", "forbidden", "error-after-commit"])
def test_a_request_that_breaks_the_contract_uses_no_fault_up(wire: Wire, fault: str) -> None:
    armed = wire.arm(fault, party="erp", operation="createInvoice", times=1)
    assert wire.request("erp", "createInvoice", in_vain=True, status=422) is None
    assert wire.request("erp", "createInvoice") is not None
    assert armed.fired == 1


def test_what_strikes_everything_strikes_what_breaks_the_contract_too(wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with="crossdock.order.submitted.v1")
    wire.event("crm", "crossdock.order.submitted.v1")
    assert isinstance(wire.request("erp", "createInvoice", in_vain=True, status=422), Answer)


def test_a_refused_request_that_was_struck_is_no_longer_meant(wire: Wire) -> None:
    armed = wire.arm("slow-consumer", party="erp", operation="createInvoice", times=1)
    assert isinstance(wire.request("erp", "createInvoice", status=422), Delay)
    assert wire.request("erp", "createInvoice") is None
    assert armed.fired == 1


def test_without_faults_everything_goes_its_way(wire: Wire) -> None:
    assert wire.request("erp", "createInvoice") is None
    assert wire.event("crm", "crossdock.order.submitted.v1") is None


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"fault": "no-answer", "party": "erp", "operation": "createInvoice"}, "party=erp, operation=createInvoice"),
        (
            {"fault": "unavailable", "party": "erp", "operation": "createInvoice", "times": 1},
            "party=erp, operation=createInvoice, times=1",
        ),
        (
            {"fault": "duplicate-event", "party": "crm", "event_type": "x", "new_id": True, "order": "A"},
            "party=crm, event_type=x, new_id=True, order=A",
        ),
    ],
)
def test_a_fault_is_described_by_what_is_not_as_usual(document: dict[str, object], said: str) -> None:
    assert ArmedFault(SCENARIO, str(document["fault"]), fault_of(document)).description() == said


def test_a_message_about_no_order_is_struck_by_what_it_is_about() -> None:
    wire = Wire()
    subjects = {"SKU-1": (SCENARIO, "A"), "AC-1": ("another-scenario", "A")}
    wire.faults = Faults(wire.world, ORDERS.get, subjects.get)
    wire.world.set_interference(wire.faults)
    wire.arm("duplicate-event", party="erp", event_type="crossdock.item.changed.v1", order="A")

    def struck(order_id: str, *about: str) -> bool:
        message = Message("event", "erp", "crossdock.item.changed.v1", order_id, about=about)
        return wire.faults.deliver(message) is not None

    assert not struck("")
    assert not struck("", "AC-1"), "of another scenario"
    assert not struck("CO-X", "SKU-1"), "what names an order is about that order"
    assert struck("", "SKU-9", "SKU-1")


def test_occurrences_are_counted_for_each_subject_by_itself() -> None:
    address = Address("erp", "putWarehouseItem", 2)
    skus = ("SKU-1", "SKU-2", "SKU-1", "SKU-2")
    messages = [Message("request", "erp", "putWarehouseItem", "", about=(sku,)) for sku in skus]
    assert [address.strikes(message) for message in messages] == [False, False, True, True]
