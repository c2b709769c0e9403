"""truncated-body: the answer is shorter than its Content-Length says."""

from crossdock.scenarios.wire.proxy_effect import Short
from crossdock.tests.scenarios.faults.between import Struck


def test_the_proxy_is_told_what_to_do_with_the_request_and_tells_when_it_is_done(struck: Struck) -> None:
    armed = struck.arm("truncated-body", party="erp", operation="createInvoice", nth=2, part=0.25)

    assert struck.in_the_proxy("erp", "createInvoice") is None
    assert struck.in_the_proxy("erp", "createInvoice") == Short(part=0.25, closes=True)
    assert struck.in_the_proxy("erp", "createInvoice") is None

    assert armed.fired == 1
    assert struck.told() == [("truncated-body", "erp", "CO-A", {"place": "proxy"})]


def test_the_simulator_is_not_asked_to_do_anything(struck: Struck) -> None:
    armed = struck.arm("truncated-body", party="erp", operation="createInvoice", part=0.25)
    assert struck.request("erp", "createInvoice") is None
    assert armed.fired == 0


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others_in_the_proxy("truncated-body", "erp", "createInvoice"))
