"""duplicate-file: the same file comes more than once."""

from crossdock.scenarios.file_fault import FileFault
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.channels.files.interference import Appearance
from crossdock.tests.scenarios.conftest import Wire


def test_the_same_file_is_put_out_again_under_its_name(wire: Wire) -> None:
    armed = wire.arm("duplicate-file", party="west", document="945", after_h=24)
    effect = wire.document("west", "945")
    assert effect is not None
    assert effect.appearances == (Appearance(0), Appearance(24))
    assert effect.tells
    assert wire.document("west", "945") is None
    assert armed.fired == 1


def test_the_copies_may_have_names_of_their_own(wire: Wire) -> None:
    wire.arm("duplicate-file", party="west", document="945", copies=3, after_h=0, new_name=True)
    effect = wire.document("west", "945")
    assert effect is not None
    assert [each.name for each in effect.appearances] == [None, "945_000000007_2.edi", "945_000000007_3.edi"]


def test_two_files_of_one_name_at_once_are_no_fault_that_there_could_be() -> None:
    fault = fault_of({"fault": "duplicate-file", "party": "west", "document": "945", "after_h": 0})
    assert isinstance(fault, FileFault)
    assert [field for field, _ in fault.unknown()] == ["after_h"]


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("duplicate-file", "945"))
