"""upload-cut: the connection is lost in the middle of an upload."""

from crossdock.simulators.channels.sftp.interference import CutTransfer
from crossdock.tests.scenarios.conftest import SCENARIO, Wire

RELEASED = "crossdock.fulfilment.released.v1"


def test_after_the_event_the_next_upload_is_cut_and_counts_once_it_is(wire: Wire) -> None:
    armed = wire.arm("upload-cut", party="west", begins_with=RELEASED, octets=90)
    assert wire.step("west", "open") is None
    wire.happens("erp", RELEASED)
    effect = wire.step("west", "open")
    assert isinstance(effect, CutTransfer)
    assert effect.octets == 90
    assert wire.step("west", "open") is not None, "the first was shorter, or did not come so far"
    effect.struck()
    assert armed.fired == 1
    assert wire.step("west", "open") is None


def test_downloads_other_steps_and_other_parties_are_left_alone(wire: Wire) -> None:
    wire.arm("upload-cut", party="west", begins_with=RELEASED)
    wire.happens("erp", RELEASED)
    assert wire.step("west", "open", "out") is None
    assert wire.step("west", "write") is None
    assert wire.step("regional", "open") is None


def test_it_is_over_when_the_scenario_heals(wire: Wire) -> None:
    wire.arm("upload-cut", party="west", begins_with=RELEASED)
    wire.happens("erp", RELEASED)
    wire.faults.heal(SCENARIO)
    assert wire.step("west", "open") is None


def test_no_other_message_begins_it(wire: Wire) -> None:
    armed = wire.arm("upload-cut", party="west", begins_with=RELEASED, order="A")
    wire.happens("erp", "crossdock.sales-order.changed.v1")
    for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
        wire.happens("erp", RELEASED, order_id)
    assert wire.step("west", "open") is None
    assert armed.fired == 0
