"""unavailable: the party answers 503 for a while."""

from crossdock.simulators.interference import Answer
from crossdock.tests.scenarios.conftest import Wire


def test_so_many_requests_are_turned_away_with_retry_after(wire: Wire) -> None:
    armed = wire.arm("unavailable", party="erp", operation="confirmShipment", times=3, retry_after_s=2)
    turned_away = Answer(503, "unavailable", headers=(("Retry-After", "2"),))
    assert [wire.request("erp", "confirmShipment") for _ in range(5)] == [turned_away] * 3 + [None] * 2
    assert armed.fired == 3


def test_nothing_is_carried_out(wire: Wire) -> None:
    from crossdock.simulators.interference import Message

    wire.arm("unavailable", party="erp", operation="confirmShipment")
    assert isinstance(wire.faults.before(Message("request", "erp", "confirmShipment", "CO-A")), Answer)


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("unavailable", "erp", "confirmShipment"))
