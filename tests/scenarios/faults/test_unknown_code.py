"""unknown-code: a document says something in a code that nobody has agreed upon."""

import pytest

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


@pytest.mark.parametrize(
    ("content", "expected"),
    [(INTERCHANGE, INTERCHANGE.replace(b"W12*CC", b"W12*ZQ")), (FILE, FILE.replace(b",EA,CP", b",EA,ZQ"))],
    ids=["x12", "csv"],
)
def test_the_state_of_each_line_is_said_in_that_code(wire: Wire, content: bytes, expected: bytes) -> None:
    armed = wire.arm("unknown-code", party="west", document="945")
    assert altered(wire, content) == expected
    assert armed.fired == 1


def test_a_document_that_says_nothing_in_codes_is_left_alone(wire: Wire) -> None:
    armed = wire.arm("unknown-code", party="west", document="945")
    assert altered(wire, INTERCHANGE.replace(b"ST*945", b"ST*846")) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("unknown-code", "945"))
