"""Fulfilments as the ERP sees them: what a warehouse is to ship, and what the ERP was told of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import WarehouseId
from ...contracts.objects import Fulfilment, FulfilmentStatus
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import versions
from .registry import rules

NOT_BEGUN = frozenset({FulfilmentStatus.RELEASED, FulfilmentStatus.ACCEPTED})


class Acceptance(StrEnum):
    """Whether a warehouse took a fulfilment."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class FulfilmentAcknowledgement(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False
):
    """What the warehouse said (contracts/erp, FulfilmentAcknowledgement)."""

    warehouse_id: WarehouseId
    status: Acceptance
    reason: str | None = None


@rules.operation("getFulfilment")
def get_fulfilment(tx: Transaction, call: Call[None]) -> Fulfilment:
    return tx.get(Fulfilment, call.params["fulfilmentId"])


@rules.operation("listFulfilments")
def list_fulfilments(tx: Transaction, call: Call[None]) -> Page:
    """All fulfilments, or those of an order (the ERP's id or the CRM's), at a warehouse, in a status."""
    filters = {
        "salesOrderId": "sales_order_id",
        "orderId": "order_id",
        "warehouseId": "warehouse_id",
        "status": "status",
    }
    return listing(tx, call, Fulfilment, filters, indexed=("sales_order_id", "order_id"))


@rules.operation("acknowledgeFulfilment")
def acknowledge_fulfilment(tx: Transaction, call: Call[FulfilmentAcknowledgement]) -> Fulfilment:
    """Note what the warehouse said; a rejected fulfilment stays released, for a reroute.

    Raises: Refusal `not-found`, `fulfilment-state`, `wrong-warehouse`.
    """
    fulfilment = tx.get(Fulfilment, call.params["fulfilmentId"])
    call.expect_version(fulfilment.version)
    if fulfilment.status not in NOT_BEGUN:
        detail = f"{fulfilment.fulfilment_id} is {fulfilment.status.value}, which no answer of a warehouse changes"
        raise Refusal("fulfilment-state", detail)
    expect_warehouse(fulfilment, call.body.warehouse_id)
    accepted = call.body.status is Acceptance.ACCEPTED
    status = FulfilmentStatus.ACCEPTED if accepted else FulfilmentStatus.RELEASED
    return fulfilment if status is fulfilment.status else store(tx, replace(fulfilment, status=status))


def expect_warehouse(fulfilment: Fulfilment, warehouse_id: WarehouseId) -> None:
    """Raises: Refusal `wrong-warehouse` when the fulfilment stands with another one."""
    if fulfilment.warehouse_id != warehouse_id:
        detail = f"revision {fulfilment.revision} of {fulfilment.fulfilment_id} is for {fulfilment.warehouse_id}"
        raise Refusal.at("wrong-warehouse", "/warehouseId", f"{detail}, not for {warehouse_id}")


def store(tx: Transaction, fulfilment: Fulfilment) -> Fulfilment:
    """Put a changed fulfilment, with its next version."""
    return versions.put(tx, fulfilment.fulfilment_id, fulfilment)
