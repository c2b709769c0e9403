"""What the faults that show a bad certificate have in common: a caller that takes it is told of."""

import pytest

from crossdock.scenarios.wire.certificate_name import CertificateName
from crossdock.scenarios.wire.proxy_words import Handshake
from crossdock.tests.scenarios.faults.between import Struck
from crossdock.tests.scenarios.faults.certificates_shown import Shown, shown

SUBMITTED = "crossdock.order.submitted.v1"

__all__ = ["shown"]


@pytest.mark.parametrize(
    "certificate", [CertificateName.EXPIRED, CertificateName.UNKNOWN_CA, CertificateName.WRONG_HOST]
)
async def test_a_caller_that_goes_on_all_the_same_is_a_strike_that_says_what_it_sent(
    certificate: CertificateName, struck: Struck, shown: Shown
) -> None:
    armed = struck.arm(f"tls-{certificate.value}", party="erp", begins_with=SUBMITTED)
    struck.event("crm", SUBMITTED)
    await struck.between.calm()
    assert shown

    struck.between.handshake(Handshake(party="erp", certificate=certificate, used="POST /v1/sales-orders"))
    assert armed.fired == 1
    told = {"place": "proxy", "certificate": certificate.value, "used": "POST /v1/sales-orders"}
    assert struck.told()[-1][-1] == told
