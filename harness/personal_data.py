"""What of an order is somebody's own affair: name, street, e-mail address and telephone number of its ship-to."""

from __future__ import annotations

from collections.abc import Iterable

from .trail import OrderTrail

# Shorter ones stand in many a harmless word.
SHORTEST = 6


def personal_data(trails: Iterable[OrderTrail]) -> dict[str, str]:
    """Each such text → what it is, in words."""
    found: dict[str, str] = {}
    for trail in trails:
        if trail.placed is None:
            continue
        to = trail.placed.what.ship_to
        for what, text in (("name", to.name), ("street", to.line1), ("e-mail address", to.email), ("phone", to.phone)):
            if text and len(text) >= SHORTEST:
                found.setdefault(text, f"{what} of the customer of {trail.order_id}")
    return found
