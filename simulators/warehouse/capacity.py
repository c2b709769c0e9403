"""How many requests a warehouse works on at once (contracts/warehouse/v1, getCapacity)."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import WarehouseId
from ...contracts.objects import Timestamp
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import settings
from .registry import rules

KEY = "workload"


class Workload(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """Requests that are accepted, and neither shipped to the end nor cancelled."""

    open: int = 0


class Capacity(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """How much room there is, of `as_of`; `free` = limit − open, not below zero."""

    warehouse_id: WarehouseId
    limit: int
    open: int
    free: int
    as_of: Timestamp


@rules.operation("getCapacity")
def get_capacity(tx: Transaction, call: Call[None]) -> Capacity:
    own = settings.of(tx)
    taken = _workload(tx).open
    return Capacity(
        warehouse_id=own.warehouse_id,
        limit=own.daily_capacity,
        open=taken,
        free=max(own.daily_capacity - taken, 0),
        as_of=tx.now,
    )


def take_one(tx: Transaction) -> None:
    """Raises: Refusal `capacity-exceeded` when the warehouse is full."""
    own, taken = settings.of(tx), _workload(tx).open
    if taken >= own.daily_capacity:
        raise Refusal("capacity-exceeded", f"{own.warehouse_id} works on {taken} requests, and takes no more at a time")
    tx.put(KEY, Workload(open=taken + 1))


def free_one(tx: Transaction) -> None:
    tx.put(KEY, Workload(open=_workload(tx).open - 1))


def _workload(tx: Transaction) -> Workload:
    return tx.find(Workload, KEY) or Workload()
