"""decimal-comma: the numbers of a CSV file are written in another country's way."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE


def test_the_numbers_of_the_column_have_a_decimal_comma(wire: Wire) -> None:
    armed = wire.arm("decimal-comma", party="west", document="945")
    assert altered(wire, FILE) == FILE.replace(b",4,4,0,", b',4,"4,000",0,')
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("decimal-comma", party="west", document="945", column="price")
    assert altered(wire, FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("decimal-comma", "945"))
