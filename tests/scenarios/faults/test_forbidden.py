"""forbidden: a right is taken from the layer for a while."""

from crossdock.simulators.interference import Answer
from crossdock.tests.scenarios.conftest import Wire


def test_so_many_requests_are_turned_away_for_good(wire: Wire) -> None:
    armed = wire.arm("forbidden", party="erp", operation="confirmShipment", nth=2, times=2)
    turned_away = Answer(403, "forbidden")
    assert [wire.request("erp", "confirmShipment") for _ in range(4)] == [None, turned_away, turned_away, None]
    assert armed.fired == 2


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("forbidden", "erp", "confirmShipment"))
