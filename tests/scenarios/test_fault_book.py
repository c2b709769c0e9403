"""Faults ordered by hand, as the admin API does it."""

from __future__ import annotations

import pytest

from crossdock.scenarios.fault_book import FaultBook
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import Answer, Message
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.world import World

DOCUMENT = {"fault": "unavailable", "party": "erp", "operation": "createSalesOrder", "times": 1}


@pytest.fixture
def world() -> World:
    return World("test", ManualClock(), Ids("t1", 1))


def request(operation: str = "createSalesOrder", order_id: str = "") -> Message:
    return Message("request", "erp", operation, order_id)


def test_a_fault_ordered_by_hand_strikes_a_message_about_no_known_order(world: World) -> None:
    book = FaultBook(world)
    book.order(DOCUMENT)

    assert world.interference.before(request("getSalesOrder")) is None
    assert isinstance(world.interference.before(request()), Answer)
    assert world.interference.before(request()) is None
    assert [row["struck"] for row in book.listed()] == [1]


def test_a_fault_may_be_about_one_order(world: World) -> None:
    book = FaultBook(world)
    book.order({**DOCUMENT, "order": "CO-1"})

    assert world.interference.before(request(order_id="CO-2")) is None
    assert isinstance(world.interference.before(request(order_id="CO-1")), Answer)


def test_cleared_faults_strike_no_more(world: World) -> None:
    book = FaultBook(world)
    book.order(DOCUMENT)

    book.clear()

    assert book.listed() == []
    assert world.interference.before(request()) is None


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("no-answer", "name a fault"),
        ({"party": "erp"}, "name a fault"),
        ({"fault": "no-anser", "party": "erp", "operation": "createSalesOrder"}, "did you mean 'no-answer'?"),
        ({"fault": "no-answer", "party": "erp"}, "operation"),
    ],
)
def test_a_fault_that_there_is_not_is_refused_with_what_is_wrong(world: World, document: object, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        FaultBook(world).order(document)

    assert refused.value.code == "invalid-request"
    assert said in refused.value.detail


def test_a_fault_that_strikes_where_nothing_stands_in_between_is_refused(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        FaultBook(world).order({"fault": "connection-reset", "party": "erp", "operation": "createSalesOrder"})

    assert "connection-reset strikes between the layer and the parties" in refused.value.detail
