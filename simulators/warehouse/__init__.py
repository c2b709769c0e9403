"""The warehouse (3PL): physical stock, fulfilment requests, picks, packages, shipments, milestones, returned goods.

It works by itself once it was asked, on business time. Rules only; channels carry them, and are the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...contracts.objects import Fulfilment, PhysicalStock, Shipment
from ..index import Index
from ..kinds import PartyKind
from . import (
    announced_return,
    cancellation,
    capacity,
    fulfilment_request,
    goods_receipt,
    handling,
    inventory_adjustment,
    inventory_snapshot,
    item,
    pack,
    pick,
    returned_goods,
    settings,
    shipment,
    stock,
    tracking,
    unannounced_return,
)
from .goods_receipt import GoodsReceipt
from .handling import Handling
from .pick_ticket import PickTicket
from .registry import rules
from .settings import JourneyStep, WarehouseSettings
from .stock import StockedItem

__all__ = [
    "KIND",
    "GoodsReceipt",
    "Handling",
    "JourneyStep",
    "StockedItem",
    "WarehouseSettings",
    "announced_return",
    "cancellation",
    "capacity",
    "fulfilment_request",
    "goods_receipt",
    "handling",
    "inventory_adjustment",
    "inventory_snapshot",
    "item",
    "pack",
    "pick",
    "returned_goods",
    "settings",
    "shipment",
    "stock",
    "tracking",
    "unannounced_return",
]

INDEXES: Mapping[type[msgspec.Struct], Mapping[str, Index]] = {
    Fulfilment: {"order_id": lambda record: record.order_id},
    PickTicket: {"fulfilment_id": lambda record: record.fulfilment_id},
    Shipment: {"fulfilment_id": lambda record: record.fulfilment_id},
    PhysicalStock: {"sku": lambda record: record.sku},
}

KIND = PartyKind(rules=rules, indexes=INDEXES, settings=settings.initial)
