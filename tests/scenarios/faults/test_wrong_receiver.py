"""wrong-receiver: a document is addressed to somebody else."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.faults.altered import altered
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


def test_an_interchange_and_its_groups_name_another_receiver(wire: Wire) -> None:
    armed = wire.arm("wrong-receiver", party="west", document="945", receiver="SOMEBODY")
    expected = INTERCHANGE.replace(b"CROSSDOCK      ", b"SOMEBODY       ").replace(b"*CROSSDOCK*", b"*SOMEBODY*")
    assert altered(wire, INTERCHANGE) == expected
    assert armed.fired == 1


def test_so_does_the_header_record_of_a_csv_file(wire: Wire) -> None:
    wire.arm("wrong-receiver", party="west", document="945")
    assert altered(wire, FILE) == FILE.replace(b",CROSSDOCK,", b",OTHERSHOP,")


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("wrong-receiver", "945"))
