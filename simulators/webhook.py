"""Webhooks: events posted to the URL of a subscription, signed, retried with backoff.

Signed as Standard Webhooks says (https://www.standardwebhooks.com): `webhook-id` is the event's id and stays the same
on every retry, `webhook-signature` is `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`. Success is 2xx only; 410
ends the subscription; anything else, and silence, is tried again. Order is not promised.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from .clock import Clock
from .interference import Post
from .journal import Channel
from .transport import HEARD, Answered, Delivery, NotDelivered, Told

# Seconds on the wire before each retry; the last repeats no more.
RETRIES_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
IN_FLIGHT_PER_SUBSCRIPTION = 8
SECRET_PREFIX = "whsec_"


@dataclass(slots=True)
class Webhooks:
    """The transport of webhooks; without a `post` nothing can be delivered."""

    clock: Clock
    post: Post | None = None
    channel: Channel = "webhook"
    at_once: int = IN_FLIGHT_PER_SUBSCRIPTION

    def lane(self, delivery: Delivery) -> str:
        return ""

    def sent_to(self, delivery: Delivery) -> Mapping[str, object]:
        return {"url": delivery.subscription.url}

    def pause_s(self, attempt: int) -> float | None:
        return RETRIES_S[attempt - 1] if attempt <= len(RETRIES_S) else None

    async def send(self, delivery: Delivery, body: bytes, answered: Answered) -> Told:
        subscription, event = delivery.subscription, delivery.event
        post = delivery.post or self.post
        if post is None:
            raise NotDelivered("this world delivers no webhooks", definite=True)
        secret, now = subscription.secret, int(self.clock.unix())
        if delivery.forgery is not None:
            secret, now = delivery.forgery.secret or secret, now - delivery.forgery.signed_ago_s
        headers = signed_headers(secret, event.id, now, body)
        headers["traceparent"] = event.traceparent
        headers["x-correlation-id"] = event.correlationid
        status, asked_wait = await post(subscription.url, headers, body)
        delivered = 200 <= status < 300
        answered("ok" if delivered else "fail", {"status": status})
        if status == 410:
            return Told(heard=True, ended="410 Gone")
        return HEARD if delivered else Told(heard=False, wait_s=asked_wait or 0.0)


def secret_key(secret: str) -> bytes:
    """The key behind a secret as Standard Webhooks writes it: `whsec_` and Base64, padded or not.

    Raises: ValueError when it is not of that form.
    """
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError(f"a secret begins with {SECRET_PREFIX}")
    encoded = secret.removeprefix(SECRET_PREFIX).rstrip("=")
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a delivery in CloudEvents' structured mode; `timestamp` is in unix seconds.

    Raises: ValueError when the secret is none.
    """
    content = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(secret_key(secret), content, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/cloudevents+json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
