"""wrong-number: the trailer of a document bears another control number than its header."""

import pytest

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


@pytest.mark.parametrize(
    ("of", "there", "instead"),
    [
        ("set", b"SE*4*0001", b"SE*4*0002"),
        ("group", b"GE*1*7", b"GE*1*8"),
        ("interchange", b"IEA*1*000000007", b"IEA*1*000000008"),
    ],
)
def test_that_number_is_another_and_nothing_else_differs(wire: Wire, of: str, there: bytes, instead: bytes) -> None:
    armed = wire.arm("wrong-number", party="west", document="945", of=of)
    effect = wire.document("west", "945", content=INTERCHANGE)
    assert effect is not None
    assert (effect.tells, effect.again_h) == (False, 24)
    assert effect.appearances[0].content == INTERCHANGE.replace(there, instead)
    assert armed.fired == 1


def test_a_csv_file_has_no_such_number(wire: Wire) -> None:
    wire.arm("wrong-number", party="west", document="945", of="set")
    assert wire.document("west", "945", content=FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("wrong-number", "945", of="set"))
