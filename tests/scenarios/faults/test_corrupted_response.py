"""corrupted-response: the status says that it went well, the body is not what the party sent."""

from crossdock.scenarios.wire.proxy_effect import Replace
from crossdock.tests.scenarios.faults.between import Struck


def test_the_proxy_is_told_what_to_do_with_the_request_and_tells_when_it_is_done(struck: Struck) -> None:
    armed = struck.arm("corrupted-response", party="erp", operation="createInvoice", nth=2, by="empty")

    assert struck.in_the_proxy("erp", "createInvoice") is None
    assert struck.in_the_proxy("erp", "createInvoice") == Replace(by="empty")
    assert struck.in_the_proxy("erp", "createInvoice") is None

    assert armed.fired == 1
    assert struck.told() == [("corrupted-response", "erp", "CO-A", {"place": "proxy"})]


def test_the_simulator_is_not_asked_to_do_anything(struck: Struck) -> None:
    armed = struck.arm("corrupted-response", party="erp", operation="createInvoice", by="empty")
    assert struck.request("erp", "createInvoice") is None
    assert armed.fired == 0


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others_in_the_proxy("corrupted-response", "erp", "createInvoice"))
