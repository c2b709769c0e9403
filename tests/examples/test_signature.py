"""Which webhooks are believed; the signatures come from the standard's own library."""

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from crossdock.examples.reference_layer.web import is_signed
from crossdock.tests.examples.virtual import SECRET

NOW = 1_772_001_000
BODY = '{"specversion":"1.0"}'


def headers(secret: str = SECRET, at: int = NOW, body: str = BODY) -> dict[str, str]:
    signature = Webhook(secret).sign("EV-1", datetime.fromtimestamp(at, UTC), body)
    return {"webhook-id": "EV-1", "webhook-timestamp": str(at), "webhook-signature": signature}


def test_a_right_signature_is_believed() -> None:
    assert is_signed(SECRET, headers(), BODY.encode(), NOW)


def test_one_right_signature_among_several_is_enough() -> None:
    signed = headers()
    signed["webhook-signature"] = f"v1a,abc nonsense v1,AAAA {signed['webhook-signature']}"

    assert is_signed(SECRET, signed, BODY.encode(), NOW)


@pytest.mark.parametrize("off_s", [-301, 301, 86_400])
def test_an_old_or_future_delivery_is_not_believed(off_s: int) -> None:
    assert not is_signed(SECRET, headers(at=NOW + off_s), BODY.encode(), NOW)


@pytest.mark.parametrize("off_s", [-300, 300])
def test_clocks_may_differ_by_five_minutes(off_s: int) -> None:
    assert is_signed(SECRET, headers(at=NOW + off_s), BODY.encode(), NOW)


def test_a_changed_body_is_not_believed() -> None:
    assert not is_signed(SECRET, headers(), BODY.encode() + b" ", NOW)


def test_another_id_or_key_is_not_believed() -> None:
    other = "whsec_" + "A" * 32
    assert not is_signed(SECRET, headers() | {"webhook-id": "EV-2"}, BODY.encode(), NOW)
    assert not is_signed(SECRET, headers(secret=other), BODY.encode(), NOW)


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_delivery_without_all_three_headers_is_not_believed(missing: str) -> None:
    signed = headers()
    del signed[missing]

    assert not is_signed(SECRET, signed, BODY.encode(), NOW)


def test_a_timestamp_that_is_no_number_is_not_believed() -> None:
    assert not is_signed(SECRET, headers() | {"webhook-timestamp": "soon"}, BODY.encode(), NOW)
