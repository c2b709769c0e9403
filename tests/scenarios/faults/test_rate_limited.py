"""rate-limited: the party answers 429 for a while."""

from crossdock.simulators.interference import Answer
from crossdock.tests.scenarios.conftest import Wire


def test_a_request_is_turned_away_with_retry_after_and_the_next_is_served(wire: Wire) -> None:
    armed = wire.arm("rate-limited", party="crm", operation="updateOrderStatus", retry_after_s=3)
    assert wire.request("crm", "updateOrderStatus") == Answer(429, "rate-limited", headers=(("Retry-After", "3"),))
    assert wire.request("crm", "updateOrderStatus") is None
    assert armed.fired == 1


def test_some_providers_do_not_say_how_long_to_wait(wire: Wire) -> None:
    wire.arm("rate-limited", party="crm", operation="updateOrderStatus", retry_after_s=0)
    assert wire.request("crm", "updateOrderStatus") == Answer(429, "rate-limited")


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("rate-limited", "crm", "updateOrderStatus"))
