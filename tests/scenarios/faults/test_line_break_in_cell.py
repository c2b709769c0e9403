"""line-break-in-cell: a cell of a CSV file goes on in the next line."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE


def test_the_text_stands_quoted_in_each_row(wire: Wire) -> None:
    armed = wire.arm("line-break-in-cell", party="west", document="945", column="carrier_name", text='a "b",\r\nc')
    effect = wire.document("west", "945", content=FILE)
    assert effect is not None
    assert effect.tells
    assert effect.appearances[0].content == FILE.replace(b",UPS,", b',"a ""b"",\r\nc",')
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("line-break-in-cell", party="west", document="945")
    assert wire.document("west", "945", content=FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("line-break-in-cell", "945"))
