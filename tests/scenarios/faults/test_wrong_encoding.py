"""wrong-encoding: a CSV file is not in the agreed encoding."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE


def altered(wire: Wire, content: bytes) -> bytes | None:
    """What is put out instead, None when the document is left alone; it is told again later."""
    effect = wire.document("west", "945", content=content)
    if effect is None:
        return None
    assert not effect.tells, "nobody can be asked to act upon it"
    assert effect.again_h == 24
    return effect.appearances[0].content


def test_a_name_has_letters_in_another_encoding(wire: Wire) -> None:
    armed = wire.arm("wrong-encoding", party="west", document="945")
    assert altered(wire, FILE) == FILE.replace(b",UPS,", b",Spedition M\xfcller,")
    assert armed.fired == 1


def test_a_file_without_that_column_is_left_alone(wire: Wire) -> None:
    wire.arm("wrong-encoding", party="west", document="945", column="price")
    assert altered(wire, FILE) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("wrong-encoding", "945"))
