"""row-twice: a row of a CSV file stands in it two times."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


def test_the_first_row_stands_there_twice_and_the_trailer_counts_both(wire: Wire) -> None:
    armed = wire.arm("row-twice", party="west", document="945")
    effect = wire.document("west", "945", content=FILE)
    assert effect is not None
    assert effect.tells, "nothing is wrong with what it says"
    header, columns, row, _, _ = FILE.split(b"\r\n")
    assert effect.appearances[0].content == b"\r\n".join([header, columns, row, row, b"TRL,2,8,2", b""])
    assert armed.fired == 1


def test_an_interchange_has_no_rows(wire: Wire) -> None:
    wire.arm("row-twice", party="west", document="945")
    assert wire.document("west", "945", content=INTERCHANGE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("row-twice", "945"))
