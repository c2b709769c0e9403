"""Reading the event feeds: from the cursor on, page by page, until there is nothing newer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .party import Call, Party, Refused
from .store import Store

PAGE = 100


def subject_of(party: str, event: Mapping[str, Any]) -> str:
    """What an event is about: an order, a customer, an item, the counts of a warehouse, else only itself."""
    data = event["data"]
    order_id = data.get("orderId") or data.get("externalReference")
    if order_id:
        return f"order/{order_id}"
    match event["type"].split(".")[1:3]:
        case ["account", _]:
            return f"account/{data['accountId']}"
        case ["item", _]:
            return f"item/{data['sku']}"
        case ["inventory", "snapshot"]:
            return f"counts/{party}"
    return f"{party}/{event['id']}"


class FeedReader:
    """Reads one party's feed. A page and the cursor after it are written down together: whatever happens then, no
    event is skipped, and none comes twice.
    """

    def __init__(self, name: str, party: Party, store: Store, types: frozenset[str]) -> None:
        self.name, self.party, self.store, self.types = name, party, store, types

    def read(self) -> None:
        """All that is new. Raises: TryLater, Refused."""
        while True:
            events, cursor = self.page(self.store.cursor(self.name))
            self.take(events, cursor)
            if len(events) < PAGE:
                return

    def page(self, cursor: str | None) -> tuple[list[dict[str, Any]], str]:
        """The events after a cursor, and the cursor after them."""
        path = f"/v1/events?limit={PAGE}" + (f"&cursor={quote(cursor)}" if cursor else "")
        try:
            _, content = self.party.call(Call("GET", path))
        except Refused as refusal:
            if refusal.status != 410 or cursor is None:
                raise
            return self.page(None)  # away for too long: the oldest that there is
        return content["items"], content["nextCursor"]

    def take(self, events: list[dict[str, Any]], cursor: str) -> None:
        """Write down what of it the layer acts upon."""
        wanted = [(event["id"], subject_of(self.name, event), event) for event in events if event["type"] in self.types]
        if wanted or cursor != self.store.cursor(self.name):
            self.store.keep_page(self.name, wanted, cursor)
