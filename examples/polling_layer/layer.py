"""The layer put together. Each piece in `Parts` can be replaced by one that decides otherwise."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import fulfilments, master_data, order_status, orders, parcels, returns, set_aside, shipments, stock
from .feeds import FeedReader
from .job import Job
from .ledger import Ledger
from .party import Party
from .rounds import OWN, Rounds, Work
from .settings import Settings, SettingsError, read
from .store import Store, Waiting

WORKS: Mapping[tuple[str, str], Work] = {
    ("crm", "crossdock.order.submitted.v1"): orders.place,
    ("crm", "crossdock.order.cancel-requested.v1"): orders.cancel,
    ("crm", "crossdock.return.requested.v1"): returns.requested,
    ("crm", "crossdock.account.changed.v1"): master_data.account_changed,
    ("erp", "crossdock.sales-order.changed.v1"): order_status.sales_order_changed,
    ("erp", "crossdock.fulfilment.released.v1"): fulfilments.request,
    ("erp", "crossdock.fulfilment.cancel-requested.v1"): fulfilments.call_back,
    ("erp", "crossdock.return.authorized.v1"): returns.authorized,
    ("erp", "crossdock.item.changed.v1"): master_data.item_changed,
    ("warehouse", "crossdock.shipment.shipped.v1"): shipments.shipped,
    ("warehouse", "crossdock.tracking.milestone.v1"): parcels.milestone,
    ("warehouse", "crossdock.return.received.v1"): returns.received,
    ("warehouse", "crossdock.return.unannounced.v1"): returns.unannounced,
    ("warehouse", "crossdock.inventory.adjusted.v1"): stock.corrected,
    ("warehouse", "crossdock.inventory.snapshot.v1"): stock.counted,
    (OWN, set_aside.SET_ASIDE): set_aside.tell_people,
}


def business_key(key: str, waiting: Waiting) -> str:
    """The key of an effect: in business terms, so that it is the same whatever event asks for it."""
    return key


@dataclass(frozen=True)
class Parts:
    """How the layer decides where it might decide otherwise."""

    store: Callable[[str], Store] = Store
    reader: Callable[[str, Party, Store, frozenset[str]], FeedReader] = FeedReader
    ledger: Callable[[Mapping[str, Party], Store], Ledger] = Ledger
    rounds: type[Rounds] = Rounds
    effect_key: Callable[[str, Waiting], str] = business_key
    status_of: Callable[[Mapping[str, Any], Mapping[str, Mapping[str, Any]], str], str] = order_status.status_of
    is_news: Callable[[Mapping[str, Any], Mapping[str, Any]], bool] = parcels.is_news
    billed: Callable[[Mapping[str, Any]], list[dict[str, Any]]] = shipments.billed
    credited: Callable[[Mapping[str, Any], list[dict[str, Any]]], list[dict[str, Any]]] = returns.credited


def build(settings: Settings, parts: Parts) -> Rounds:
    """The composition root."""
    store = parts.store(settings.database)
    parties = {
        name: Party(account, settings.timeout_s, settings.authority) for name, account in settings.accounts.items()
    }
    ledger = parts.ledger(parties, store)
    types = frozenset(event_type for _, event_type in WORKS)
    readers = [parts.reader(name, party, store, types) for name, party in parties.items()]

    def job(waiting: Waiting) -> Job:
        return Job(waiting, store, ledger, parts, settings.warehouses)

    return parts.rounds(settings, store, readers, WORKS, job)


def serve(parts: Parts | None = None) -> None:
    """Run until SIGTERM or SIGINT."""
    try:
        settings = read(os.environ)
    except SettingsError as error:
        sys.exit(f"the layer cannot start: {error}")
    rounds = build(settings, parts or Parts())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: rounds.end())
    rounds.run()
