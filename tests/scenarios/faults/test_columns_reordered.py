"""columns-reordered: the columns of a CSV file stand in another order."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE


def test_a_column_changes_places_with_the_next_its_name_and_its_cells(wire: Wire) -> None:
    armed = wire.arm("columns-reordered", party="west", document="945", column="qty_shipped")
    effect = wire.document("west", "945", content=FILE)
    assert effect is not None
    assert (effect.tells, effect.again_h) == (False, 24)
    swapped = FILE.replace(b"qty_shipped,qty_short", b"qty_short,qty_shipped").replace(b",4,4,0,EA", b",4,0,4,EA")
    assert effect.appearances[0].content == swapped
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("columns-reordered", party="west", document="945", column="price")
    assert wire.document("west", "945", content=FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("columns-reordered", "945"))
