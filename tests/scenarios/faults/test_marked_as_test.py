"""marked-as-test: a document of real business is marked as a test."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import INTERCHANGE


def altered(wire: Wire, content: bytes) -> bytes | None:
    """What is put out instead, None when the document is left alone; it is told again later."""
    effect = wire.document("west", "945", content=content)
    if effect is None:
        return None
    assert not effect.tells, "nobody can be asked to act upon it"
    assert effect.again_h == 24
    return effect.appearances[0].content


def test_the_usage_indicator_is_t(wire: Wire) -> None:
    armed = wire.arm("marked-as-test", party="west", document="945")
    assert altered(wire, INTERCHANGE) == INTERCHANGE.replace(b"*0*P*", b"*0*T*")
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("marked-as-test", "945"))
