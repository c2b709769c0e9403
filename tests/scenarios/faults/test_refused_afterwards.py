"""refused-afterwards: a request is acknowledged, and refused later."""

from crossdock.simulators.channels.files.interference import RefusedAfterwards
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_it_is_refused_with_that_code_so_many_hours_later(wire: Wire) -> None:
    armed = wire.arm("refused-afterwards", party="west", operation=REQUEST, code="item-not-stocked", after_h=6)
    effect = wire.reading("west", REQUEST)
    assert isinstance(effect, RefusedAfterwards)
    assert (effect.code, effect.after_h) == ("item-not-stocked", 6)
    assert wire.reading("west", REQUEST) is None
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_readings("refused-afterwards", REQUEST))
