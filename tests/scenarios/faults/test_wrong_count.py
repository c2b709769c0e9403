"""wrong-count: the trailer of a document says another number than there is."""

import pytest

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


@pytest.mark.parametrize(
    ("of", "content", "there", "instead"),
    [
        ("set", INTERCHANGE, b"SE*4*", b"SE*5*"),
        ("group", INTERCHANGE, b"GE*1*", b"GE*2*"),
        ("interchange", INTERCHANGE, b"IEA*1*", b"IEA*2*"),
        ("rows", FILE, b"TRL,1,4,1", b"TRL,2,4,1"),
        ("quantity", FILE, b"TRL,1,4,1", b"TRL,1,5,1"),
        ("hash", FILE, b"TRL,1,4,1", b"TRL,1,4,2"),
    ],
)
def test_that_count_is_one_too_high_and_nothing_else_differs(
    wire: Wire, of: str, content: bytes, there: bytes, instead: bytes
) -> None:
    armed = wire.arm("wrong-count", party="west", document="945", of=of)
    assert altered(wire, content) == content.replace(there, instead)
    assert armed.fired == 1


@pytest.mark.parametrize(("of", "content"), [("rows", INTERCHANGE), ("set", FILE)])
def test_a_document_of_the_other_format_has_no_such_count(wire: Wire, of: str, content: bytes) -> None:
    armed = wire.arm("wrong-count", party="west", document="945", of=of)
    assert altered(wire, content) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("wrong-count", "945", of="set"))
