"""upload-refused: the file server takes no file for a while."""

import pytest

from crossdock.simulators.channels.sftp.interference import Operation, Refuse
from crossdock.simulators.channels.sftp.status import Status
from crossdock.tests.scenarios.conftest import Wire

RELEASED = "crossdock.fulfilment.released.v1"


@pytest.mark.parametrize("at", ["open", "write", "close", "rename"])
def test_that_step_of_the_next_uploads_is_refused(wire: Wire, at: Operation) -> None:
    armed = wire.arm("upload-refused", party="west", begins_with=RELEASED, at=at, times=2)
    assert wire.step("west", at) is None
    wire.happens("erp", RELEASED)
    refused = Refuse("upload-refused", Status.FAILURE, "Disk quota exceeded")
    assert [wire.step("west", at) for _ in range(3)] == [refused, refused, None]
    assert armed.fired == 2


def test_for_want_of_permission_it_is_another_status(wire: Wire) -> None:
    wire.arm("upload-refused", party="west", begins_with=RELEASED, why="permission")
    wire.happens("erp", RELEASED)
    effect = wire.step("west", "open")
    assert isinstance(effect, Refuse)
    assert effect.status is Status.PERMISSION_DENIED


def test_downloads_and_other_parties_are_left_alone(wire: Wire) -> None:
    wire.arm("upload-refused", party="west", begins_with=RELEASED)
    wire.happens("erp", RELEASED)
    assert wire.step("west", "open", "out") is None
    assert wire.step("regional", "open") is None


def test_no_other_message_begins_it(wire: Wire) -> None:
    armed = wire.arm("upload-refused", party="west", begins_with=RELEASED, order="A")
    wire.happens("erp", "crossdock.sales-order.changed.v1")
    for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
        wire.happens("erp", RELEASED, order_id)
    assert wire.step("west", "open") is None
    assert armed.fired == 0
