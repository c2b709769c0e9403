"""marked-as-test: a document of real business is marked as a test."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import INTERCHANGE


def test_the_usage_indicator_is_t(wire: Wire) -> None:
    armed = wire.arm("marked-as-test", party="west", document="945")
    assert altered(wire, INTERCHANGE) == INTERCHANGE.replace(b"*0*P*", b"*0*T*")
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("marked-as-test", "945"))
