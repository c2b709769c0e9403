"""login-refused: the file server lets nobody in for a while."""

import pytest

from crossdock.simulators.channels.sftp.interference import HangUp, Refuse
from crossdock.simulators.channels.sftp.status import Status
from crossdock.tests.scenarios.conftest import Wire

RELEASED = "crossdock.fulfilment.released.v1"


@pytest.fixture
def keys(wire: Wire) -> list[tuple[str, bool]]:
    """Which key the file servers were told to show, in order; who is connected is dropped each time."""
    seen: list[tuple[str, bool]] = []
    wire.world.on_host_key = lambda party, own: seen.append((party, own))
    return seen


def test_connections_are_dropped_and_so_many_logins_are_refused(wire: Wire, keys: list[tuple[str, bool]]) -> None:
    armed = wire.arm("login-refused", party="west", begins_with=RELEASED, times=2)
    wire.happens("erp", RELEASED)
    assert keys == [("west", True)], "its own key, for it is no other server"
    refused = Refuse("login-refused", Status.PERMISSION_DENIED)
    assert [wire.step("west", "login") for _ in range(3)] == [refused, refused, None]
    assert armed.fired == 2


def test_or_the_server_hangs_up(wire: Wire) -> None:
    wire.arm("login-refused", party="west", begins_with=RELEASED, hang_up=True)
    wire.happens("erp", RELEASED)
    assert wire.step("west", "login") == HangUp("login-refused")
    assert wire.step("west", "open") is None


def test_no_other_message_begins_it(wire: Wire) -> None:
    armed = wire.arm("login-refused", party="west", begins_with=RELEASED, order="A")
    wire.happens("erp", "crossdock.sales-order.changed.v1")
    for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
        wire.happens("erp", RELEASED, order_id)
    assert wire.step("west", "login") is None
    assert armed.fired == 0
