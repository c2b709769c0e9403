"""connection-reset: the connection breaks with a reset, before or after the request was carried out."""

from crossdock.scenarios.wire.rule import Cut
from crossdock.simulators.interference import Message, OnTheWire, Withhold
from crossdock.tests.scenarios.faults.between import Struck


def test_the_answer_of_a_request_that_took_effect_meets_it_on_its_way(struck: Struck) -> None:
    armed = struck.arm("connection-reset", party="erp", operation="createInvoice", after_octets=80)

    assert struck.request("erp", "createInvoice") == OnTheWire("connection-reset")

    (laid,) = struck.line.laid
    assert (laid.rule, laid.way, laid.one_answer) == (Cut(80, reset=True), "down", True)
    assert (armed.fired, struck.told()) == (0, []), "it strikes when the wire says so"
    laid.struck()
    assert armed.fired == 1
    detail = {"place": "relay", "effect": "cut"}
    assert struck.told() == [("connection-reset", "erp", "CO-A", detail)]


def test_before_the_commit_the_connection_is_reset_and_nothing_is_done(struck: Struck) -> None:
    armed = struck.arm("connection-reset", party="erp", operation="createInvoice", before_commit=True)
    message = Message("request", "erp", "createInvoice", "CO-A")

    effect = struck.faults.before(message)

    assert isinstance(effect, Withhold)
    assert effect.fault == "connection-reset"
    assert (struck.line.resets, struck.line.laid, armed.fired) == (1, [], 1)
    assert struck.told() == [], "the simulator, which carries nothing out, writes it down"


def test_a_party_that_is_called_past_the_relay_is_left_alone(struck: Struck) -> None:
    armed = struck.arm("connection-reset", party="erp", operation="createInvoice", times=9)
    del struck.between.relays["erp"]
    assert struck.request("erp", "createInvoice") is None
    assert armed.fired == 0


def test_a_request_that_is_refused_is_answered_in_full(struck: Struck) -> None:
    struck.arm("connection-reset", party="erp", operation="createInvoice", after_octets=80)
    assert struck.request("erp", "createInvoice", status=422) is None
    assert struck.line.laid == []


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others("connection-reset", "erp", "createInvoice"))
    assert struck.line.laid == []
