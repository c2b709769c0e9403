"""Webhook subscriptions over HTTP: each client sees its own, and the secret once, in the answer to the creation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import msgspec

from ....contracts.identifiers import SubscriptionId
from ....contracts.objects import WebhookSubscription
from ...cursor import cursor_at, place_of
from ...party import Party, Subscription
from ...refusal import Refusal
from ...rules import Call
from ...versions import version_in
from ...world import World
from .exchange import Answer, Request

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MARK = "Subscription"
_encode = msgspec.json.Encoder().encode


def create_webhook_subscription(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `invalid-request` for a URL that nothing can be delivered to, or a secret that is none."""
    body = request.payload
    _check_url(body["url"])
    request.credentials_of = party.access.owner_elsewhere(body.get("secret", ""))
    subscription = world.subscribe(
        party.name,
        body["url"],
        body.get("eventTypes", ()),
        client=request.client,
        secret=body.get("secret"),
        api=version_in(request.path),
    )
    location = (b"location", f"/v1/webhook-subscriptions/{subscription.subscription_id}".encode())
    return Answer(201, _encode(_shown(subscription, subscription.secret)), (_etag(subscription), location))


def list_webhook_subscriptions(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `invalid-cursor`."""
    own = [each for each in party.subscriptions.values() if _is_own(each, request)]
    cursor: str | None = call.params.get("cursor")
    limit: int = call.params["limit"]
    # Subscriptions go as well as come, so the cursor is the number in the last one's id and not a place in the list.
    newest = max(map(_number, party.subscriptions.values()), default=0)
    after = 0 if cursor is None else place_of(_MARK, cursor, newest)
    left = [subscription for subscription in own if _number(subscription) > after]
    more = cursor_at(_MARK, _number(left[limit - 1])) if len(left) > limit else None
    return Answer(200, _encode({"items": [_shown(each) for each in left[:limit]], "nextCursor": more}))


def get_webhook_subscription(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `not-found`."""
    subscription = _own(party, request, call)
    return Answer(200, _encode(_shown(subscription)), (_etag(subscription),))


def delete_webhook_subscription(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `not-found`, `precondition-failed`."""
    subscription = _own(party, request, call)
    call.expect_version(subscription.version)
    world.unsubscribe(party.name, subscription.subscription_id)
    return Answer(204, b"")


def _check_url(url: str) -> None:
    try:
        address = urlsplit(url)
        host, _ = address.hostname, address.port  # a port that is none is found only now
    except ValueError as error:
        raise Refusal.at("invalid-request", "/url", f"is no URL: {error}") from None
    if host not in LOOPBACK:
        raise Refusal.at("invalid-request", "/url", "the simulators deliver to this machine only: use 127.0.0.1")


def _own(party: Party, request: Request, call: Call[Any]) -> Subscription:
    subscription = party.subscriptions.get(call.params["subscriptionId"])
    if subscription is None or not _is_own(subscription, request):
        raise Refusal("not-found", f"there is no subscription {call.params['subscriptionId']!r} of yours here")
    return subscription


def _is_own(subscription: Subscription, request: Request) -> bool:
    """Whether the caller made it, and under the version by which it asks now."""
    made = (subscription.client, subscription.api)
    return subscription.channel == "webhook" and made == (request.client, version_in(request.path))


def _number(subscription: Subscription) -> int:
    return int(subscription.subscription_id.rpartition("-")[2])


def _etag(subscription: Subscription) -> tuple[bytes, bytes]:
    return (b"etag", b'"%d"' % subscription.version)


def _shown(subscription: Subscription, secret: str | None = None) -> WebhookSubscription:
    return WebhookSubscription(
        subscription_id=SubscriptionId(subscription.subscription_id),
        url=subscription.url,
        event_types=subscription.event_types or None,
        status=subscription.status,
        secret=secret,
        version=subscription.version,
        created_at=subscription.created_at,
        updated_at=subscription.updated_at,
    )
