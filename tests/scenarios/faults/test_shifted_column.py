"""shifted-column: the cells of a CSV file stand one column too far to the right."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE


def test_a_cell_too_many_stands_in_each_row(wire: Wire) -> None:
    armed = wire.arm("shifted-column", party="west", document="945")
    assert altered(wire, FILE) == FILE.replace(b",UPS,", b",UPS,Inc.,")
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("shifted-column", party="west", document="945", column="price")
    assert altered(wire, FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("shifted-column", "945"))
