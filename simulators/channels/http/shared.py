"""The operations that every party has and no business rule answers: tokens, the event feed, webhook subscriptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ...party import Party
from ...rules import Call
from ...world import World
from .exchange import Answer, Request
from .subscriptions import (
    create_webhook_subscription,
    delete_webhook_subscription,
    get_webhook_subscription,
    list_webhook_subscriptions,
)
from .token_endpoint import issue_token

Shared = Callable[[World, Party, Request, Call[Any]], Answer]
_encode = msgspec.json.Encoder().encode


def list_events(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `invalid-cursor`, `cursor-expired`."""
    page = party.feed.hand_out(call.params.get("cursor"), call.params["limit"], world.clock.wire())
    return Answer(200, _encode(page))


SHARED: dict[str, Shared] = {
    "issueToken": issue_token,
    "listEvents": list_events,
    "createWebhookSubscription": create_webhook_subscription,
    "listWebhookSubscriptions": list_webhook_subscriptions,
    "getWebhookSubscription": get_webhook_subscription,
    "deleteWebhookSubscription": delete_webhook_subscription,
}
