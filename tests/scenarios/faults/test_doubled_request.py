"""doubled-request: the party gets the request twice."""

from crossdock.scenarios.wire.proxy_effect import Double
from crossdock.tests.scenarios.faults.between import Struck


def test_the_proxy_is_told_what_to_do_with_the_request_and_tells_when_it_is_done(struck: Struck) -> None:
    armed = struck.arm("doubled-request", party="erp", operation="createInvoice", nth=2, copies=3, after_s=0.5)

    assert struck.in_the_proxy("erp", "createInvoice") is None
    assert struck.in_the_proxy("erp", "createInvoice") == Double(copies=3, after_s=0.5)
    assert struck.in_the_proxy("erp", "createInvoice") is None

    assert armed.fired == 1
    assert struck.told() == [("doubled-request", "erp", "CO-A", {"place": "proxy"})]


def test_the_simulator_is_not_asked_to_do_anything(struck: Struck) -> None:
    armed = struck.arm("doubled-request", party="erp", operation="createInvoice", copies=3, after_s=0.5)
    assert struck.request("erp", "createInvoice") is None
    assert armed.fired == 0


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others_in_the_proxy("doubled-request", "erp", "createInvoice"))
