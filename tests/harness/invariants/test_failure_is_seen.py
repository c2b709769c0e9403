"""X2: what was acknowledged is kept, and a failure is seen by somebody."""

import pytest

from crossdock.tests.harness.histories import BILLED, DELIVERED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

VANISHED = "order 1:10 | garble order.submitted CO-A ok"


def test_counts_each_delivery_that_could_not_be_used() -> None:
    assert judged("X2", HEALTHY["order.submitted comes as something that is no event"]).exercised == 1
    assert judged("X2", HEALTHY["it acknowledges half an event, and tells somebody"]).exercised == 1
    assert judged("X2", HEALTHY["everything is told as it happens"]).exercised == 0


def test_what_was_acknowledged_and_vanished_is_found_by_nobody_else() -> None:
    assert finders(VANISHED) == {"X2"}
    found = finding("X2", "order 1:10 * | garble order.submitted CO-A ok")
    assert found.summary == "no sales order in the ERP: the layer acknowledged what it could not use"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"{TAKEN} | garble fulfilment.released F1 ok", "release/F1"),
        (f"{BILLED.partition('| confirm')[0]} | garble shipment.shipped S1 ok", "shipment/S1"),
    ],
)
def test_it_speaks_of_the_effect_that_the_message_should_have_had(text: str, key: str) -> None:
    assert finding("X2", text).key == f"X2/CO-A/{key}"
    assert finders(text) == {"X2"}


def test_it_comes_right_when_somebody_is_told_or_the_effect_comes_another_way() -> None:
    assert judged("X2", VANISHED).missing
    assert not judged("X2", f"{VANISHED} | case C1 integrationError").findings
    assert not judged("X2", f"{VANISHED} | erp SO1").findings


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        "order 1:10 | deliver order.submitted CO-A",  # good, taken, and lost: E3
        "order 1:10 | garble order.submitted CO-A",  # refused: it comes again
        "order 1:10 | garble order.submitted CO-A info",
        f"{DELIVERED} | garble tracking.milestone T1 ok",
    ],
)
def test_says_nothing_where_nothing_vanished(text: str) -> None:
    assert not judged("X2", text).findings


def test_once_the_whole_event_was_brought_its_loss_is_e3s_affair() -> None:
    text = f"{VANISHED} | deliver order.submitted CO-A"
    assert finders(text) == {"E3"}
