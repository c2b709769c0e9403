"""tls-unknown-ca: the party's certificate was issued by nobody known."""

import pytest

from crossdock.scenarios.wire.certificate_name import CertificateName
from crossdock.scenarios.wire.proxy_words import Handshake
from crossdock.tests.scenarios.faults.between import Struck
from crossdock.tests.scenarios.faults.certificates_shown import Shown, shown

SUBMITTED = "crossdock.order.submitted.v1"

__all__ = ["shown"]


async def test_the_party_shows_it_for_so_long_and_each_caller_that_refuses_it_is_a_strike(
    struck: Struck, shown: Shown
) -> None:
    armed = struck.arm("tls-unknown-ca", party="erp", begins_with=SUBMITTED, for_s=1.5)

    struck.event("crm", SUBMITTED)
    await struck.between.calm()
    assert shown == [("erp", CertificateName.UNKNOWN_CA)]
    assert struck.relay.done == ["reset all"]
    assert armed.fired == 0

    for certificate in CertificateName:
        word = Handshake(party="erp", certificate=certificate, reason="bad certificate")
        struck.between.handshake(word)
    assert armed.fired == 1
    told = {"place": "proxy", "certificate": "unknown-ca", "reason": "bad certificate"}
    assert [detail for _, _, _, detail in struck.told()] == [{"reachable": False}, told]
    struck.pass_time(1.5)
    await struck.between.calm()
    assert shown[1:] == [("erp", CertificateName.GOOD)]


@pytest.mark.usefixtures("shown")
def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("tls-unknown-ca", "erp", SUBMITTED)
