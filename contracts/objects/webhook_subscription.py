"""Who gets which events (contracts/canonical/v1/webhook-subscription.json)."""

from __future__ import annotations

from enum import StrEnum

from ..identifiers import SubscriptionId
from .stored import Stored


class SubscriptionStatus(StrEnum):
    """Ended: the subscriber answered 410, or failed for too long."""

    ACTIVE = "active"
    ENDED = "ended"


class WebhookSubscription(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """`event_types` None: all; `secret` (Standard Webhooks) only in the answer to its creation."""

    subscription_id: SubscriptionId
    url: str
    event_types: tuple[str, ...] | None = None
    status: SubscriptionStatus
    secret: str | None = None
