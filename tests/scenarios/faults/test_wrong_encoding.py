"""wrong-encoding: a CSV file is not in the agreed encoding."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE


def test_a_name_has_letters_in_another_encoding(wire: Wire) -> None:
    armed = wire.arm("wrong-encoding", party="west", document="945")
    assert altered(wire, FILE) == FILE.replace(b",UPS,", b",Spedition M\xfcller,")
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("wrong-encoding", party="west", document="945", column="price")
    assert altered(wire, FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("wrong-encoding", "945"))
