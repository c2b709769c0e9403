"""layer-crash: the layer's process dies at a point that is named."""

import pytest

from crossdock.scenarios.layer import Downtime
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.interference import Message, Withhold
from crossdock.simulators.journal import Committed
from crossdock.tests.scenarios.conftest import Wire

PLACED = "crossdock.order.submitted.v1"
RELEASED = "crossdock.fulfilment.released.v1"
KILLED = Downtime("layer-crash", 0.5)


def committed(wire: Wire, party: str, operation: str, order_id: str = "CO-A", *, in_file: bool = False) -> object:
    """A request that is carried out: what becomes of its answer."""
    journal = wire.world.journal
    exchange = journal.append("invoke", party, "http", operation, order_id=order_id)
    message = Message("request", party, operation, order_id, in_file=in_file)
    before = wire.faults.before(message)
    if before is not None:
        return before
    detail = Committed(records=[], events=[])
    journal.append("commit", party, "http", operation, exchange=exchange, order_id=order_id, detail=detail)
    return wire.faults.committed(message, 201)


def test_it_dies_once_it_has_acknowledged_the_event(wire: Wire) -> None:
    armed = wire.arm("layer-crash", party="crm", message=PLACED)
    wire.event("crm", PLACED)
    assert wire.layer.down == []
    wire.delivered("crm", PLACED, kind="fail")
    assert wire.layer.down == [], "what it did not take is not its own"
    wire.delivered("crm", PLACED)
    wire.delivered("crm", PLACED)
    assert wire.layer.down == [KILLED]
    assert armed.fired == 1


@pytest.mark.parametrize(("at", "dies"), [("acknowledged", [KILLED]), ("sent", [KILLED]), ("committed", [])])
def test_a_layer_that_polls_dies_once_it_has_read_the_event(at: str, dies: list[Downtime], wire: Wire) -> None:
    wire.arm("layer-crash", party="crm", message=PLACED, at=at)
    wire.event("crm", PLACED, polled=True)
    assert wire.layer.down == []
    wire.reads_feed("crm")
    assert wire.layer.down == dies


def test_nothing_comes_of_the_event_before_it_is_acknowledged(wire: Wire) -> None:
    wire.arm("layer-crash", party="crm", message=PLACED)
    wire.event("crm", PLACED)
    assert committed(wire, "erp", "createSalesOrder") == Withhold(0.5, "layer-crash")
    assert committed(wire, "erp", "createSalesOrder", "CO-B") is None


def test_it_dies_with_the_effect_and_never_has_the_answer(wire: Wire) -> None:
    armed = wire.arm("layer-crash", party="erp", message="createSalesOrder", at="committed", down_s=1.0)
    assert committed(wire, "erp", "createSalesOrder") == Withhold(0.5, "layer-crash")
    assert wire.layer.down == [Downtime("layer-crash", 1.0)]
    assert committed(wire, "erp", "createSalesOrder") is None
    assert armed.fired == 1


def test_an_effect_by_file_has_no_answer_to_keep_back(wire: Wire) -> None:
    wire.arm("layer-crash", party="west", message="createFulfilmentRequest", at="committed")
    assert committed(wire, "west", "createFulfilmentRequest", in_file=True) is None
    assert wire.layer.down == [KILLED]


@pytest.mark.parametrize("way", ["upload", "download"])
def test_it_dies_in_the_middle_of_the_next_file(way: str, wire: Wire) -> None:
    journal = wire.world.journal
    wire.arm("layer-crash", party="erp", message=RELEASED, at=way, partner="west")
    journal.append("invoke", "west", "sftp", way)
    wire.event("erp", RELEASED)
    journal.append("invoke", "regional", "sftp", way)
    journal.append("invoke", "west", "sftp", "list")
    assert wire.layer.down == []
    journal.append("invoke", "west", "sftp", way)
    assert wire.layer.down == [KILLED]


def test_it_dies_so_long_after_the_event_went_out(wire: Wire) -> None:
    wire.arm("layer-crash", party="crm", message=PLACED, at="sent", after_s=0.3)
    wire.delivered("crm", PLACED, kind="fail")
    assert wire.layer.down == [Downtime("layer-crash", 0.5, after_s=0.3)]


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"message": PLACED}, []),
        ({"message": PLACED, "at": "committed"}, ["message"]),
        ({"message": "createSalesOrder"}, ["message"]),
        ({"message": "createSalesOrder", "at": "committed"}, []),
        ({"message": PLACED, "at": "upload"}, ["partner"]),
        ({"message": PLACED, "partner": "west"}, ["partner"]),
        ({"message": PLACED, "at": "download", "partner": "west"}, []),
        ({"message": PLACED, "after_s": 1.0}, ["after_s"]),
        ({"message": PLACED, "after_s": 1.0, "at": "sent"}, []),
        ({"message": "createSalesOrder", "partner": "west", "after_s": 1.0}, ["message", "partner", "after_s"]),
    ],
)
def test_what_does_not_go_together_is_said(parameters: dict[str, object], wrong: list[str]) -> None:
    fault = fault_of({"fault": "layer-crash", "party": "crm", **parameters})
    assert [field for field, _ in fault.contradictions()] == wrong


@pytest.mark.parametrize("event", [("crm", PLACED, "CO-B"), ("crm", PLACED, "CO-X"), ("erp", PLACED, "CO-A")])
def test_no_other_message_begins_it(event: tuple[str, str, str], wire: Wire) -> None:
    wire.arm("layer-crash", party="crm", message=PLACED, order="A")
    wire.delivered(*event)
    assert wire.layer.down == []
