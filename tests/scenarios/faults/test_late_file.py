"""late-file: a document comes late, after younger ones."""

from crossdock.simulators.channels.files.interference import Appearance
from crossdock.tests.scenarios.conftest import Wire


def test_it_is_put_out_so_many_hours_later(wire: Wire) -> None:
    armed = wire.arm("late-file", party="west", document="997", by_h=30)
    effect = wire.document("west", "997")
    assert effect is not None
    assert effect.appearances == (Appearance(30),)
    assert effect.tells
    assert armed.fired == 1


def test_a_document_may_be_named_by_the_event_that_it_tells(wire: Wire) -> None:
    wire.arm("late-file", party="west", document="crossdock.shipment.shipped.v1")
    assert wire.document("west", "945", "crossdock.shipment.shipped.v1") is not None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("late-file", "945"))
